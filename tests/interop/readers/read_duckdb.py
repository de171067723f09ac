"""Reads published files with DuckDB: read_duckdb.py TABLES FOLDER BUNDLE

Prints, as JSON, the header and the rows of every table, read with the types that TABLES promises,
and the ids of the claims in claims.jsonl and in the bundle. A cell without its type is an error.
"""

import json
import sys
from pathlib import Path
from typing import Any

import duckdb

# What is not listed is text. Decimals too: they may have more digits than any number holds.
TYPES = {"integer": "BIGINT", "day": "DATE"}


def read_table(table: dict[str, Any], folder: Path) -> dict[str, Any]:
    file = str(folder / f"{table['name']}.csv")
    columns = dict(column.split()[:2] for column in table["columns"])
    types = {name: TYPES.get(kind, "VARCHAR") for name, kind in columns.items()}
    rows = duckdb.read_csv(file, header=True, sep=",", quotechar='"', columns=types).fetchall()
    return {
        "header": duckdb.read_csv(file, header=True, all_varchar=True).columns,
        "rows": [["" if cell is None else str(cell) for cell in row] for row in rows],
    }


def read_ids(query: str, file: Path) -> list[str]:
    return [row[0] for row in duckdb.execute(query, [str(file)]).fetchall()]


def main(tables: Path, folder: Path, bundle: Path) -> None:
    found = {
        "tables": {
            table["name"]: read_table(table, folder) for table in json.loads(tables.read_text())
        },
        "lines": read_ids(
            "SELECT id FROM read_json(?, format = 'newline_delimited')", folder / "claims.jsonl"
        ),
        "bundle": read_ids(
            "SELECT claim.id FROM (SELECT unnest(claims) AS claim FROM read_json(?))", bundle
        ),
    }
    json.dump(found, sys.stdout)


main(*(Path(argument) for argument in sys.argv[1:]))
