"""Does a dataset come back from its tables once another program has written them anew?"""

import shutil
from pathlib import Path

import pytest

from conftest import Edition
from datasets import KINDS, read_dataset, same_content
from programs import CLAIMBOOK, HERE, accepts, claimbook, python_program, refuses


@pytest.fixture
def tables(edition: Edition, tmp_path: Path) -> Path:
    """The published tables as pandas writes them."""
    out = tmp_path / "tables"
    program = HERE / "readers" / "rewrite_pandas.py"
    accepts(python_program("pandas", "python"), program, edition.out, out)
    return out


@pytest.fixture
def empty(edition: Edition, tmp_path: Path) -> Path:
    """A dataset of the same name without records."""
    root = tmp_path / "again"
    (root / "dataset").mkdir(parents=True)
    shutil.copy(edition.root / "dataset" / "dataset.json", root / "dataset")
    return root


def check_content(edition: Edition, root: Path) -> None:
    again = read_dataset(root)
    for kind in KINDS:
        same_content(edition.dataset[kind], again[kind])


def test_everything_comes_back(edition: Edition, tables: Path, empty: Path) -> None:
    claimbook("import", tables, cwd=empty)
    check_content(edition, empty)


def test_a_changed_cell_is_noticed(edition: Edition, tables: Path, empty: Path) -> None:
    file = tables / "publishers.csv"
    name = next(iter(edition.dataset["publishers"].values()))["name"]
    text = file.read_text("utf-8-sig")
    file.write_text(text.replace(f'"{name}"', f'"{name} II"', 1), "utf-8")
    claimbook("import", tables, cwd=empty)
    with pytest.raises(AssertionError, match="1 records differ"):
        check_content(edition, empty)


def test_a_lost_table_is_refused(edition: Edition, tables: Path, empty: Path) -> None:
    (tables / "sources.csv").unlink()
    refuses(CLAIMBOOK, "import", tables, cwd=empty, saying="nothing was written")
    assert not list((empty / "dataset").rglob("*/*.json"))
