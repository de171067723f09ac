"""Do reports tell old findings from new ones, to others and as others would?"""

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from programs import HOSTILE, accepts, claimbook, refuses
from test_reports import DOTNET, JUNIT, MULTITOOL, complaints, spoil

BASE = ("--base", "HEAD", "--all")
MARK = "  note: it was there before the change"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with mistakes that are committed, and with more of them that are not."""
    root = tmp_path_factory.mktemp("changed")
    shutil.copytree(HOSTILE / "dataset", root / "dataset")
    subjects = root / "dataset" / "subjects"
    (subjects / "a b%é.json").write_text('{"id": "x", "nmae": "]]> {0} [a](https://b.example)"}')
    (subjects / "torn&<b>.json").write_text('{"id": "\x01 \x1b[31m"')
    for command in ("init -q", "add -A", "commit -q -m All"):
        who = ("-c", "user.name=A Tester", "-c", "user.email=tester@example.org")
        accepts("git", *who, *command.split(), cwd=root)
    (subjects / "new.json").write_text('{"id": "new", "nmae": "<New>"}')
    claim = root / "dataset" / "claims" / "measured-range.json"
    claim.write_text(claim.read_text("utf-8").replace('"kind": "', '"knid": "', 1), "utf-8")
    return root


def report(root: Path, form: str, *args: str) -> str:
    return claimbook("check", "--format", form, "--root", root, *args, may_find=True)


@pytest.fixture
def sarif(root: Path, tmp_path: Path) -> Path:
    path = tmp_path / "report.sarif"
    path.write_text(report(root, "sarif", *BASE), "utf-8")
    return path


@pytest.fixture
def junit(root: Path, tmp_path: Path) -> Path:
    path = tmp_path / "report.xml"
    path.write_text(report(root, "junit", *BASE), "utf-8")
    return path


def expected(root: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(report(root, "json", *BASE))["findings"]
    return found


def counted(path: Path, state: str) -> str:
    command = (MULTITOOL, "query", "--expression", f"BaselineState == '{state}'", path)
    return accepts(*command, env=DOTNET)


def states(path: Path) -> Counter[tuple[str, ...]]:
    """The results of a report by rule, file, line and state."""
    found: Counter[tuple[str, ...]] = Counter()
    for result in json.loads(path.read_text("utf-8"))["runs"][0]["results"]:
        place = result["locations"][0]["physicalLocation"]
        uri, line = place["artifactLocation"]["uri"], place["region"]["startLine"]
        found[result["ruleId"], uri, str(line), result["baselineState"]] += 1
    return found


def test_multitool_accepts_states(sarif: Path) -> None:
    assert complaints(sarif) == []


def test_multitool_counts_new_and_unchanged(root: Path, sarif: Path) -> None:
    new = Counter(finding["new"] for finding in expected(root))
    assert new[True] > 1
    assert new[False] > 1
    assert f"Found {new[True]} of {new.total()} results" in counted(sarif, "New")
    assert f"Found {new[False]} of {new.total()} results" in counted(sarif, "Unchanged")


def test_multitool_refuses_another_state(sarif: Path) -> None:
    spoil(sarif, '"baselineState": "unchanged"', '"baselineState": "older"')
    command = (MULTITOOL, "query", "--expression", "BaselineState == 'New'", sarif)
    refuses(*command, env=DOTNET, saying="Requested value 'Older' was not found")


def test_multitool_sees_another_count(root: Path, sarif: Path) -> None:
    before = counted(sarif, "New")
    spoil(sarif, '"baselineState": "unchanged"', '"baselineState": "new"')
    assert counted(sarif, "New") != before


def matched(root: Path, folder: Path) -> Path:
    """What multitool makes of the reports before and after the change, without our states."""
    paths = [folder / name for name in ("before.sarif", "after.sarif", "matched.sarif")]
    paths[0].write_text(report(root, "sarif", "--at", "HEAD"), "utf-8")
    paths[1].write_text(report(root, "sarif"), "utf-8")
    command = (MULTITOOL, "match-results-forward", paths[1], "--previous", paths[0])
    accepts(*command, "--output-file-path", paths[2], env=DOTNET)
    return paths[2]


def test_multitool_would_give_the_same_states(root: Path, sarif: Path, tmp_path: Path) -> None:
    assert states(sarif) == states(matched(root, tmp_path))


def test_multitool_would_not_give_other_states(root: Path, sarif: Path, tmp_path: Path) -> None:
    spoil(sarif, '"baselineState": "new"', '"baselineState": "unchanged"')
    assert states(sarif) != states(matched(root, tmp_path))


def marked(path: Path) -> dict[str, int]:
    """How many findings of each rule junitparser reads as older, those of cases without one out."""
    read = json.loads(accepts(*JUNIT, path))
    texts = {name: (text or "").splitlines() for _, name, _, _, text in read["cases"]}
    return {name: lines.count(MARK) for name, lines in texts.items() if MARK in lines}


def test_junitparser_reads_which_findings_are_older(root: Path, junit: Path) -> None:
    older = Counter(f["rule"] for f in expected(root) if not f["new"] and f["severity"] != "note")
    read = {rule: n for rule, n in marked(junit).items() if rule in older}
    assert read == older
    assert older


def test_junitparser_reads_one_mark_less(junit: Path) -> None:
    before = marked(junit)
    spoil(junit, MARK, "")
    assert marked(junit) != before
