"""What the readers share: the tables that are promised, and cells as text."""

import datetime
import json
import sys
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

# What joins the items of a list where a cell is text.
SEPARATORS = {"ids": ";", "texts": " | ", "urls": " "}


def text(value: Any, kind: str) -> str:
    """A cell as the tables of text have it."""
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if hasattr(value, "unsplit"):  # An address that was taken apart.
        return str(value.unsplit())
    if isinstance(value, list | tuple):
        return SEPARATORS[kind].join(text(item, kind) for item in value)
    return str(value)


def show(
    rows: Callable[[str], Iterable[dict[str, Any]]], lists: Callable[[str], Any] = str
) -> None:
    """Prints every table as JSON; `rows` gives those of a table, by column, and `lists` what a cell
    of text stands for that holds a list. The first argument is the file with the promises."""
    tables = {}
    for table in json.loads(Path(sys.argv[1]).read_text("utf-8")):
        kinds = dict(column.split()[:2] for column in table["columns"])
        found = list(rows(table["name"]))
        for row in found:
            for name in row.keys() & kinds.keys():
                if kinds[name] in SEPARATORS and isinstance(row[name], str):
                    row[name] = lists(row[name])
        header = list(found[0]) if found else list(kinds)
        cells = [[text(row[name], kinds.get(name, "")) for name in header] for row in found]
        tables[table["name"]] = {"header": header, "rows": cells}
    json.dump({"tables": tables}, sys.stdout)
