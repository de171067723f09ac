"""Do feed readers take our feeds, and find in them every claim that changed?"""

import html
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from datasets import Dataset, Record, read_dataset
from programs import HERE, HOSTILE, ROOT, Command, accepts, claimbook, python_program, refuses

# After every day that the datasets name.
GIT = {
    **{f"GIT_{who}_NAME": "A Tester" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "tester@example.org" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_DATE": "2030-01-02T03:04:05+0100" for who in ("AUTHOR", "COMMITTER")},
    "GIT_CONFIG_GLOBAL": os.devnull,
}
DATE = "2030-01-02T02:04:05Z"


@dataclass(frozen=True)
class Published:
    """The feeds of a dataset to which claims were added, and one of whose claims was changed."""

    dataset: Dataset
    out: Path
    added: list[str]
    changed: str


def git(*args: str | Path, repository: Path) -> str:
    return accepts("git", *args, cwd=repository, env=GIT).strip()


def commit(repository: Path, message: str) -> str:
    git("add", "--all", repository=repository)
    git("commit", "--quiet", "--message", message, repository=repository)
    return git("rev-parse", "HEAD", repository=repository)


def claim_files(root: Path) -> dict[str, Path]:
    return {path.stem: path for path in sorted((root / "dataset" / "claims").rglob("*.json"))}


@pytest.fixture(scope="module", params=[ROOT, HOSTILE], ids=["own", "hostile"])
def published(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Published:
    root = tmp_path_factory.mktemp("repository")
    shutil.copytree(request.param / "dataset", root / "dataset")
    dataset = read_dataset(root)
    git("init", "--quiet", repository=root)
    files = claim_files(root)
    ids = [id for id in files if dataset["claims"][id].get("quantity")]
    changed, added = ids[0], ids[1:3]
    texts = {id: files[id].read_text("utf-8") for id in (changed, *added)}
    record: Record = json.loads(texts[changed])
    record["quantity"]["amount"] = "1"
    files[changed].write_text(json.dumps(record, ensure_ascii=False, indent=2), "utf-8")
    for id in added:
        files[id].unlink()
    commit(root, "Before")
    git("tag", f"{tag_prefix(dataset)}1.0.0", repository=root)
    for id, text in texts.items():
        files[id].write_text(text, "utf-8")
    commit(root, "After")
    git("tag", f"{tag_prefix(dataset)}1.1.0", repository=root)
    out = root / "dist"
    names = [f"{tag_prefix(dataset)}{version}" for version in ("1.1.0", "1.0.0")]
    claimbook(
        *("publish", "--root", root, "--out", out, "--format", "all"),
        *("--at", names[0], "--base", names[1]),
    )
    return Published(dataset, out, added, changed)


def tag_prefix(dataset: Dataset) -> str:
    return str(dataset.meta.get("release", {}).get("tag_prefix", "v"))


def feedparser(file: Path) -> Command:
    script = HERE / "readers" / "read_feed.py"
    return [python_program("feedparser", "python"), script, file]


def feedsmith(file: Path) -> Command:
    return ["node", HERE / "feeds.mjs", file]


def expected_ids(published: Published) -> set[str]:
    base = published.dataset.meta["base_iri"]
    claims = [f"#{id}" for id in (published.changed, *published.added)]
    return {f"{base}changes/1.1.0{claim}" for claim in ("", *claims)}


def check_entries(published: Published, entries: list[dict[str, Any]]) -> None:
    assert {entry["id"] for entry in entries} == expected_ids(published)
    assert len(entries) == len(expected_ids(published))
    meta = published.dataset.meta
    for entry in entries:
        _, _, id = entry["id"].partition("#")
        assert entry["date"] == DATE
        if not id:
            assert entry["title"] == f"{meta['title']} 1.1.0: what changed since 1.0.0"
            continue
        claim = published.dataset["claims"][id]
        assert entry["title"] == claim["statement"]
        assert entry["url"] == f"{meta['base_iri']}claim/{id}"
        labels = {meta["topics"][topic]["label"] for topic in claim["topics"]}
        assert set(entry["tags"]) == labels
        assert entry["lines"], id


def atom_entries(published: Published) -> list[dict[str, Any]]:
    found = json.loads(accepts(*feedparser(published.out / "atom.xml")))
    assert found["title"] == f"{published.dataset.meta['title']}: changes"
    for entry in found["entries"]:
        # What stands in a list is HTML.
        entry["lines"] = [html.unescape(line) for line in entry["lines"]]
    entries: list[dict[str, Any]] = found["entries"]
    return entries


def json_entries(feed: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "id": item["id"],
            "title": item["title"],
            "url": item["url"],
            "date": item["date_published"],
            "tags": item.get("tags", []),
            "lines": item["content_text"].split("\n"),
        }
        for item in feed["items"]
    ]


def test_feedparser_finds_what_changed(published: Published) -> None:
    check_entries(published, atom_entries(published))


def test_feedsmith_finds_what_changed(published: Published) -> None:
    atom = json.loads(accepts(*feedsmith(published.out / "atom.xml")))
    assert {entry["id"] for entry in atom["entries"]} == expected_ids(published)
    feed = json.loads(accepts(*feedsmith(published.out / "feed.json")))
    assert feed["title"] == f"{published.dataset.meta['title']}: changes"
    check_entries(published, json_entries(feed))


def test_both_feeds_tell_the_same(published: Published) -> None:
    feed = json.loads((published.out / "feed.json").read_text("utf-8"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert json_entries(feed) == atom_entries(published)


def test_the_atom_feed_is_xml(published: Published) -> None:
    accepts("xmllint", "--noout", published.out / "atom.xml")


# The twins: what is broken must be refused or noticed.


def spoilt(file: Path, folder: Path, old: str, new: str) -> Path:
    text = file.read_text("utf-8")
    assert old in text
    copy = folder / file.name
    copy.write_text(text.replace(old, new, 1), "utf-8")
    return copy


def test_a_raw_ampersand_is_refused(published: Published, tmp_path: Path) -> None:
    file = spoilt(published.out / "atom.xml", tmp_path, ": changes</title>", ": R&D</title>")
    refuses(*feedparser(file), saying="SAXParseException")
    refuses("xmllint", "--noout", file, saying="EntityRef")


def test_another_format_is_refused(published: Published, tmp_path: Path) -> None:
    file = spoilt(published.out / "atom.xml", tmp_path, "<feed ", "<food ")
    refuses(*feedsmith(file), saying="Invalid feed format")
    file = spoilt(published.out / "feed.json", tmp_path, "jsonfeed.org/version", "example.org")
    refuses(*feedsmith(file), saying="Invalid feed format")


def test_a_lost_entry_is_noticed(published: Published) -> None:
    entries = atom_entries(published)[:-1]
    with pytest.raises(AssertionError):
        check_entries(published, entries)
