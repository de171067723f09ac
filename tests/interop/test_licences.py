"""Does every file say under which licence it is, in the way of REUSE?"""

import subprocess
from pathlib import Path

import pytest

from programs import ROOT, accepts, python_program, refuses

REUSE = python_program("reuse")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The files that git knows, without git."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            target = tmp_path / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
    return tmp_path


def test_reuse_finds_nothing(copy: Path) -> None:
    accepts(REUSE, "--root", copy, "lint")


def test_a_missing_licence_text_is_noticed(copy: Path) -> None:
    (copy / "LICENSES" / "CC-BY-4.0.txt").unlink()
    refuses(REUSE, "--root", copy, "lint", saying="Missing licenses: CC-BY-4.0")


def test_a_file_under_another_licence_is_noticed(copy: Path) -> None:
    # Put together here, so that no program takes this line for this file's licence.
    tag = "-".join(["SPDX", "License", "Identifier"])
    (copy / "src" / "borrowed.rs").write_text(f"// {tag}: GPL-3.0-only\n", "utf-8")
    refuses(REUSE, "--root", copy, "lint", saying="Missing licenses: GPL-3.0-only")
