"""Are the published and released bytes the same whoever makes them, and where?"""

import gzip
import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from programs import CLAIMBOOK, ROOT, Command, accepts, claimbook, python_program, refuses

# It looks into archives and databases. Who owns a folder, and since when, is not what we promise.
DIFFOSCOPE: Command = [
    python_program("diffoscope"),
    "--exclude-directory-metadata=recursive",
    "--text=-",
]


@dataclass(frozen=True)
class Circumstances:
    """Where, when, by whom and with how many threads a dataset is published."""

    clone: str
    env: dict[str, str]
    umask: int
    # What starts the program; another user where that is possible.
    starter: list[str] = field(default_factory=list)
    # How many commits the clone has; all unless told.
    depth: int | None = None


HERE = Circumstances(
    "here", {"TZ": "UTC", "LC_ALL": "C", "RAYON_NUM_THREADS": "1", "HOME": "/"}, 0o022
)
ELSEWHERE = Circumstances(
    "a/b c/elsewhere",
    {"TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8", "RAYON_NUM_THREADS": "7", "HOME": "/tmp"},
    0o077,
    # Only root can become somebody else.
    ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else [],
    depth=1,
)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that other users can enter, unlike those of pytest."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def clone(
    folder: Path, circumstances: Circumstances, source: Path, depth: int | None, *tags: str
) -> Path:
    """A clone of a repository, with these tags besides, which belongs to whoever works in it."""
    clone = folder / circumstances.clone
    if not clone.exists():
        few = [] if depth is None else [f"--depth={depth}"]
        accepts("git", "clone", "--quiet", *few, f"file://{source}", clone)
        for tag in tags:
            accepts("git", "fetch", "--quiet", *few, "origin", "tag", tag, cwd=clone)
    if circumstances.starter:
        accepts("chown", "--recursive", "65534:65534", clone)
    return clone


def work(folder: Path, circumstances: Circumstances, place: Path, *args: str | Path) -> None:
    """Runs claimbook in a clone under the given circumstances."""
    program = folder / "claimbook"
    shutil.copy2(CLAIMBOOK, program)
    done = subprocess.run(
        [*circumstances.starter, program, *args],
        cwd=place,
        env={**os.environ, **circumstances.env},
        umask=circumstances.umask,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def publish(folder: Path, circumstances: Circumstances, *args: str) -> Path:
    """Publishes a clone of this repository."""
    place = clone(folder, circumstances, ROOT, circumstances.depth)
    work(folder, circumstances, place, "publish", "--format", "all", *args)
    return place / "dist"


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A repository of the sample with two releases, which others can clone."""
    with TemporaryDirectory() as name:
        root = Path(name) / "released"
        shutil.copytree(ROOT / "tests" / "sample", root)
        Path(name).chmod(0o755)

        def git(*args: str) -> None:
            accepts("git", *args, cwd=root)

        def release(message: str) -> None:
            git("add", "--all")
            git("commit", "--quiet", "--message", message)
            claimbook("release", "--changelog", cwd=root)
            git("add", "--all")
            git("commit", "--quiet", "--message", "What changed")
            claimbook("release", "--out", tmp_path_factory.mktemp("release") / "out", cwd=root)

        git("init", "--quiet")
        git("config", "user.name", "A Tester")
        git("config", "user.email", "tester@example.org")
        release("The sample")
        record = root / "dataset" / "subjects" / "harbour-bridge.json"
        text = record.read_text("utf-8")
        record.write_text(text.replace('"name": "', '"name": "The ', 1), "utf-8")
        release("Another name")
        yield root


def release(folder: Path, circumstances: Circumstances, source: Path) -> Path:
    """Builds the newest release of a repository again, which takes a clone of all commits."""
    place = clone(folder, circumstances, source, None)
    work(folder, circumstances, place, "release")
    return place / "release"


def permissions(folder: Path) -> dict[str, str]:
    """Who may do what with each file and folder."""
    found = {}
    for path in [folder, *folder.rglob("*")]:
        found[str(path.relative_to(folder))] = stat.filemode(path.stat().st_mode)
    return found


def same(here: Path, elsewhere: Path) -> None:
    """Nothing tells one folder from the other."""
    accepts("diff", "--recursive", here, elsewhere)
    assert accepts(*DIFFOSCOPE, here, elsewhere) == ""
    assert permissions(here) == permissions(elsewhere)
    assert set(permissions(here).values()) == {"drwxr-xr-x", "-rw-r--r--"}


@pytest.mark.parametrize("args", [[], ["--at", "HEAD"]], ids=["folder", "revision"])
def test_circumstances_do_not_show(folder: Path, args: list[str]) -> None:
    same(publish(folder, HERE, *args), publish(folder, ELSEWHERE, *args))


def test_circumstances_do_not_show_in_a_release(folder: Path, released: Path) -> None:
    here = release(folder, HERE, released)
    same(here, release(folder, ELSEWHERE, released))
    assert len(list(here.glob("*.zip")) + list(here.glob("*.tar.gz"))) == 2


def test_a_shallow_clone_builds_the_same_release(folder: Path, released: Path) -> None:
    here = release(folder, HERE, released)
    shallow = clone(folder, ELSEWHERE, released, 1, "v1.0.0")
    work(folder, ELSEWHERE, shallow, "verify", "--rebuild", here)


def test_a_changed_record_shows(folder: Path) -> None:
    here = publish(folder, HERE)
    record = next((folder / HERE.clone / "dataset" / "subjects").rglob("*.json"))
    text = record.read_text("utf-8")
    kept = shutil.copytree(here, folder / "kept")
    record.write_text(text.replace('"name": "', '"name": "The ', 1), "utf-8")
    changed = publish(folder, HERE)
    refuses("diff", "--recursive", kept, changed, saying="subjects.csv")
    refuses(*DIFFOSCOPE, kept, changed, saying="subjects.csv")


def test_another_time_in_an_archive_shows(folder: Path, released: Path) -> None:
    here = release(folder, HERE, released)
    other = shutil.copytree(here, folder / "other")
    archive = next(other.glob("*.tar.gz"))
    content = gzip.decompress(archive.read_bytes())
    # The same files in a wrapping that tells when it was made.
    archive.write_bytes(gzip.compress(content, mtime=1_741_737_600))
    refuses(*DIFFOSCOPE, here, other, saying="last modified: Wed Mar 12")


def test_other_permissions_show(folder: Path) -> None:
    here = publish(folder, HERE)
    before = permissions(here)
    (here / "claims.csv").chmod(0o600)
    assert permissions(here) != before
