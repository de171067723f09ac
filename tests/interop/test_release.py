"""Do others read a release: its checksums, its archives, its manifest?"""

import json
import shutil
from pathlib import Path

import pytest

from programs import ROOT, SCHEMA, Command, accepts, claimbook, python_program, refuses, run

NAME = "port-aldine-1.0.0"
SUMS = ("sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS")
ZIP: Command = ["python3", "-m", "zipfile", "--test"]
SCHEMA_OF: Command = [
    python_program("check-jsonschema"),
    "--schemafile",
    SCHEMA / "manifest.schema.json",
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the sample."""
    root = tmp_path_factory.mktemp("released") / "repository"
    shutil.copytree(ROOT / "tests" / "sample", root)

    def git(*args: str) -> None:
        who = ("-c", "user.name=A Tester", "-c", "user.email=tester@example.org")
        accepts("git", *who, *args, cwd=root)

    git("init", "--quiet")
    git("config", "user.name", "A Tester")
    git("config", "user.email", "tester@example.org")
    git("add", "--all")
    git("commit", "--quiet", "--message", "The sample")
    claimbook("release", "--changelog", cwd=root)
    git("add", "--all")
    git("commit", "--quiet", "--message", "Changes of 1.0.0")
    claimbook("release", cwd=root)
    return root / "release"


@pytest.fixture
def release(made: Path, tmp_path: Path) -> Path:
    """A copy that can be spoilt."""
    copy = tmp_path / "release"
    shutil.copytree(made, copy)
    return copy


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_sha256sum_finds_everything_as_it_was(release: Path) -> None:
    accepts(*SUMS, cwd=release)
    accepts(*SUMS, cwd=release / NAME)


def test_sha256sum_finds_a_changed_byte(release: Path) -> None:
    flip(release / NAME / "claims.csv")
    refuses(*SUMS, cwd=release, saying=f"{NAME}/claims.csv: FAILED")


def test_tar_and_zip_hold_what_the_folder_holds(release: Path, tmp_path: Path) -> None:
    assert "is corrupted" not in accepts(*ZIP, f"{NAME}.zip", cwd=release)
    unpacking: dict[str, Command] = {
        "tar": ["tar", "--extract", "--gzip", "--file", release / f"{NAME}.tar.gz"],
        "zip": ["python3", "-m", "zipfile", "--extract", release / f"{NAME}.zip", "."],
    }
    for kind, unpack in unpacking.items():
        folder = tmp_path / kind
        folder.mkdir()
        accepts(*unpack, cwd=folder)
        accepts("diff", "--recursive", folder / NAME, release / NAME)


def test_tar_finds_a_changed_byte(release: Path) -> None:
    flip(release / f"{NAME}.tar.gz")
    refuses("tar", "--list", "--gzip", "--file", f"{NAME}.tar.gz", cwd=release, saying="tar")


def test_zip_finds_a_changed_byte(release: Path) -> None:
    flip(release / f"{NAME}.zip")
    # By where the byte is, the program fails, or tells of it and ends as if nothing were wrong.
    done = run(*ZIP, f"{NAME}.zip", cwd=release)
    assert done.returncode != 0 or "is corrupted" in done.stdout, done.stdout


def test_tar_lists_files_of_nobody_in_order(release: Path) -> None:
    command = ("tar", "--list", "--verbose", "--numeric-owner", "--gzip", "--file")
    lines = accepts(*command, f"{NAME}.tar.gz", cwd=release).splitlines()
    assert {line.split()[0:2] == ["-rw-r--r--", "0/0"] for line in lines} == {True}
    names = [line.split()[-1] for line in lines]
    assert names == sorted(names)


def test_the_manifest_fits_its_schema(release: Path) -> None:
    accepts(*SCHEMA_OF, release / NAME / "manifest.json")


def test_a_manifest_without_a_commit_does_not_fit(release: Path) -> None:
    path = release / NAME / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    del manifest["commit"]
    path.write_text(json.dumps(manifest), "utf-8")
    refuses(*SCHEMA_OF, path, saying="'commit' is a required property")
