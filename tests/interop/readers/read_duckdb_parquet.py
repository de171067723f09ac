"""Reads the Parquet files with DuckDB: read_duckdb_parquet.py TABLES FOLDER"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
from cells import show

folder = Path(sys.argv[2])


def rows(name: str) -> Iterator[dict[str, Any]]:
    table = duckdb.read_parquet(str(folder / f"{name}.parquet"))
    for row in table.fetchall():
        yield dict(zip(table.columns, row, strict=True))


show(rows)
