"""Do the programs for which the tables are described accept the descriptions, load the tables
with them, and find the dataset in them?"""

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Edition
from programs import SCHEMA, TOOLS, Command, accepts, python_program, refuses
from tables import Row, check_content, check_joins, contract, read, read_command

PROFILE = (
    TOOLS / "venv-check-datapackage.files" / "files" / "check_datapackage" / "schemas"
) / "data-package-2-0.json"


def frictionless(out: Path) -> Command:
    return [python_program("frictionless"), "validate", "--json", out / "datapackage.json"]


def profile(out: Path) -> Command:
    program = python_program("check-jsonschema")
    return [program, "--schemafile", PROFILE, out / "datapackage.json"]


def csvw(out: Path) -> Command:
    return [python_program("csvw", "csvwvalidate"), out / "csv-metadata.json"]


def croissant(out: Path) -> Command:
    return [python_program("mlcroissant"), "validate", "--jsonld", out / "croissant.json"]


def croissant_load(out: Path) -> Command:
    return read_command("mlcroissant", out)


VALIDATORS = (frictionless, profile, csvw, croissant)


@pytest.mark.parametrize("command", VALIDATORS)
def test_descriptions_are_valid(edition: Edition, command: Callable[[Path], Command]) -> None:
    accepts(*command(edition.out))


@pytest.mark.parametrize("reader", ["frictionless", "csvw"])
def test_described_tables_hold_the_dataset(edition: Edition, reader: str) -> None:
    seen = read(reader, edition.out)
    for table in contract():
        assert seen.headers[table.name] == [column.name for column in table.columns]
    check_joins(seen.tables)
    check_content(edition.dataset, seen.tables)


# What pandas takes for missing among the words of the datasets, whatever it is told.
MISSING = {"NA", "NaN", "NULL", "null"}


def as_pandas_reads(name: str, file: Path) -> list[Row]:
    """The rows of a table as mlcroissant has them from pandas: numbers are floating ones, and so
    is a text where a whole column looks like numbers."""
    kinds = {table.name: table.columns for table in contract()}[name]
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for column in kinds:
        cells = [row[column.name] for row in rows if row[column.name] not in ({""} | MISSING)]
        numbers = column.kind == "decimal" or all(cell.isdigit() for cell in cells)
        for row in rows:
            cell = row[column.name]
            if cell in MISSING:
                row[column.name] = ""
            elif cell and numbers and column.kind != "integer":
                row[column.name] = str(float(cell))
    return rows


def test_croissant_loads_every_record(edition: Edition) -> None:
    seen = read("mlcroissant", edition.out)
    for table in contract():
        rows = as_pandas_reads(table.name, edition.out / f"{table.name}.csv")
        assert len(seen.tables[table.name]) == len(rows), table.name
        assert seen.tables[table.name] == rows, table.name


def test_columns_are_described_by_the_schema(edition: Edition) -> None:
    resources = json.loads((edition.out / "datapackage.json").read_text("utf-8"))["resources"]
    for resource in resources:
        for field in resource["schema"]["fields"]:
            assert field["description"], (resource["name"], field["name"])
    fields = {field["name"]: field for field in resources[0]["schema"]["fields"]}
    schema = json.loads((SCHEMA / "claim.schema.json").read_text("utf-8"))
    claim = schema["$defs"]["claim"]["properties"]
    assert fields["statement"]["description"] == claim["statement"]["description"]
    assert fields["kind"]["constraints"]["enum"] == claim["kind"]["enum"]
    assert fields["status"]["constraints"]["enum"] == [*claim["status"]["enum"], "removed"]


# The twins: what is broken must be refused.


@pytest.fixture
def out(edition: Edition, tmp_path: Path) -> Path:
    """A copy that can be spoilt."""
    copy = tmp_path / "dist"
    shutil.copytree(edition.out, copy)
    return copy


def change_table(out: Path, table: str, column: str, value: str) -> None:
    """Changes a cell of the first row of a table."""
    file = out / f"{table}.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    rows[1][rows[0].index(column)] = value
    with file.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows(rows)


def change_json(file: Path, change: Callable[[Any], Any]) -> None:
    content = json.loads(file.read_text("utf-8"))
    change(content)
    file.write_text(json.dumps(content), "utf-8")


def test_frictionless_refuses_another_byte(out: Path) -> None:
    change_table(out, "claims", "status_note", "Another note.")
    refuses(*frictionless(out), saying="hash-count")


def test_frictionless_refuses_an_unknown_word(out: Path) -> None:
    change_table(out, "claims", "confidence", "hihg")
    refuses(*frictionless(out), saying='\\"hihg\\" in row')


def test_frictionless_refuses_a_lost_key(out: Path) -> None:
    change_table(out, "citations", "source", "nowhere")
    refuses(*frictionless(out), saying="foreign-key")


def test_the_profile_refuses_a_resource_without_a_path(out: Path) -> None:
    change_json(out / "datapackage.json", lambda package: package["resources"][0].pop("path"))
    refuses(*profile(out), saying="$.resources[0]")


def test_the_profile_refuses_an_unknown_type(out: Path) -> None:
    def change(package: Any) -> None:
        package["resources"][0]["schema"]["fields"][0]["type"] = "slug"

    change_json(out / "datapackage.json", change)
    refuses(*profile(out), saying="$.resources[0].schema.fields[0]")


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("claims", "confidence", "hihg"),
        ("claims", "citations", "many"),
        ("citations", "source", "nowhere"),
    ],
)
def test_csvw_refuses_a_broken_cell(out: Path, table: str, column: str, value: str) -> None:
    change_table(out, table, column, value)
    refuses(*csvw(out), saying="FAIL")


def test_csvw_refuses_a_column_that_is_not_there(out: Path) -> None:
    change_table(out, "claims", "id", "")
    refuses(*csvw(out), saying="FAIL")


def test_croissant_refuses_another_byte(out: Path) -> None:
    change_table(out, "claims", "status_note", "Another note.")
    refuses(*croissant_load(out), saying="is not identical with the reference")


@pytest.mark.parametrize("key", ["sha256", "contentUrl"])
def test_croissant_refuses_a_file_without(out: Path, key: str) -> None:
    change_json(out / "croissant.json", lambda dataset: dataset["distribution"][0].pop(key))
    refuses(*croissant(out), saying=key)


def test_croissant_refuses_a_column_that_is_not_there(out: Path) -> None:
    def change(dataset: Any) -> None:
        dataset["recordSet"][0]["field"][0]["source"]["extract"]["column"] = "no"

    change_json(out / "croissant.json", change)
    refuses(*croissant_load(out), saying='Column "no" does not exist')
