"""Four validators behind one question: which of these files do you refuse as records of a kind?"""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from programs import HERE, ROOT, SCHEMA, accepts, claimbook, npm_program, python_program, run

Validator = Callable[[str, list[Path]], set[Path]]

# What claimbook says of one record without looking at any other.
READING = {"syntax", "encoding", "duplicate-key", "too-large", "schema", "invisible-text"}


def schema(kind: str) -> Path:
    return SCHEMA / f"{kind}.schema.json"


def check_jsonschema(kind: str, files: list[Path]) -> set[Path]:
    program = python_program("check-jsonschema")
    done = run(program, "--output-format", "json", "--schemafile", schema(kind), *files)
    report = json.loads(done.stdout)
    assert not report.get("parse_errors"), report
    return {Path(error["filename"]) for error in report["errors"]}


def sourcemeta(kind: str, files: list[Path]) -> set[Path]:
    program = npm_program("jsonschema")
    done = run(program, "validate", "--format-assertion", "--continue", schema(kind), *files)
    printed = done.stdout + done.stderr
    refused = {ROOT / path for path in re.findall("^fail: (.+)$", printed, re.MULTILINE)}
    count = f"{len(files)} validated, {len(files) - len(refused)} passed, {len(refused)} failed"
    assert count in printed, printed
    return refused


def ajv(kind: str, files: list[Path]) -> set[Path]:
    printed = accepts("node", HERE / "ajv.mjs", schema(kind), *files)
    return {Path(path) for path in json.loads(printed)}


def ours(kind: str, files: list[Path]) -> set[Path]:
    refused = set()
    with TemporaryDirectory() as folder:
        for root, placed in _repositories(kind, files, Path(folder)):
            report = json.loads(claimbook("check", "--format", "json", cwd=root, may_find=True))
            for finding in report["findings"]:
                if finding["rule"] in READING and finding["path"] in placed:
                    refused.add(placed[finding["path"]])
    return refused


def _repositories(
    kind: str, files: list[Path], folder: Path
) -> Iterator[tuple[Path, dict[str, Path]]]:
    """Repositories that hold the files, and which file stands where. Of some kinds a repository
    has one record only."""
    meta = HERE / "records" / "good" / "dataset" / "least-it-can-have.json"
    batches = [[path] for path in files] if kind in ("dataset", "waivers") else [files]
    for number, batch in enumerate(batches):
        root = folder / str(number)
        placed = {f"dataset/{_place(kind, path)}": path for path in batch}
        for target, source in {"dataset/dataset.json": meta, **placed}.items():
            (root / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, root / target)
        yield root, placed


def _place(kind: str, path: Path) -> str:
    if kind in ("dataset", "waivers"):
        return f"{kind}.json"
    return f"{kind}s/{path.parts[-3]}/{path.name}"


VALIDATORS: dict[str, Validator] = {
    "claimbook": ours,
    "check-jsonschema": check_jsonschema,
    "sourcemeta": sourcemeta,
    "ajv": ajv,
}
