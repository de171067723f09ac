"""Loads a Croissant dataset with mlcroissant: read_mlcroissant.py TABLES FOLDER"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mlcroissant
from cells import show

dataset = mlcroissant.Dataset(jsonld=Path(sys.argv[2]) / "croissant.json")


def rows(name: str) -> Iterator[dict[str, Any]]:
    for record in dataset.records(name):
        yield {field.removeprefix(f"{name}/"): cell for field, cell in record.items()}


show(rows)
