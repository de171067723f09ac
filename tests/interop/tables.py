"""The published tables as a reader sees them, and the records that they hold."""

import json
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from datasets import KINDS, Dataset, Record, by_id, same_content
from programs import HERE, Command, accepts, python_program

CONTRACT = HERE / "tables.json"

Row = dict[str, str]


@dataclass(frozen=True)
class Column:
    name: str
    kind: str
    required: bool


@dataclass(frozen=True)
class Table:
    """A table as tables.json promises it."""

    name: str
    columns: list[Column]
    key: list[str]
    # Column, other table, column there.
    foreign: list[tuple[str, str, str]]


def contract() -> list[Table]:
    return [_table(table) for table in json.loads(CONTRACT.read_text("utf-8"))]


def _table(table: dict[str, Any]) -> Table:
    columns = []
    for column in table["columns"]:
        name, kind, need = column.split()
        columns.append(Column(name, kind, need == "required"))
    foreign = []
    for reference in table["foreign"]:
        column, target = reference.split(" -> ")
        other, key = target.split(".")
        foreign.append((column, other, key))
    return Table(table["name"], columns, table["key"], foreign)


@dataclass(frozen=True)
class Read:
    """What a program read: the rows of each table, and the ids of the claims in JSON."""

    tables: dict[str, list[Row]]
    headers: dict[str, list[str]]
    lines: list[str]
    bundle: list[str]


def read_command(reader: str, *what: Path, tool: str | None = None) -> Command:
    """The command that reads tables; its program is installed with the tool of the reader's name
    unless told otherwise."""
    program = python_program(tool or reader, "python")
    return [program, HERE / "readers" / f"read_{reader}.py", CONTRACT, *what]


def read(reader: str, *what: Path, tool: str | None = None) -> Read:
    """Everything published, as one of the readers sees it."""
    found = json.loads(accepts(*read_command(reader, *what, tool=tool)))
    tables, headers = {}, {}
    for name, table in found["tables"].items():
        headers[name] = table["header"]
        tables[name] = [dict(zip(table["header"], row, strict=True)) for row in table["rows"]]
    return Read(tables, headers, found.get("lines", []), found.get("bundle", []))


def check_content(dataset: Dataset, tables: dict[str, list[Row]]) -> None:
    """Fails where the tables do not hold what the dataset says."""
    rebuilt = rebuild(tables)
    for kind in KINDS:
        same_content(dataset[kind], by_id(rebuilt[kind]))


def check_joins(tables: dict[str, list[Row]]) -> None:
    """Fails where a key is there twice, a required cell is empty, or a reference leads nowhere."""
    for table in contract():
        rows = tables[table.name]
        keys = Counter(tuple(row[column] for column in table.key) for row in rows)
        twice = [key for key, count in keys.items() if count > 1]
        assert not twice, f"{table.name}: the keys {twice} are there twice"
        for column in table.columns:
            empty = column.required and any(row[column.name] == "" for row in rows)
            assert not empty, f"{table.name}: {column.name} is empty"
            if column.kind == "decimal":
                assert all(Decimal(row[column.name] or "0").is_finite() for row in rows)
        for name, other, key in table.foreign:
            lost = {row[name] for row in rows} - {row[key] for row in tables[other]}
            assert not lost, f"{table.name}: {name} has {lost}, which {other} has not"


CLAIM_TEXTS = (
    *("id", "statement", "kind", "date", "confidence", "confidence_note", "likelihood"),
    *("status", "status_date", "status_note", "reviewed", "review_by"),
)
QUANTITY_TEXTS = ("amount", "unit", "lower", "upper")
CITATION_TEXTS = ("source", "stance", "directness", "shows", "locator", "quote", "translation")
SOURCE_TEXTS = (
    *("id", "type", "title", "title_en", "publisher", "container", "number", "issued", "lang"),
    *("url", "doi", "isbn", "archived_url", "accessed", "reliability_note"),
    *("status", "status_note"),
)
AUTHOR_TEXTS = ("family", "given", "literal")
PUBLISHER_TEXTS = ("id", "name", "country", "kind", "reliability", "owner", "note")
SUBJECT_TEXTS = ("id", "name", "kind", "description")


def rebuild(tables: dict[str, list[Row]]) -> dict[str, list[Record]]:
    """The records of a dataset, from its tables alone."""
    records = {
        "claims": [_claim(row, tables) for row in tables["claims"]],
        "sources": [_source(row, tables) for row in tables["sources"]],
        "publishers": [_texts(row, PUBLISHER_TEXTS) for row in tables["publishers"]],
        "subjects": [
            _texts(row, SUBJECT_TEXTS) | _some("same_as", row["same_as"].split())
            for row in tables["subjects"]
        ],
    }
    for row in tables["extras"]:
        record = next(one for one in records[row["table"]] if one["id"] == row["id"])
        _put(record, row["pointer"], json.loads(row["value"]))
    return records


def _put(record: Any, pointer: str, value: Any) -> None:
    *path, last = pointer.split("/")[1:]
    for token in path:
        record = record[int(token) if isinstance(record, list) else token]
    record[last] = value


def _claim(row: Row, tables: dict[str, list[Row]]) -> Record:
    def of(table: str) -> list[Row]:
        rows = [other for other in tables[table] if other["claim"] == row["id"]]
        return sorted(rows, key=lambda other: int(other.get("position", 0)))

    subjects = [other["subject"] for other in of("claim_subjects")]
    assert subjects == _split(row["subjects"], ";"), f"the subjects of {row['id']}"
    return (
        _texts(row, CLAIM_TEXTS)
        | _some("subjects", subjects)
        | _some("topics", _split(row["topics"], ";"))
        | _some("quantity", _texts(row, QUANTITY_TEXTS))
        | _some("citations", [_texts(other, CITATION_TEXTS) for other in of("citations")])
        | _some(
            "relations",
            [{"type": other["type"], "claim": other["target"]} for other in of("relations")],
        )
        | _some("corrections", [_texts(other, ("date", "note")) for other in of("corrections")])
    )


def _source(row: Row, tables: dict[str, list[Row]]) -> Record:
    authors = [other for other in tables["authors"] if other["source"] == row["id"]]
    authors.sort(key=lambda other: int(other["position"]))
    assert row["authors"] == " | ".join(map(_name, authors)), f"the authors of {row['id']}"
    return (
        _texts(row, SOURCE_TEXTS)
        | _some("authors", [_texts(author, AUTHOR_TEXTS) for author in authors])
        | _some("reliability", row["own_reliability"])
        | _some("derived_from", _split(row["derived_from"], ";"))
    )


def _texts(row: Row, names: tuple[str, ...]) -> Record:
    return {name: row[name] for name in names if row[name]}


def _some(name: str, value: Any) -> Record:
    return {name: value} if value else {}


def _split(cell: str, by: str) -> list[str]:
    return cell.split(by) if cell else []


def _name(author: Row) -> str:
    return author["literal"] or " ".join(filter(None, (author["given"], author["family"])))
