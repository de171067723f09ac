"""Reads CSV on the Web with csvw: read_csvw.py TABLES FOLDER"""

import decimal
import sys
from pathlib import Path

from cells import show
from csvw import TableGroup

# Amounts may have more digits than usual.
decimal.getcontext().prec = 60

group = TableGroup.from_file(Path(sys.argv[2]) / "csv-metadata.json")
tables = {str(table.url).removesuffix(".csv"): table for table in group.tables}
show(lambda name: tables[name].iterdicts())
