"""Are the published bytes the same whoever publishes them, and where?"""

import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from programs import CLAIMBOOK, ROOT, accepts, refuses


@dataclass(frozen=True)
class Circumstances:
    """Where, when, by whom and with how many threads a dataset is published."""

    clone: str
    env: dict[str, str]
    umask: int
    # What starts the program; another user where that is possible.
    starter: list[str] = field(default_factory=list)


HERE = Circumstances(
    "here", {"TZ": "UTC", "LC_ALL": "C", "RAYON_NUM_THREADS": "1", "HOME": "/"}, 0o022
)
ELSEWHERE = Circumstances(
    "a/b c/elsewhere",
    {"TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8", "RAYON_NUM_THREADS": "7", "HOME": "/tmp"},
    0o077,
    # Only root can become somebody else.
    ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else [],
)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that other users can enter, unlike those of pytest."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def publish(folder: Path, circumstances: Circumstances, *args: str) -> Path:
    """Publishes a clone of this repository under the given circumstances."""
    clone = folder / circumstances.clone
    if not clone.exists():
        accepts("git", "clone", "--quiet", "--no-hardlinks", ROOT, clone)
    program = folder / "claimbook"
    shutil.copy2(CLAIMBOOK, program)
    if circumstances.starter:
        accepts("chown", "--recursive", "65534:65534", clone)
    done = subprocess.run(
        [*circumstances.starter, program, "publish", "--format", "all", *args],
        cwd=clone,
        env={**os.environ, **circumstances.env},
        umask=circumstances.umask,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return clone / "dist"


def permissions(folder: Path) -> dict[str, str]:
    """Who may do what with each file and folder."""
    found = {}
    for path in [folder, *folder.rglob("*")]:
        found[str(path.relative_to(folder))] = stat.filemode(path.stat().st_mode)
    return found


@pytest.mark.parametrize("args", [[], ["--at", "HEAD"]], ids=["folder", "revision"])
def test_circumstances_do_not_show(folder: Path, args: list[str]) -> None:
    here, elsewhere = publish(folder, HERE, *args), publish(folder, ELSEWHERE, *args)
    accepts("diff", "--recursive", here, elsewhere)
    assert permissions(here) == permissions(elsewhere)
    assert set(permissions(here).values()) == {"drwxr-xr-x", "-rw-r--r--"}


def test_a_changed_record_shows(folder: Path) -> None:
    here = publish(folder, HERE)
    record = next((folder / HERE.clone / "dataset" / "subjects").rglob("*.json"))
    text = record.read_text("utf-8")
    kept = shutil.copytree(here, folder / "kept")
    record.write_text(text.replace('"name": "', '"name": "The ', 1), "utf-8")
    changed = publish(folder, HERE)
    refuses("diff", "--recursive", kept, changed, saying="subjects.csv")


def test_other_permissions_show(folder: Path) -> None:
    here = publish(folder, HERE)
    before = permissions(here)
    (here / "claims.csv").chmod(0o600)
    assert permissions(here) != before
