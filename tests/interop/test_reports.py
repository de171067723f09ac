"""Are the reports of a check SARIF and JUnit to others, and do they say what the check says?"""

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from programs import (
    HERE,
    HOSTILE,
    ROOT,
    TOOLS,
    Command,
    accepts,
    claimbook,
    python_program,
    refuses,
    run,
)

PACKAGE = TOOLS / "npm" / "node_modules" / "@microsoft" / "sarif-multitool-linux"
MULTITOOL = PACKAGE / "Sarif.Multitool"
SARIF = python_program("sarif-tools", "sarif")
JUNIT = (python_program("junitparser", "python"), HERE / "readers" / "read_junit.py")

# Neither does it look for a locale, which a small machine lacks.
DOTNET = {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}

# The tool has no page of its own that a report could name.
ACCEPTED = "informationUri"


@pytest.fixture(scope="module", params=["clean", "broken"])
def root(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our own dataset, and one with mistakes whose words and paths are traps."""
    if request.param == "clean":
        return ROOT
    root = tmp_path_factory.mktemp("broken")
    shutil.copytree(HOSTILE / "dataset", root / "dataset")
    subjects = root / "dataset" / "subjects"
    (subjects / "a b%é.json").write_text('{"id": "x", "nmae": "]]> {0} [a](https://b.example)"}')
    (subjects / "torn&<b>.json").write_text('{"id": "\x01 \x1b[31m"')
    (subjects / "latin-1.json").write_bytes(b'{"id": "latin-1", "name": "\xe9"}')
    claim = root / "dataset" / "claims" / "measured-range.json"
    claim.write_text(claim.read_text("utf-8").replace('"kind": "', '"knid": "', 1), "utf-8")
    return root


def report(root: Path, form: str) -> str:
    return claimbook("check", "--format", form, "--root", root, may_find=True)


def findings(root: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(report(root, "json"))["findings"]
    return found


@pytest.fixture
def sarif(root: Path, tmp_path: Path) -> Path:
    path = tmp_path / "report.sarif"
    path.write_text(report(root, "sarif"), "utf-8")
    return path


@pytest.fixture
def junit(root: Path, tmp_path: Path) -> Path:
    path = tmp_path / "report.xml"
    path.write_text(report(root, "junit"), "utf-8")
    return path


def complaints(path: Path) -> list[str]:
    """What multitool has to say, with the rules of the format and those of code scanning."""
    command: Command = [MULTITOOL, "validate", path, "--rule-kind", "Sarif;Ghas"]
    levels = ["--level", "Error;Warning"]
    printed = run(*command, *levels, env=DOTNET)
    assert "Analysis completed successfully" in printed.stdout, printed.stdout + printed.stderr
    lines = [line for line in printed.stdout.splitlines() if f"{path}(" in line]
    return [line for line in lines if ACCEPTED not in line]


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_multitool_accepts_reports(sarif: Path) -> None:
    assert complaints(sarif) == []


def test_multitool_refuses_an_unknown_property(sarif: Path) -> None:
    spoil(sarif, '"columnKind"', '"surprise": 1, "columnKind"')
    assert "does not define a property 'surprise'" in complaints(sarif)[0]


@pytest.mark.parametrize("root", ["broken"], indirect=True)
def test_multitool_refuses_a_line_zero(sarif: Path) -> None:
    first = json.loads(sarif.read_text("utf-8"))["runs"][0]["results"][0]
    line = first["locations"][0]["physicalLocation"]["region"]["startLine"]
    spoil(sarif, f'"startLine": {line}', '"startLine": 0')
    assert "JSON1" in complaints(sarif)[0]


def test_sarif_tools_finds_the_same(root: Path, sarif: Path) -> None:
    expected = Counter(finding["severity"] for finding in findings(root))
    printed = accepts(SARIF, "summary", sarif)
    for level in ("error", "warning", "note"):
        assert f"{level}: {expected[level]}" in printed, printed


def test_sarif_tools_refuses_what_is_cut_short(sarif: Path) -> None:
    text = sarif.read_text("utf-8")
    sarif.write_text(text[: len(text) // 2], "utf-8")
    refuses(SARIF, "summary", sarif, saying="JSONDecodeError")


def test_sarif_places_are_those_of_the_check(root: Path, sarif: Path) -> None:
    results = json.loads(sarif.read_text("utf-8"))["runs"][0]["results"]
    prints = [result["partialFingerprints"]["primaryLocationLineHash"] for result in results]
    assert len(set(prints)) == len(prints)
    for result, finding in zip(results, findings(root), strict=True):
        region = result["locations"][0]["physicalLocation"]["region"]
        assert result["ruleId"] == finding["rule"]
        assert (region["startLine"], region["startColumn"]) == (finding["line"], finding["column"])
        assert len(result.get("relatedLocations", [])) == len(finding["related"])


def test_junitparser_finds_the_same(root: Path, junit: Path) -> None:
    read = json.loads(accepts(*JUNIT, junit))
    found: dict[str, int] = Counter(
        finding["rule"] for finding in findings(root) if finding["severity"] != "note"
    )
    failed = {name: text for _, name, kind, _, text in read["cases"] if kind == "Failure"}
    assert read["failures"] == len(failed)
    assert read["tests"] == len(read["cases"])
    assert set(failed) == set(found)
    for rule, text in failed.items():
        places = [line for line in text.splitlines() if not line.startswith("  ")]
        assert len(places) == found[rule], text


def test_junitparser_refuses_a_bare_ampersand(junit: Path) -> None:
    spoil(junit, 'name="claimbook check"', 'name="claimbook & check"')
    refuses(*JUNIT, junit, saying="not well-formed")


def test_xml_of_reports_is_well_formed(junit: Path) -> None:
    accepts("xmllint", "--noout", junit)
