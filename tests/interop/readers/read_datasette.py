"""Reads the tables of a database through datasette, without a server: read_datasette.py TABLES FILE"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cells import show

DATASETTE = Path(sys.executable).with_name("datasette")
FILE = Path(sys.argv[2])


def rows(name: str) -> Iterator[dict[str, Any]]:
    address: str | None = f"/{FILE.stem}/{name}.json?_shape=objects&_size=max"
    while address:
        done = subprocess.run(
            [DATASETTE, FILE, "--get", address], capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            sys.exit(done.stdout + done.stderr)
        page = json.loads(done.stdout)
        yield from page["rows"]
        address = page["next_url"] and page["next_url"].removeprefix("http://localhost")


show(rows, lists=json.loads)
