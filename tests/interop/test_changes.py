"""Does a change set say all there is to say? Python makes the new bundle of the old one by what the
schema of change sets says, and the bytes must be those that claimbook writes.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from conftest import Edition
from datasets import changed_copy
from programs import CLAIMBOOK, accepts, claimbook, refuses

LISTS = ("claims", "sources", "publishers", "subjects")


@dataclass(frozen=True)
class Step:
    """Two bundles, and the file with the change set between them."""

    old: Path
    new: str
    changes: Path


@pytest.fixture
def step(edition: Edition, tmp_path: Path) -> Step:
    root = changed_copy(edition)
    out = tmp_path / "old"
    claimbook("publish", "--root", root, "--at", "HEAD", "--format", "json", "--out", out)
    changes = tmp_path / "changes.json"
    changes.write_text(claimbook("diff", "--root", root, "--format", "changes"), "utf-8")
    old = out / edition.bundle.name
    new = tmp_path / "new.json"
    accepts(CLAIMBOOK, "apply", changes, "--to", old, "--out", new)
    return Step(old, new.read_text("utf-8"), changes)


def apply(bundle: dict[str, Any], changes: dict[str, Any]) -> str:
    """Makes the new bundle, as the schema says."""
    result = {}
    for key in changes["members"]:
        if key in LISTS:
            records = {record["id"]: record for record in bundle[key]}
            for gone in changes["removed"][key]:
                del records[gone]
            records |= {record["id"]: record for record in changes[key]}
            result[key] = [records[one] for one in sorted(records)]
        else:
            result[key] = changes["set"].get(key, bundle.get(key))
    return json.dumps(result, ensure_ascii=False, indent=2) + "\n"


def test_python_makes_the_same_bundle(step: Step) -> None:
    changes = json.loads(step.changes.read_text("utf-8"))
    assert changes["claims"]
    assert changes["removed"]["claims"]
    assert apply(json.loads(step.old.read_text("utf-8")), changes) == step.new


def test_a_change_left_out_shows(step: Step) -> None:
    changes = json.loads(step.changes.read_text("utf-8"))
    changes["claims"].pop()
    assert apply(json.loads(step.old.read_text("utf-8")), changes) != step.new
    step.changes.write_text(json.dumps(changes), "utf-8")
    saying = "does not give the bundle it promises"
    refuses(CLAIMBOOK, "apply", step.changes, "--to", step.old, saying=saying)
