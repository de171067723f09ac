"""Do database programs read the SQLite and the Parquet files, with the types promised, and find
the dataset in them?"""

import json
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from conftest import Edition
from programs import Command, accepts, python_program, refuses, run
from tables import Read, check_content, check_joins, contract, read, read_command


@dataclass(frozen=True)
class Reader:
    """A program that reads tables: its script, the tool it is of, and what it is given."""

    script: str
    tool: str
    given: Callable[[Path, str], Path]

    def command(self, out: Path, name: str) -> Command:
        return read_command(self.script, self.given(out, name), tool=self.tool)

    def read(self, out: Path, name: str) -> Read:
        return read(self.script, self.given(out, name), tool=self.tool)


def database(out: Path, name: str) -> Path:
    return out / f"{name}.sqlite"


def folder(out: Path, _: str) -> Path:
    return out


READERS = {
    "sqlite-utils": Reader("sqlite", "sqlite-utils", database),
    "datasette": Reader("datasette", "datasette", database),
    "pyarrow": Reader("pyarrow", "pyarrow", folder),
    "duckdb": Reader("duckdb_parquet", "duckdb", folder),
}


@pytest.fixture(params=READERS)
def reader(request: pytest.FixtureRequest) -> Reader:
    return READERS[request.param]


def name_of(edition: Edition) -> str:
    return str(edition.dataset.meta["name"])


def test_databases_hold_the_dataset(edition: Edition, reader: Reader) -> None:
    seen = reader.read(edition.out, name_of(edition))
    for table in contract():
        assert seen.headers[table.name] == [column.name for column in table.columns]
    check_joins(seen.tables)
    check_content(edition.dataset, seen.tables)


# SQLite


def sqlite(file: Path, question: str) -> str:
    return accepts("sqlite3", "-readonly", file, question)


def test_sqlite_finds_its_own_rules_kept(edition: Edition) -> None:
    file = database(edition.out, name_of(edition))
    assert sqlite(file, "PRAGMA integrity_check") == "ok\n"
    assert sqlite(file, "PRAGMA foreign_key_check") == ""
    assert sqlite(file, "PRAGMA user_version") == "1\n"
    shapes = sqlite(
        file, "SELECT sql FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%'"
    )
    assert shapes.count("CREATE TABLE") == len(contract()) + 1


def test_sqlite_has_the_types_and_references_promised(edition: Edition) -> None:
    with sqlite3.connect(database(edition.out, name_of(edition))) as connection:
        for table in contract():
            columns = connection.execute(f"PRAGMA table_info({table.name})").fetchall()
            for (_, name, kind, not_null, _, _), column in zip(columns, table.columns, strict=True):
                assert name == column.name
                assert kind == ("INTEGER" if column.kind == "integer" else "TEXT")
                assert bool(not_null) == column.required or column.name in table.key, name
            found = connection.execute(f"PRAGMA foreign_key_list({table.name})").fetchall()
            assert {(row[3], row[2], row[4]) for row in found} == set(table.foreign)


def test_sqlite_says_what_the_dataset_is(edition: Edition) -> None:
    with sqlite3.connect(database(edition.out, name_of(edition))) as connection:
        facts = dict(connection.execute("SELECT key, value FROM dataset"))
    meta = edition.dataset.meta
    assert facts == {key: meta[key] for key in facts}
    assert {"name", "title", "license"} <= facts.keys()


def search(edition: Edition, word: str) -> set[str]:
    """The claims in which datasette finds a word."""
    name = name_of(edition)
    file = database(edition.out, name)
    address = f"/{name}/claims.json?_shape=array&_size=max&_search={word}"
    found = json.loads(accepts(python_program("datasette"), file, "--get", address))
    return {row["id"] for row in found}


def test_words_are_found(edition: Edition) -> None:
    claims = edition.dataset["claims"].values()
    texts = {
        claim["id"]: " ".join(
            claim.get(field, "") for field in ("statement", "confidence_note", "status_note")
        )
        for claim in claims
    }
    word = "only" if name_of(edition) == "hostile" else "billion"
    words = {
        id: "".join(c if c.isalnum() else " " for c in text.lower()).split()
        for id, text in texts.items()
    }
    expected = {id for id, found in words.items() if word in found}
    assert expected
    assert search(edition, word) == expected


# The twins: what is broken must be refused or noticed.


@pytest.fixture
def out(edition: Edition, tmp_path: Path) -> Path:
    """A copy that can be spoilt."""
    copy = tmp_path / "dist"
    shutil.copytree(edition.out, copy)
    return copy


def test_a_page_of_another_kind_is_refused_by_sqlite(edition: Edition, out: Path) -> None:
    file = database(out, name_of(edition))
    content = bytearray(file.read_bytes())
    content[2 * 4096] ^= 0xFF
    file.write_bytes(content)
    done = run("sqlite3", "-readonly", file, "PRAGMA integrity_check")
    assert done.stdout != "ok\n"
    for name in ("sqlite-utils", "datasette"):
        refuses(*READERS[name].command(out, name_of(edition)), saying="malformed")


@pytest.mark.parametrize(
    ("change", "saying"),
    [
        ("UPDATE claims SET confidence = 'hihg'", "CHECK constraint failed"),
        ("UPDATE claims SET topics = 'models'", "CHECK constraint failed"),
        ("UPDATE citations SET shows = NULL", "NOT NULL constraint failed"),
        ("UPDATE citations SET position = 'first'", "cannot store TEXT value in INTEGER"),
        ("INSERT INTO claims SELECT * FROM claims", "UNIQUE constraint failed"),
        ("UPDATE citations SET source = 'nowhere'", "FOREIGN KEY constraint failed"),
    ],
)
def test_sqlite_keeps_its_rules(edition: Edition, out: Path, change: str, saying: str) -> None:
    file = database(out, name_of(edition))
    refuses("sqlite3", file, f"PRAGMA foreign_keys = ON; {change};", saying=saying)


def test_a_lost_row_is_noticed(edition: Edition, out: Path) -> None:
    file = database(out, name_of(edition))
    accepts("sqlite3", file, "DELETE FROM citations WHERE rowid = 1")
    tables = READERS["sqlite-utils"].read(out, name_of(edition)).tables
    with pytest.raises(AssertionError, match="1 records differ"):
        check_content(edition.dataset, tables)


@pytest.mark.parametrize("name", ["pyarrow", "duckdb"])
@pytest.mark.parametrize("place", [-1, -6])
def test_a_broken_byte_is_refused(edition: Edition, out: Path, name: str, place: int) -> None:
    file = out / "claims.parquet"
    content = bytearray(file.read_bytes())
    content[place] ^= 0xFF
    file.write_bytes(content)
    done = run(*READERS[name].command(out, name_of(edition)))
    assert done.returncode != 0, "it is accepted"


@pytest.mark.parametrize("name", ["pyarrow", "duckdb"])
def test_a_broken_byte_of_a_cell_is_noticed(edition: Edition, out: Path, name: str) -> None:
    statement = next(iter(edition.dataset["claims"].values()))["statement"].encode()[:12]
    file = out / "claims.parquet"
    content = file.read_bytes()
    # The first time it stands in the data itself; later copies are statistics.
    place = content.index(statement) + 8
    file.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
    done = run(*READERS[name].command(out, name_of(edition)))
    if done.returncode == 0:
        with pytest.raises(AssertionError):
            check_content(edition.dataset, READERS[name].read(out, name_of(edition)).tables)


@pytest.mark.parametrize("name", ["pyarrow", "duckdb"])
def test_another_table_is_noticed(edition: Edition, out: Path, name: str) -> None:
    shutil.copyfile(out / "publishers.parquet", out / "subjects.parquet")
    seen: Any = READERS[name].read(out, name_of(edition))
    subjects = next(table for table in contract() if table.name == "subjects")
    assert seen.headers["subjects"] != [column.name for column in subjects.columns]
