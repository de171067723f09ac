"""Do data programs read every published table, with the types promised, and find in it every
record that the dataset's folder holds?"""

import shutil
from pathlib import Path

import pytest

from conftest import Edition
from datasets import read_lines
from programs import refuses
from tables import Read, check_content, check_joins, contract, read, read_command

READERS = ("duckdb", "pandas")


@pytest.fixture(scope="module", params=READERS)
def reader(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def seen(edition: Edition, reader: str) -> Read:
    return read(reader, edition.out, edition.bundle)


def test_columns_are_those_promised(seen: Read) -> None:
    for table in contract():
        assert seen.headers[table.name] == [column.name for column in table.columns]


def test_keys_join(seen: Read) -> None:
    check_joins(seen.tables)


def test_tables_hold_the_dataset(edition: Edition, seen: Read) -> None:
    check_content(edition.dataset, seen.tables)


def test_json_holds_every_claim(edition: Edition, seen: Read) -> None:
    assert seen.lines == seen.bundle == list(edition.dataset["claims"])


def test_counts_are_right(edition: Edition, seen: Read) -> None:
    claims = edition.dataset["claims"].values()
    citing = {
        id: sum(any(c["source"] == id for c in claim.get("citations", [])) for claim in claims)
        for id in edition.dataset["sources"]
    }
    about = {
        id: sum(id in claim.get("subjects", []) for claim in claims)
        for id in edition.dataset["subjects"]
    }
    rows = seen.tables
    assert {row["id"]: int(row["claims"]) for row in rows["sources"]} == citing
    assert {row["id"]: int(row["claims"]) for row in rows["subjects"]} == about
    assert {row["id"]: int(row["citations"]) for row in rows["claims"]} == {
        claim["id"]: len(claim.get("citations", [])) for claim in claims
    }


def test_computed_columns_are_those_of_the_lines(edition: Edition, seen: Read) -> None:
    lines = {line["id"]: line["computed"] for line in read_lines(edition.out / "claims.jsonl")}
    for row in seen.tables["claims"]:
        computed = lines[row["id"]]
        for name in ("ceiling", "stix_confidence", "earliest", "latest", "assertion_hash", "iri"):
            value = computed.get(name)
            assert row[name] == ("" if value is None else str(value)), row["id"]
        for name in ("groups", "contradicting_groups"):
            assert row[name] == (str(len(computed[name])) if name in computed else ""), row["id"]


# The twins: what is lost or changed on the way must be noticed.


def copy(edition: Edition, folder: Path) -> Path:
    out = folder / "dist"
    shutil.copytree(edition.out, out)
    return out


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text, f"{file.name} has no {old!r}"
    file.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize("table", ["citations", "claim_subjects", "authors"])
def test_a_lost_row_is_noticed(edition: Edition, reader: str, table: str, tmp_path: Path) -> None:
    out = copy(edition, tmp_path)
    file = out / f"{table}.csv"
    header, first, rest = file.read_text("utf-8").split("\n", 2)
    file.write_text(f"{header}\n{rest}", "utf-8")
    assert first
    with pytest.raises(AssertionError):
        check_content(edition.dataset, read(reader, out, edition.bundle).tables)


def test_a_changed_letter_is_noticed(edition: Edition, reader: str, tmp_path: Path) -> None:
    out = copy(edition, tmp_path)
    statement = next(iter(edition.dataset["claims"].values()))["statement"]
    change(out / "claims.csv", statement[5:15], statement[5:15].swapcase())
    with pytest.raises(AssertionError, match="1 records differ"):
        check_content(edition.dataset, read(reader, out, edition.bundle).tables)


def test_a_lost_reference_is_noticed(edition: Edition, reader: str, tmp_path: Path) -> None:
    out = copy(edition, tmp_path)
    source = next(iter(edition.dataset["sources"]))
    change(out / "sources.csv", f"\n{source},", f"\n{source}-x,")
    with pytest.raises(AssertionError, match="which sources has not"):
        check_joins(read(reader, out, edition.bundle).tables)


@pytest.mark.parametrize("kind", ["integer", "day"])
def test_a_cell_of_another_type_is_refused(
    edition: Edition, reader: str, kind: str, tmp_path: Path
) -> None:
    out = copy(edition, tmp_path)
    columns = next(table.columns for table in contract() if table.name == "claims")
    cells = ["soon" if column.kind == kind else "" for column in columns]
    with (out / "claims.csv").open("a", encoding="utf-8") as file:
        file.write(",".join(cells) + "\n")
    refuses(*read_command(reader, out, edition.bundle), saying="soon")
