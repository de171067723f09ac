"""Does what claimbook prints and publishes have the shape that its schema says?

A new kind of output is one more line in `OUTPUTS`.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from conftest import Edition
from datasets import changed_copy, read_lines
from programs import SCHEMA, Command, accepts, claimbook, python_program, refuses

CHECK_JSONSCHEMA = python_program("check-jsonschema")


CHECK = ("check", "--format", "json")


@dataclass(frozen=True)
class Output:
    """A kind of output: its schema, what makes it, and the pointer of a part inside it."""

    schema: str
    make: Callable[[Edition], list[Any]]
    inside: str


def printed(*args: str, broken: bool = False) -> Callable[[Edition], list[Any]]:
    """What a command prints about a dataset, or about one with records that are broken."""

    def make(edition: Edition) -> list[Any]:
        root = broken_copy(edition) if broken else edition.root
        return [json.loads(claimbook(*args, "--root", root, may_find=True))]

    return make


def bundle(edition: Edition) -> list[Any]:
    return [json.loads(edition.bundle.read_text("utf-8"))]


def claim_lines(edition: Edition) -> list[Any]:
    return list(read_lines(edition.out / "claims.jsonl"))


def compared(form: str) -> Callable[[Edition], list[Any]]:
    """What is said of a dataset of which something changed since the last commit."""

    def make(edition: Edition) -> list[Any]:
        root = changed_copy(edition)
        return [json.loads(claimbook("diff", "--format", form, "--root", root))]

    return make


def based(edition: Edition) -> list[Any]:
    """What a check says of a change, with what was there before and without it."""
    root = changed_copy(edition)
    args = ("--base", "HEAD", "--root", root)
    return [json.loads(claimbook(*CHECK, *args, *more, may_find=True)) for more in ((), ("--all",))]


def lives(command: str) -> Callable[[Edition], list[Any]]:
    """What `log` or `blame` prints of some records of each kind."""

    def make(edition: Edition) -> list[Any]:
        root = changed_copy(edition)
        shown = []
        for kind in ("claims", "sources", "publishers", "subjects"):
            paths = sorted((root / "dataset" / kind).rglob("*.json"))[5::40]
            for path in paths:
                said = claimbook(command, path.stem, "--format", "json", "--root", root)
                shown.append(json.loads(said))
        return shown

    return make


def every_kind(edition: Edition) -> list[Any]:
    """What `show` prints of some records of each kind."""
    shown = []
    for kind in ("claims", "sources", "publishers", "subjects"):
        ids = claimbook("list", kind, "--format", "ids", "--root", edition.root).split()
        for name in ids[:: len(ids) // 2 + 1]:
            shown += printed("show", name, "--format", "json")(edition)
    return shown


def every_list(edition: Edition) -> list[Any]:
    kinds = ("claims", "sources", "publishers", "subjects", "topics")
    return [printed("list", kind, "--format", "json")(edition)[0] for kind in kinds]


OUTPUTS = {
    "bundle": Output("bundle", bundle, "/counts"),
    "claims.jsonl": Output("claims-line", claim_lines, "/computed"),
    "check": Output("check", printed(*CHECK), "/summary/records"),
    "check of a change": Output("check", based, "/summary/base"),
    "diff": Output("diff", compared("json"), "/changes/0"),
    "changes": Output("changes", compared("changes"), "/from"),
    "log": Output("log", lives("log"), "/events/0"),
    "blame": Output("blame", lives("blame"), "/fields/0"),
    "check of errors": Output("check", printed(*CHECK, broken=True), "/findings/0"),
    "list": Output("list", every_list, ""),
    "show": Output("show", every_kind, "/evidence"),
    "stats": Output("stats", printed("stats", "--format", "json"), "/coverage"),
    "explain": Output("explain", printed("explain", "--format", "json"), "/rules/0"),
}


def broken_copy(edition: Edition) -> Path:
    """A dataset with mistakes of several kinds, beside the published one."""
    root = edition.out.parent / "broken"
    subjects = root / "dataset" / "subjects"
    subjects.mkdir(parents=True, exist_ok=True)
    meta = (edition.root / "dataset" / "dataset.json").read_bytes()
    (root / "dataset" / "dataset.json").write_bytes(meta)
    (subjects / "misspelt.json").write_text('{"id": "misspelt", "nmae": "<b>\\n"}')
    (subjects / "torn.json").write_text('{"id": ')
    (subjects / "twice.json").write_text('{"id": "a", "id": "twice"}')
    (subjects / "latin-1.json").write_bytes(b'{"id": "latin-1", "name": "\xe9"}')
    return root


@pytest.fixture(params=OUTPUTS, ids=lambda name: name.replace(" ", "-"))
def output(request: pytest.FixtureRequest) -> Output:
    return OUTPUTS[request.param]


def validate(output: Output, documents: list[Any], folder: Path) -> Command:
    """The command that validates documents, each in a file of its own."""
    schema = SCHEMA / f"{output.schema}.schema.json"
    files = []
    for number, document in enumerate(documents):
        files.append(folder / f"{number}.json")
        files[-1].write_text(json.dumps(document), "utf-8")
    return [CHECK_JSONSCHEMA, "--schemafile", schema, *files]


def part(document: Any, pointer: str) -> Any:
    for token in pointer.split("/")[1:]:
        document = document[int(token) if isinstance(document, list) else token]
    return document


def test_outputs_fit_their_schema(edition: Edition, output: Output, tmp_path: Path) -> None:
    documents = output.make(edition)
    assert documents
    accepts(*validate(output, documents, tmp_path))


def test_an_unknown_key_is_refused(edition: Edition, output: Output, tmp_path: Path) -> None:
    document = output.make(edition)[0]
    part(document, output.inside)["surprise"] = 1
    refuses(*validate(output, [document], tmp_path), saying="'surprise'")


def test_a_missing_key_is_refused(edition: Edition, output: Output, tmp_path: Path) -> None:
    document = output.make(edition)[0]
    inside = part(document, output.inside)
    key = next(iter(inside))
    del inside[key]
    refuses(*validate(output, [document], tmp_path), saying=f"'{key}' is a required property")
