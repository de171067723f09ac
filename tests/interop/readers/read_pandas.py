"""Reads published files with pandas: read_pandas.py TABLES FOLDER BUNDLE

Prints the same as read_duckdb.py. Only an empty cell is missing: pandas would otherwise take
texts such as NA and null, one of them a country, for missing too.
"""

import json
import sys
from pathlib import Path
from typing import Any

import pandas

# What is not listed is text. Decimals too: they may have more digits than any number holds.
TYPES = {"integer": "Int64"}


def read_table(table: dict[str, Any], folder: Path) -> dict[str, Any]:
    columns = dict(column.split()[:2] for column in table["columns"])
    frame = pandas.read_csv(
        folder / f"{table['name']}.csv",
        dtype={name: TYPES.get(kind, "str") for name, kind in columns.items()},
        keep_default_na=False,
        na_values=[""],
    )
    for name, kind in columns.items():
        if kind == "day":
            frame[name] = pandas.to_datetime(frame[name], format="%Y-%m-%d").dt.date
    rows = frame.astype(object).where(frame.notna(), "").values.tolist()
    return {
        "header": frame.columns.tolist(),
        "rows": [[str(cell) for cell in row] for row in rows],
    }


def main(tables: Path, folder: Path, bundle: Path) -> None:
    lines = pandas.read_json(folder / "claims.jsonl", lines=True, dtype=False, encoding="utf-8")
    claims = pandas.json_normalize(json.loads(bundle.read_text("utf-8")), record_path="claims")
    found = {
        "tables": {
            table["name"]: read_table(table, folder) for table in json.loads(tables.read_text())
        },
        "lines": lines["id"].tolist(),
        "bundle": claims["id"].tolist(),
    }
    json.dump(found, sys.stdout)


main(*(Path(argument) for argument in sys.argv[1:]))
