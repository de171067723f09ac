"""Is what `claimbook init` writes for GitHub and editors sound, whatever the dataset is called?"""

import json
import re
from pathlib import Path

import pytest

from programs import accepts, claimbook, python_program, refuses
from test_workflows import ACTIONLINT, SCHEMA, ZIZMOR

CHECK_JSONSCHEMA = python_program("check-jsonschema")
FORMS = (CHECK_JSONSCHEMA, "--builtin-schema", "vendor.github-issue-forms")
CONFIG = (CHECK_JSONSCHEMA, "--builtin-schema", "vendor.github-issue-config")


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new dataset whose words are hard to put into YAML and JSON."""
    root = tmp_path_factory.mktemp("started") / "new"
    words = ("--title", "Ports: \"big\" & small #1 {{ x }} 'y'", "--topic", "yes=No: ${{ x }}")
    claimbook("init", root, "--no-git", *words, "--license", "CC0-1.0 OR MIT")
    return root


ACTION = f"someone/claimbook@{'0a1b2c3d' * 5}"


NAMES = ("claims", "claims-comment", "weekly")


@pytest.fixture(params=["built", "downloaded"])
def workflows(request: pytest.FixtureRequest, started: Path, tmp_path: Path) -> Path:
    """The workflows that build the program, and those that use the action."""
    if request.param == "built":
        return started / ".github" / "workflows"
    claimbook("init", tmp_path / "new", "--no-git", "--action", ACTION)
    return tmp_path / "new" / ".github" / "workflows"


@pytest.fixture(params=NAMES)
def workflow(request: pytest.FixtureRequest, workflows: Path) -> Path:
    """Each of them."""
    return workflows / f"{request.param}.yml"


def test_its_workflows_are_sound(workflows: Path) -> None:
    assert {path.stem for path in workflows.iterdir()} == set(NAMES)
    accepts(*ACTIONLINT, "*.yml", cwd=workflows)
    accepts(*ZIZMOR, workflows)
    accepts(*SCHEMA, *sorted(workflows.glob("*.yml")))


def test_a_step_that_is_not_there_is_noticed(workflow: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yml"
    wrong.write_text(re.sub(r"steps\.(\w+)\.", r"steps.\1x.", workflow.read_text("utf-8")))
    refuses(*ACTIONLINT, wrong.name, cwd=tmp_path, saying='x"')


def test_an_action_that_may_change_is_noticed(workflow: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yml"
    wrong.write_text(re.sub(r"@[0-9a-f]{40} # (v\S+)", r"@\1", workflow.read_text("utf-8")))
    refuses(*ZIZMOR, wrong, saying="unpinned-uses")


def test_its_issue_forms_are_sound(started: Path) -> None:
    folder = started / ".github" / "ISSUE_TEMPLATE"
    accepts(*FORMS, *(folder / f"{name}.yml" for name in ("claim", "correction", "source")))
    accepts(*CONFIG, folder / "config.yml")


def test_a_field_without_a_label_is_noticed(started: Path, tmp_path: Path) -> None:
    form = (started / ".github" / "ISSUE_TEMPLATE" / "claim.yml").read_text("utf-8")
    wrong = tmp_path / "claim.yml"
    wrong.write_text(form.replace("label: Date", "name: Date"), "utf-8")
    refuses(*FORMS, wrong, saying="claim.yml")


def test_editors_find_a_schema_for_every_record(started: Path) -> None:
    settings = json.loads((started / ".vscode" / "settings.json").read_text("utf-8"))
    found = set()
    for entry in settings["json.schemas"]:
        schema = started / entry["url"]
        records = [path for match in entry["fileMatch"] for path in started.glob(match.lstrip("/"))]
        if records:
            accepts(CHECK_JSONSCHEMA, "--schemafile", schema, *records)
        found.update(records)
    assert found == set(started.glob("dataset/**/*.json"))
    for record in found:
        named = json.loads(record.read_text("utf-8"))["$schema"]
        assert (record.parent / named).is_file()
