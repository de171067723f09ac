"""Writes published tables anew with pandas, as a spreadsheet may: rewrite_pandas.py FOLDER OUT

Other separators, quotes and line ends, a byte order mark, columns the other way round.
"""

import csv
import sys
from pathlib import Path

import pandas


def main(folder: Path, out: Path) -> None:
    out.mkdir()
    for table in sorted(folder.glob("*.csv")):
        frame = pandas.read_csv(table, dtype="str", keep_default_na=False)
        frame[frame.columns[::-1]].to_csv(
            out / table.name,
            sep=";",
            index=False,
            quoting=csv.QUOTE_ALL,
            lineterminator="\r\n",
            encoding="utf-8-sig",
        )


main(*(Path(argument) for argument in sys.argv[1:]))
