"""Does sha256sum find the published files as SHA256SUMS says, and nothing else beside them?"""

import shutil
from pathlib import Path

import pytest

from conftest import Edition
from programs import accepts, refuses

CHECK = ("sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS")


@pytest.fixture
def out(edition: Edition, tmp_path: Path) -> Path:
    """A copy that can be spoilt."""
    copy = tmp_path / "dist"
    shutil.copytree(edition.out, copy)
    return copy


def test_files_have_their_sums(out: Path) -> None:
    accepts(*CHECK, cwd=out)


def test_every_file_has_a_sum(out: Path) -> None:
    listed = [line.split("  ", 1)[1] for line in (out / "SHA256SUMS").read_text().splitlines()]
    files = [str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()]
    assert listed == sorted(name for name in files if name != "SHA256SUMS")


def test_a_changed_byte_is_noticed(out: Path) -> None:
    file = out / "claims.csv"
    content = bytearray(file.read_bytes())
    content[-2] ^= 1
    file.write_bytes(content)
    refuses(*CHECK, cwd=out, saying="claims.csv: FAILED")


def test_a_lost_file_is_noticed(out: Path) -> None:
    (out / "claims.jsonl").unlink()
    refuses(*CHECK, cwd=out, saying="claims.jsonl: FAILED")
