"""Datasets as the tests read them: straight from the JSON files, without claimbook."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from programs import accepts

if TYPE_CHECKING:
    from conftest import Edition

Record = dict[str, Any]

KINDS = ("claims", "sources", "publishers", "subjects")


@dataclass(frozen=True)
class Dataset:
    """What the files of a dataset say."""

    meta: Record
    # Of each kind the records, by id.
    records: dict[str, dict[str, Record]]

    def __getitem__(self, kind: str) -> dict[str, Record]:
        return self.records[kind]


def read_dataset(root: Path) -> Dataset:
    """Reads the dataset of the repository at `root`."""
    folder = root / "dataset"
    return Dataset(
        meta=json.loads((folder / "dataset.json").read_text("utf-8")),
        records={kind: by_id(_records(folder / kind)) for kind in KINDS},
    )


def _records(folder: Path) -> Iterable[Record]:
    for path in folder.rglob("*.json"):
        yield json.loads(path.read_text("utf-8"))
    for path in folder.rglob("*.jsonl"):
        yield from read_lines(path)


def changed_copy(edition: Edition) -> Path:
    """A repository beside the published dataset: it is committed, and then some of it changed."""
    root = edition.out.parent / "changed"
    if root.exists():
        return root
    shutil.copytree(edition.root / "dataset", root / "dataset")
    for command in ("init -q", "add -A", "commit -q -m All"):
        who = ("-c", "user.name=A Tester", "-c", "user.email=tester@example.org")
        accepts("git", *who, *command.split(), cwd=root)
    claims = sorted((root / "dataset" / "claims").rglob("*.json"))
    claims[0].unlink()
    for path in claims[1:4]:
        claim = json.loads(path.read_text("utf-8"))
        claim["statement"] = f"Not so: {claim.get('statement', 'removed')}"
        claim["corrections"] = [{"date": "2026-11-24", "note": "It was otherwise."}]
        path.write_text(json.dumps(claim), "utf-8")
    publishers = sorted((root / "dataset" / "publishers").rglob("*.json"))
    for path in publishers[:3]:
        publisher = json.loads(path.read_text("utf-8"))
        publisher["reliability"] = "E"
        path.write_text(json.dumps(publisher), "utf-8")
    meta = root / "dataset" / "dataset.json"
    words = json.loads(meta.read_text("utf-8"))
    words["homepage"] = "https://example.org/"
    meta.write_text(json.dumps(words), "utf-8")
    return root


def read_lines(path: Path) -> list[Record]:
    """Reads one record a line."""
    # str.splitlines would break lines at characters that JSON allows in text.
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def by_id(records: Iterable[Record]) -> dict[str, Record]:
    """Records by id, in order of id, without what only editors need."""
    found: dict[str, Record] = {}
    for record in records:
        assert record["id"] not in found, f"{record['id']} twice"
        found[record["id"]] = {key: value for key, value in record.items() if key != "$schema"}
    return dict(sorted(found.items()))


def content_hash(content: Any) -> str:
    """SHA-256 of a value, whatever the order of its keys."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def same_content(expected: dict[str, Record], found: dict[str, Record]) -> None:
    """Fails where two collections of records differ, and names the records."""
    if content_hash(expected) == content_hash(found):
        return
    ids = expected.keys() | found.keys()
    differing = sorted(one for one in ids if expected.get(one) != found.get(one))
    first = differing[0]
    raise AssertionError(
        f"{len(differing)} records differ, the first of them {first}:\n"
        f"expected {expected.get(first)}\nfound    {found.get(first)}"
    )
