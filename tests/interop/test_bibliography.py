"""Do the programs that citations are for read ours, and find in them every source?"""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from conftest import Edition
from datasets import Dataset, Record, by_id, same_content
from programs import HERE, Command, accepts, claimbook, python_program, refuses


def reader(name: str, tool: str, file: Path) -> Command:
    return [python_program(tool, "python"), HERE / "readers" / f"{name}.py", file]


def read_bibtex(file: Path) -> dict[str, Record]:
    entries: dict[str, Record] = json.loads(accepts(*reader("read_bibtex", "bibtexparser", file)))
    return entries


def rendered(file: Path) -> list[str]:
    """The items of a file in the style of APA."""
    entries: list[str] = json.loads(accepts(*reader("render_apa", "citeproc", file)))
    return entries


# What a source is in each format, worked out here anew.


def publisher(dataset: Dataset, source: Record) -> str:
    name: str = dataset["publishers"][source["publisher"]]["name"]
    return name


def container(dataset: Dataset, source: Record) -> str | None:
    periodical = source["type"].startswith("article-")
    return source.get("container") or (publisher(dataset, source) if periodical else None)


def without_none(record: Record) -> Record:
    return {key: value for key, value in record.items() if value is not None}


def csl_date(text: str | None) -> Record | None:
    if text is None or text == "XXXX":
        return None
    ends = [end for end in re.sub("[?~%]", "", text).split("/") if end != ".."]
    circa = bool(re.search("[?~%]", text))
    if unknown := re.fullmatch("([0-9]+)(X+)", ends[0]):
        digits, letters = unknown.groups()
        ends, circa = [digits + letters.replace("X", digit) for digit in "09"], True
    parts = [[int(part) for part in end.split("-") if part.isdigit()] for end in ends]
    return {"date-parts": parts, **({"circa": True} if circa else {})}


def english_title(source: Record) -> str | None:
    """The English title, where it is another."""
    english = source.get("title_en")
    return None if english == source["title"] else english


def csl_item(dataset: Dataset, source: Record) -> Record:
    english = english_title(source)
    status = source.get("status")
    return without_none(
        {
            "id": source["id"],
            "type": source["type"],
            "title": source["title"] + (f" [{english}]" if english else ""),
            "author": [
                {key: name[key] for key in ("family", "given", "literal") if key in name}
                for name in source.get("authors", [])
            ]
            or None,
            "container-title": container(dataset, source),
            "publisher": publisher(dataset, source),
            "number": source.get("number"),
            "issued": csl_date(source["issued"]),
            "accessed": csl_date(source.get("accessed")),
            "language": source["lang"],
            "URL": source.get("url", source.get("archived_url")),
            "DOI": source.get("doi"),
            "ISBN": source.get("isbn"),
            "status": None if status == "unavailable" else status,
        }
    )


def bibtex_name(name: Record) -> str:
    if "given" in name:
        return f"{name['family']}, {name['given']}"
    return "{" + str(name.get("literal", name.get("family"))) + "}"


def bibtex_entry(dataset: Dataset, source: Record) -> Record:
    """The fields that do not depend on the type of the entry."""
    issued = source["issued"]
    authors = [bibtex_name(name) for name in source.get("authors", [])]
    return without_none(
        {
            "author": authors or ["{" + publisher(dataset, source) + "}"],
            "title": source["title"],
            "titleaddon": english_title(source),
            "date": issued if issued != "XXXX" else None,
            "year": issued[:4] if issued[:4].isdigit() else None,
            "langid": source["lang"],
            "url": source.get("url", source.get("archived_url")),
            "urldate": source.get("accessed"),
            "doi": source.get("doi"),
            "isbn": source.get("isbn"),
        }
    )


CONTAINERS = ("journal", "booktitle", "series", "maintitle")


def check_bibtex(dataset: Dataset, entries: dict[str, Record]) -> None:
    expected = {id: bibtex_entry(dataset, source) for id, source in dataset["sources"].items()}
    names = {name for entry in expected.values() for name in entry}
    found = {
        key: {name: value for name, value in entry.items() if name in names}
        for key, entry in entries.items()
    }
    same_content(expected, found)
    for key, source in dataset["sources"].items():
        within = next((entries[key][name] for name in CONTAINERS if name in entries[key]), None)
        assert within == container(dataset, source), key
        number = entries[key].get("number", entries[key].get("howpublished"))
        assert number == source.get("number"), key
        if source.get("status"):
            assert source["status_note"] in entries[key]["note"], key


def test_csl_items_are_the_sources(edition: Edition) -> None:
    items = json.loads((edition.out / "sources.csl.json").read_text("utf-8"))
    sources = edition.dataset["sources"]
    assert [item["id"] for item in items] == list(sources)
    expected = {id: csl_item(edition.dataset, source) for id, source in sources.items()}
    same_content(expected, by_id(items))


def test_citeproc_renders_every_source(edition: Edition) -> None:
    entries = rendered(edition.out / "sources.csl.json")
    sources = edition.dataset["sources"]
    assert len(entries) == len(sources)
    for entry, (id, source) in zip(entries, sources.items(), strict=True):
        # Laws are titled in capitals.
        assert source["title"].lower() in entry.lower(), id
        link = source["doi"] if "doi" in source else source.get("url", source.get("archived_url"))
        # A book is found by its name.
        assert link is None or link in entry, id
        year = re.match("[0-9]{4}", source["issued"])
        assert (year[0] if year else "") in entry, id


def test_bibtex_entries_are_the_sources(edition: Edition) -> None:
    check_bibtex(edition.dataset, read_bibtex(edition.out / "sources.bib"))


# How to cite the dataset.


def cff_validators(file: Path) -> list[Command]:
    schema = "vendor.citation-file-format"
    return [
        [python_program("cffconvert"), "--validate", "--infile", file],
        [python_program("check-jsonschema"), "--builtin-schema", schema, file],
    ]


def test_the_citation_file_is_valid(edition: Edition) -> None:
    for command in cff_validators(edition.out / "CITATION.cff"):
        accepts(*command)


def test_the_citation_file_names_the_dataset(edition: Edition) -> None:
    program, file = python_program("cffconvert"), edition.out / "CITATION.cff"
    found = json.loads(accepts(program, "--infile", file, "--format", "zenodo"))
    meta = edition.dataset.meta
    assert found["title"] == meta["title"]
    assert found["description"] == meta["description"]
    assert [who["name"] for who in found["creators"]] == [
        who["name"] for who in meta["maintainers"]
    ]
    assert found["keywords"] == [topic["label"] for topic in meta["topics"].values()]


def cite(edition: Edition, form: str, *what: str) -> str:
    return claimbook("cite", "--root", edition.root, "--format", form, *what)


def some_claims(edition: Edition) -> list[str]:
    claims = edition.dataset["claims"].items()
    return [id for id, claim in claims if claim["status"] != "removed"][:40]


def test_citations_read_as_citeproc_writes_them(edition: Edition, tmp_path: Path) -> None:
    cited: list[list[str]] = [[], *([id] for id in some_claims(edition)[::8])]
    for what in cited:
        file = tmp_path / "item.json"
        file.write_text(cite(edition, "csl", *what), "utf-8")
        assert rendered(file) == [cite(edition, "text", *what).rstrip("\n")]


def test_citations_are_bibtex(edition: Edition, tmp_path: Path) -> None:
    for what in ([], some_claims(edition)[:1]):
        file = tmp_path / "entry.bib"
        file.write_text(cite(edition, "bibtex", *what), "utf-8")
        entry = next(iter(read_bibtex(file).values()))
        meta = edition.dataset.meta
        # Two hyphens are a dash to LaTeX.
        names = [who["name"].replace("--", "–") for who in meta["maintainers"]]
        assert entry["author"] == ["{" + name + "}" for name in names]
        if what:
            assert entry["title"] == edition.dataset["claims"][what[0]]["statement"]
            assert entry["booktitle"] == meta["title"]
        else:
            assert entry["title"] == meta["title"]


# The twins: what is broken must be refused or noticed.


@pytest.fixture
def out(edition: Edition, tmp_path: Path) -> Path:
    """A copy that can be spoilt."""
    copy = tmp_path / "dist"
    shutil.copytree(edition.out, copy)
    return copy


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text, f"{file.name} has no {old!r}"
    file.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [("title: ", "titel: "), ('"CC-BY-4.0"', '"CC-BY-4.1"'), ("type: dataset", "type: data")],
)
def test_a_broken_citation_file_is_refused(out: Path, old: str, new: str) -> None:
    file = out / "CITATION.cff"
    change(file, old, new)
    for command in cff_validators(file):
        refuses(*command, saying=new.split()[-1].strip(':"'))


def test_a_date_that_is_none_is_refused_by_citeproc(out: Path) -> None:
    file = out / "sources.csl.json"
    items: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))
    items[0]["issued"] = {"date-parts": [["soon"]]}
    file.write_text(json.dumps(items), "utf-8")
    refuses(*reader("render_apa", "citeproc", file), saying="bad operand")


def test_a_source_that_is_lost_from_csl_is_noticed(edition: Edition, out: Path) -> None:
    items = json.loads((out / "sources.csl.json").read_text("utf-8"))
    expected = {
        id: csl_item(edition.dataset, source) for id, source in edition.dataset["sources"].items()
    }
    lost = items.pop()["id"]
    with pytest.raises(AssertionError, match=f"the first of them {lost}"):
        same_content(expected, by_id(items))


def test_a_lost_brace_is_refused_by_bibtexparser(out: Path) -> None:
    file = out / "sources.bib"
    change(file, "}},", "},")
    refuses(*reader("read_bibtex", "bibtexparser", file), saying="line")


def test_a_changed_letter_is_noticed(edition: Edition, out: Path) -> None:
    file = out / "sources.bib"
    change(file, "langid = {", "langid = {x")
    with pytest.raises(AssertionError, match="1 records differ"):
        check_bibtex(edition.dataset, read_bibtex(file))
