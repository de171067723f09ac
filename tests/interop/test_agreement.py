"""Do other validators accept and refuse the same records as claimbook?

`records/good` and `records/bad` hold a record a file; each bad one is broken in the one way that
its name says. Everybody must accept the good and refuse the bad, but for what `disagreements.json`
lists. What it lists must still be so.
"""

import json
from pathlib import Path

import pytest

from programs import HERE
from validators import VALIDATORS

RECORDS = HERE / "records"
KINDS = ("claim", "source", "publisher", "subject", "dataset", "waivers")


def records(side: str, kind: str) -> list[Path]:
    return sorted((RECORDS / side / kind).glob("*.json"))


def listed(kind: str) -> dict[Path, set[str]]:
    """The bad records that some programs accept, and these programs."""
    found: dict[Path, set[str]] = {}
    for entry in json.loads((HERE / "disagreements.json").read_text("utf-8")):
        for record in entry["records"]:
            if record.startswith(f"{kind}/"):
                path = RECORDS / "bad" / f"{record}.json"
                found.setdefault(path, set()).update(entry["accepted_by"])
    return found


def wrongly_accepted(kind: str, files: list[Path]) -> dict[Path, set[str]]:
    """Which of these files which programs accept."""
    found: dict[Path, set[str]] = {}
    for program, refuses in VALIDATORS.items():
        for path in set(files) - refuses(kind, files):
            found.setdefault(path, set()).add(program)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_everybody_accepts_the_good(kind: str) -> None:
    files = records("good", kind)
    assert files
    refused = {program: refuses(kind, files) for program, refuses in VALIDATORS.items()}
    assert refused == {program: set() for program in VALIDATORS}


@pytest.mark.parametrize("kind", KINDS)
def test_everybody_refuses_the_bad(kind: str) -> None:
    files = records("bad", kind)
    assert files
    assert wrongly_accepted(kind, files) == listed(kind)


def test_a_disagreement_is_noticed() -> None:
    good = records("good", "claim")[:1]
    assert wrongly_accepted("claim", good) == {good[0]: set(VALIDATORS)}


def test_there_are_enough_records() -> None:
    assert sum(len(records("good", kind)) for kind in KINDS) >= 15
    assert sum(len(records("bad", kind)) for kind in KINDS) >= 60
