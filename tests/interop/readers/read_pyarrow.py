"""Reads the Parquet files with pyarrow: read_pyarrow.py TABLES FOLDER"""

import sys
from pathlib import Path

from cells import show
from pyarrow import parquet

folder = Path(sys.argv[2])
show(lambda name: parquet.read_table(folder / f"{name}.parquet").to_pylist())
