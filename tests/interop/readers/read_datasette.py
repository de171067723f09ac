"""Reads the tables of a database with datasette, and no server: read_datasette.py TABLES FILE"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from cells import show

DATASETTE = str(Path(sys.executable).with_name("datasette"))
FILE = Path(sys.argv[2])


def rows(name: str) -> list[dict[str, Any]]:
    # A table's own page has its rows in the order of their keys.
    question = f"/{FILE.stem}.json?_shape=array&sql=select+*+from+{name}"
    command = [DATASETTE, str(FILE), "--setting", "max_returned_rows", "1000000", "--get", question]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(done.stdout + done.stderr)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


show(rows, lists=json.loads)
