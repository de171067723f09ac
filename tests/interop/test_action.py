"""Do the scripts of the action and of the workflows do what they say: get the right program and
no other, and post to the right place? GitHub is played by a program `gh` that writes its calls
down."""

import json
import os
import subprocess
import tarfile
from pathlib import Path

import pytest

from programs import CLAIMBOOK, ROOT

SCRIPTS = ROOT / ".github"
TARGET = "x86_64-unknown-linux-musl"


def script(name: str, *args: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs a script with these variables and nothing else but the path."""
    return subprocess.run(
        [str(SCRIPTS / name), *(str(arg) for arg in args)],
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def version() -> str:
    lines = (ROOT / "Cargo.toml").read_text("utf-8").splitlines()
    return next(line.split('"')[1] for line in lines if line.startswith("version = "))


def pack(folder: Path, tag: str) -> subprocess.CompletedProcess[str]:
    program = folder / "programs" / f"program-{TARGET}"
    program.mkdir(parents=True, exist_ok=True)
    # The real one would take a minute to pack.
    (program / "claimbook").write_text(f"#!/bin/sh\necho claimbook {version()}\n")
    return script("pack-binaries", tag, folder / "programs", folder / f"v{version()}")


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    """A place of releases."""
    done = pack(tmp_path, f"v{version()}")
    assert done.returncode == 0, done.stderr
    return tmp_path


def get(releases: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    places = {"RUNNER_TEMP": str(releases / "temp"), "GITHUB_OUTPUT": str(releases / "output")}
    runner = {"RUNNER_OS": "Linux", "RUNNER_ARCH": "X64", "REPOSITORY": "o/r", **places}
    wanted = {"VERSION": version(), "CLAIMBOOK_RELEASES": f"file://{releases}"}
    return script("get-claimbook", **{**runner, **wanted, **variables})


def archive(releases: Path) -> Path:
    return releases / f"v{version()}" / f"claimbook-{version()}-{TARGET}.tar.gz"


def test_a_release_is_downloaded(releases: Path) -> None:
    done = get(releases)
    assert done.returncode == 0, done.stdout + done.stderr
    program = (releases / "output").read_text().strip().removeprefix("program=")
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["claimbook", version()]


def test_a_checksum_of_the_users_own_is_held_against_it(releases: Path) -> None:
    sums = (releases / f"v{version()}" / "SHA256SUMS").read_text().split()
    (releases / f"v{version()}" / "SHA256SUMS").unlink()
    assert get(releases, SHA256=sums[0]).returncode == 0
    done = get(releases, SHA256="0" * 64)
    assert done.returncode == 2
    assert "has not the checksum" in done.stdout


def test_an_archive_that_was_changed_is_refused(releases: Path) -> None:
    with archive(releases).open("ab") as file:
        file.write(b"x")
    done = get(releases)
    assert done.returncode == 2
    assert "has not the checksum" in done.stdout
    assert not (releases / "output").exists()


def test_what_is_not_there_is_named(releases: Path) -> None:
    for variables, why in (
        ({"VERSION": "99.0.0"}, "has no claimbook-99.0.0"),
        ({"VERSION": "1.0.0/../../x"}, "version is three numbers"),
        ({"RUNNER_OS": "Plan9"}, "there is no program for Plan9"),
    ):
        done = get(releases, **variables)
        assert done.returncode == 2
        assert why in done.stdout


def test_packing_gives_the_same_bytes_and_a_program_that_runs(releases: Path) -> None:
    before = archive(releases).read_bytes()
    pack(releases, f"v{version()}")
    assert archive(releases).read_bytes() == before
    with tarfile.open(archive(releases)) as tar:
        modes = {member.name: oct(member.mode) for member in tar if member.isfile()}
    assert modes["./claimbook"] == "0o755"
    assert {"./README.md", "./MIT.txt", "./Apache-2.0.txt"} < set(modes)


def test_a_tag_of_another_version_is_refused(tmp_path: Path) -> None:
    done = pack(tmp_path, "v99.0.0")
    assert done.returncode == 1
    assert f"Cargo.toml says {version()}" in done.stderr


class GitHub:
    """A folder with a program `gh` that answers from files and writes down its calls."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bin = folder / "bin"
        self.bin.mkdir()
        gh = self.bin / "gh"
        gh.write_text(
            "#!/usr/bin/env bash\n"
            'echo "$*" | tr "\\n" " " >> "$GH_CALLS"; echo >> "$GH_CALLS"\n'
            'for key in "$GH_ANSWERS"/*; do\n'
            '    words=$(basename "$key"); words=${words//+/\\/}\n'
            '    [[ "$*" == *"$words"* && "$*" != *--method\\ [PD]* ]] || continue\n'
            "    filter=.\n"
            "    while [[ $# -gt 0 ]]; do [[ $1 == --jq ]] && filter=$2; shift; done\n"
            '    exec jq --raw-output "$filter" "$key"\n'
            "done\n"
        )
        gh.chmod(0o755)
        self.answers = folder / "answers"
        self.answers.mkdir()

    def answer(self, words: str, value: object) -> None:
        (self.answers / words.replace("/", "+")).write_text(json.dumps(value))

    def run(self, name: str, **variables: str) -> list[str]:
        calls = self.folder / "calls"
        calls.unlink(missing_ok=True)
        done = subprocess.run(
            [SCRIPTS / name],
            env={
                "PATH": f"{self.bin}:{os.environ['PATH']}",
                "GH_CALLS": str(calls),
                "GH_ANSWERS": str(self.answers),
                **variables,
            },
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return calls.read_text().splitlines()


COMMIT = "a" * 40
MARKER = "<!-- claimbook: the comment about this pull request -->"
SUGGESTION = "<!-- claimbook: a suggestion -->"


@pytest.fixture
def github(tmp_path: Path) -> GitHub:
    github = GitHub(tmp_path)
    other = {"number": 4, "head": {"sha": "b" * 40}}
    github.answer("repos/o/r/pulls --raw-field", [other, {"number": 7, "head": {"sha": COMMIT}}])
    bot = {"login": "github-actions[bot]"}
    github.answer(
        "issues/7/comments",
        [
            {"id": 1, "user": {"login": "someone"}, "body": MARKER},
            {"id": 2, "user": bot, "body": f"{MARKER}\n…"},
        ],
    )
    github.answer(
        "pulls/7/comments",
        [
            {"id": 3, "user": bot, "body": f"{SUGGESTION}\n…"},
            {"id": 5, "user": bot, "body": "another tool's"},
        ],
    )
    return github


def post(github: GitHub, commit: str = COMMIT) -> list[str]:
    report = github.folder / "report"
    report.mkdir(exist_ok=True)
    calls = github.run(
        "post-claims",
        REPOSITORY="o/r",
        PROGRAM=str(CLAIMBOOK),
        REPORT=str(report),
        COMMIT=commit,
        HEAD="stranger:main",
    )
    return [call for call in calls if "--method P" in call or "--method D" in call]


def write_report(github: GitHub) -> None:
    report = github.folder / "report"
    report.mkdir()
    (report / "comment.md").write_text(f"{MARKER}\nTwo errors.\n")
    comment = {"path": "a.json", "line": 1, "body": f"{SUGGESTION}\nx"}
    (report / "review.json").write_text(json.dumps({"version": 1, "comments": [comment]}))


def test_the_comment_that_is_there_is_brought_up_to_date(github: GitHub) -> None:
    write_report(github)
    wrote = post(github)
    assert "PATCH repos/o/r/issues/comments/2 " in wrote[0]
    assert "DELETE repos/o/r/pulls/comments/3" in wrote[1]
    assert "POST repos/o/r/pulls/7/reviews" in wrote[2]
    assert len(wrote) == 3


def test_the_first_comment_is_posted(github: GitHub) -> None:
    write_report(github)
    github.answer("issues/7/comments", [])
    assert "POST repos/o/r/issues/7/comments" in post(github)[0]


def test_a_comment_about_nothing_is_taken_away(github: GitHub) -> None:
    wrote = post(github)
    assert "DELETE repos/o/r/issues/comments/2" in wrote[0]
    assert len(wrote) == 2


def test_a_commit_that_is_not_the_newest_posts_nothing(github: GitHub) -> None:
    write_report(github)
    assert post(github, "c" * 40) == []


@pytest.mark.parametrize(
    ("due", "there", "wrote"),
    [
        ("true", [], "issue create"),
        ("true", [{"number": 9, "title": "Claims to review and waivers to renew"}], "issue edit 9"),
        ("false", [{"number": 9, "title": "Claims to review and waivers to renew"}], "close 9"),
        ("false", [{"number": 9, "title": "Another"}], "issue list"),
    ],
)
def test_one_issue_lists_what_is_due(
    tmp_path: Path, due: str, there: list[object], wrote: str
) -> None:
    github = GitHub(tmp_path)
    github.answer("issue list", there)
    calls = github.run("update-due-issue", DUE=due, ISSUE=str(tmp_path / "issue.md"))
    assert wrote in calls[-1]
