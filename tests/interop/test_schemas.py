"""Are our schemas schemas, in the eyes of others?"""

import json
from pathlib import Path
from typing import Any

import pytest

from programs import HERE, SCHEMA, accepts, npm_program, python_program, refuses, run

CHECK_JSONSCHEMA = python_program("check-jsonschema")
SOURCEMETA = npm_program("jsonschema")

SCHEMAS = sorted(SCHEMA.glob("*.schema.json"))
# Rules of the linter that are wrong for us, each with the reason.
EXCLUDED: dict[str, str] = json.loads((HERE / "lint-exclusions.json").read_text("utf-8"))


def spoilt(folder: Path, **changes: Any) -> Path:
    """The schema of subjects, changed in its description of `name`."""
    schema = json.loads((SCHEMA / "subject.schema.json").read_text("utf-8"))
    schema["properties"]["name"].update(changes)
    path = folder / "spoilt.schema.json"
    path.write_text(json.dumps(schema), "utf-8")
    return path


def test_check_jsonschema_takes_the_schemas() -> None:
    accepts(CHECK_JSONSCHEMA, "--check-metaschema", *SCHEMAS)


def test_check_jsonschema_refuses_a_wrong_type(tmp_path: Path) -> None:
    wrong = spoilt(tmp_path, type="strnig")
    refuses(CHECK_JSONSCHEMA, "--check-metaschema", wrong, saying="'strnig'")


def test_sourcemeta_takes_the_schemas() -> None:
    accepts(SOURCEMETA, "metaschema", *SCHEMAS)


def test_sourcemeta_refuses_a_wrong_type(tmp_path: Path) -> None:
    wrong = spoilt(tmp_path, type="strnig")
    refuses(SOURCEMETA, "metaschema", wrong, saying="/properties/name/type")


def excluding(rules: list[str]) -> list[str]:
    return [word for rule in rules for word in ("--exclude", rule)]


def test_lint_finds_nothing() -> None:
    accepts(SOURCEMETA, "lint", *excluding(list(EXCLUDED)), *SCHEMAS)


def test_lint_finds_a_value_listed_twice(tmp_path: Path) -> None:
    wrong = spoilt(tmp_path, enum=["a", "b", "a"])
    refuses(SOURCEMETA, "lint", *excluding(list(EXCLUDED)), wrong, saying="duplicate_enum_values")


@pytest.mark.parametrize("rule", EXCLUDED)
def test_an_excluded_rule_would_speak(rule: str) -> None:
    others = [other for other in EXCLUDED if other != rule]
    found = run(SOURCEMETA, "lint", *excluding(others), *SCHEMAS)
    printed = found.stdout + found.stderr
    assert f"({rule})" in printed, f"{rule} finds nothing: take it off lint-exclusions.json"
