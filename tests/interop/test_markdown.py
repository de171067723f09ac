"""Does text that looks like markup come through the Markdown pages as text?"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from conftest import Edition
from datasets import Dataset, read_dataset
from pages import Page, plain, render
from programs import HOSTILE

# What pages are made of, by our templates and by Markdown itself.
ELEMENTS = {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "hr", "br"),
    *("table", "thead", "tbody", "tr", "th", "td", "a", "img", "strong", "em", "code"),
    *("details", "summary", "span", "sub", "sup"),
}
ATTRIBUTES = {"href", "id", "src", "alt", "title", "align", "dir", "lang", "start", "open"}

# Of each kind of record, the texts that some page shows.
SHOWN = {
    "claims": (
        *("statement", "confidence_note", "status_note", "note"),
        *("shows", "locator", "quote", "translation"),
    ),
    "sources": ("title", "title_en", "container", "number", "status_note", "reliability_note"),
    "publishers": ("name", "note"),
    "subjects": ("name", "description"),
}


def files(out: Path) -> list[Path]:
    return sorted(out.rglob("*.md"))


@pytest.fixture(scope="module")
def pages(edition: Edition) -> dict[str, Page]:
    """Every page, rendered, by its path."""
    found = {str(path.relative_to(edition.out)): render(path) for path in files(edition.out)}
    assert found
    return found


def texts(value: Any, names: tuple[str, ...]) -> Iterator[str]:
    """The texts under these names, however deep in a record."""
    if isinstance(value, list):
        for item in value:
            yield from texts(item, names)
    elif isinstance(value, dict):
        for name, item in value.items():
            if isinstance(item, str) and name in names:
                yield item
            elif not name.startswith("x_"):
                yield from texts(item, names)


def missing(pages: dict[str, Page], wanted: list[str]) -> list[str]:
    """The texts that no page shows."""
    shown = "\n".join(plain(page.text) for page in pages.values())
    return [text for text in wanted if plain(text) not in shown]


def addresses(dataset: Dataset) -> set[str]:
    """Every address that a page may lead to."""
    meta = dataset.meta
    found = {meta.get("homepage"), meta.get("repository"), meta["base_iri"]}
    found |= {maintainer.get("url") for maintainer in meta["maintainers"]}
    for source in dataset["sources"].values():
        found |= {source.get("url"), source.get("archived_url")}
        found.add(f"https://doi.org/{source.get('doi')}")
    for subject in dataset["subjects"].values():
        found |= set(subject.get("same_as", []))
    return {unquote(address) for address in found if address}


def strange(page: Page, known: set[str]) -> list[str]:
    """What is in a page that neither our templates nor the dataset's addresses put there."""
    found = []
    for tag, attributes in page.elements:
        if tag not in ELEMENTS:
            found.append(f"<{tag}>")
        found += [f"<{tag} {name}>" for name in attributes if name not in ATTRIBUTES]
        for target in (attributes.get("href"), attributes.get("src")):
            # A path with a colon in its first part would be an address too.
            inside = target is None or (":" not in target.split("#")[0] and "//" not in target)
            if not inside and unquote(target or "") not in known:
                found.append(f"{tag} to {target}")
    return found + [f"<!--{comment}-->" for comment in page.comments if comment.strip()]


@pytest.mark.parametrize("kind", SHOWN)
def test_text_comes_through(edition: Edition, pages: dict[str, Page], kind: str) -> None:
    wanted = list(texts(list(edition.dataset[kind].values()), SHOWN[kind]))
    assert wanted
    assert missing(pages, wanted) == []


def test_what_the_dataset_is_comes_through(edition: Edition, pages: dict[str, Page]) -> None:
    meta = edition.dataset.meta
    labels = [topic["label"] for topic in meta["topics"].values()]
    assert missing(pages, [meta["title"], meta["description"], *labels]) == []


def test_text_makes_no_elements_and_no_links(edition: Edition, pages: dict[str, Page]) -> None:
    known = addresses(edition.dataset)
    found = {path: strange(page, known) for path, page in pages.items()}
    assert {path: what for path, what in found.items() if what} == {}


def test_pages_lead_to_places_that_are_there(edition: Edition, pages: dict[str, Page]) -> None:
    """GitHub makes anchors of headings; ours are elements with an id."""
    for path, page in pages.items():
        for tag, attributes in page.elements:
            target = attributes.get("href") or attributes.get("src") or ""
            if ":" in target.split("#")[0] or not target:
                continue
            file, _, anchor = unquote(target).partition("#")
            whole = (edition.out / path).parent / file if file else edition.out / path
            assert whole.exists(), f"{path}: {tag} to {target}"
            if anchor:
                other = pages[str(whole.resolve().relative_to(edition.out.resolve()))]
                ids = {attrs.get("id") for _, attrs in other.elements}
                assert anchor in ids, f"{path}: {tag} to {target}"


# The twins: the same text, not escaped, and text that no page has.


def test_markup_in_text_is_noticed(tmp_path: Path) -> None:
    hostile = read_dataset(HOSTILE)
    statements = list(texts(list(hostile["claims"].values()), ("statement",)))
    path = tmp_path / "careless.md"
    rows = ["| Claim |", "|---|", *(f"| {statement} |" for statement in statements)]
    path.write_text("\n".join(rows) + "\n", "utf-8")
    page = render(path)
    lost = missing({path.name: page}, statements)
    assert len(lost) >= 10, lost
    found = strange(page, addresses(hostile))
    for trap in ("<script>", "<img onerror>", "a to javascript:", "a to mailto:", "<!-- no"):
        assert any(what.startswith(trap) for what in found), (trap, found)


def test_lost_text_is_noticed(pages: dict[str, Page]) -> None:
    assert missing(pages, ["A sentence that no record has."]) != []
