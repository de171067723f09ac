"""Does text that looks like markup come through a diff in Markdown as text?

The same questions are put to the pages in test_markdown.py; the twins there show that these
readers notice markup in text.
"""

import json
import shutil
from pathlib import Path

import pytest

from datasets import read_dataset
from pages import Page, plain, render
from programs import HOSTILE, accepts, claimbook
from test_markdown import ELEMENTS, missing, strange

# Git's name of the folder with nothing in it.
NOTHING = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the hostile dataset, committed."""
    root = tmp_path_factory.mktemp("hostile")
    shutil.copytree(HOSTILE / "dataset", root / "dataset")
    who = ("-c", "user.name=A Tester", "-c", "user.email=tester@example.org")
    for command in ("init -q", "add -A", "commit -q -m All"):
        accepts("git", *who, *command.split(), cwd=root)
    return root


def page(root: Path, path: Path, *args: str) -> Page:
    path.write_text(claimbook("diff", *args, "--format", "markdown", "--root", root), "utf-8")
    return render(path)


def unknown(page: Page) -> list[str]:
    """What is in a page that the template did not put there."""
    marks = ("<del>", "<ins>")
    return [what for what in strange(page, set()) if what not in marks]


def test_new_claims_come_through(root: Path, tmp_path: Path) -> None:
    shown = page(root, tmp_path / "new.md", NOTHING, "HEAD")
    claims = read_dataset(root)["claims"].values()
    statements = [claim["statement"] for claim in claims if "statement" in claim]
    assert statements
    assert missing({"new": shown}, statements) == []
    assert missing({"new": shown}, ["A sentence that no record has."]) != []
    assert unknown(shown) == []


def test_changed_words_come_through(root: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed"
    shutil.copytree(root, changed)
    words = []
    for path in sorted((changed / "dataset" / "claims").rglob("*.json")):
        claim = json.loads(path.read_text("utf-8"))
        if "statement" in claim:
            # Every second word gives way to one that looks like markup.
            parts = claim["statement"].split(" ")
            parts[::2] = [f"<b>{number}</b>" for number in range(len(parts[::2]))]
            claim["statement"] = " ".join(parts)
            words += parts[1::2]
        path.write_text(json.dumps(claim), "utf-8")
    shown = page(changed, tmp_path / "changed.md")
    assert words
    assert [word for word in words if plain(word) not in plain(shown.text)] == []
    assert "<b>0</b>" in shown.text
    assert {tag for tag, _ in shown.elements} >= {"del", "ins"}
    assert "b" not in ELEMENTS
    assert unknown(shown) == []
