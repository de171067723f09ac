"""Is our JSON-LD what schema.org says, and do programs that read graphs find in it every claim and
every citation?"""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from conftest import Edition
from datasets import Dataset, Record, same_content
from programs import HERE, TOOLS, Command, accepts, npm_program, python_program, run


def graph_file(edition: Edition) -> Path:
    return edition.out / f"{edition.dataset.meta['name']}.jsonld"


def read_graph(edition: Edition) -> list[Record]:
    document = json.loads(graph_file(edition).read_text("utf-8"))
    assert document["@context"] == "https://schema.org"
    nodes: list[Record] = document["@graph"]
    return nodes


# schema-dts: the types of schema.org for TypeScript.


def shape(value: Any) -> Any:
    """What a value is made of, without what it says."""
    if isinstance(value, list):
        return sorted({json.dumps(shape(item)) for item in value})
    if isinstance(value, dict):
        return {key: item if key == "@type" else shape(item) for key, item in sorted(value.items())}
    return type(value).__name__


def one_of_each(nodes: list[Record]) -> list[Record]:
    """A node of every shape: the compiler takes long for thousands that are alike."""
    return list({json.dumps(shape(node)): node for node in nodes}.values())


def typecheck(nodes: list[Record], folder: Path) -> Command:
    """The command that holds nodes against the types of schema.org."""
    (folder / "node_modules").symlink_to(TOOLS / "npm" / "node_modules")
    (folder / "package.json").write_text('{"type": "module"}')
    lines = ['import type { Thing, WithContext } from "schema-dts";']
    for number, node in enumerate(nodes):
        kind = "WithContext<Thing>" if number == 0 else "Thing"
        node = {"@context": "https://schema.org", **node} if number == 0 else node
        text = json.dumps(node, ensure_ascii=False)
        lines.append(f"export const node{number}: {kind} = {text};")
    (folder / "graph.ts").write_text("\n".join(lines), "utf-8")
    options = ["--strict", "--noEmit", "--module", "nodenext", "--target", "es2022"]
    return [npm_program("tsc"), *options, folder / "graph.ts"]


def test_every_node_is_what_schema_org_says(edition: Edition, tmp_path: Path) -> None:
    accepts(*typecheck(one_of_each(read_graph(edition)), tmp_path))


def test_misspelt_nodes_are_refused(edition: Edition, tmp_path: Path) -> None:
    nodes = one_of_each(read_graph(edition))
    claim = next(node for node in nodes if node["@type"] == "Claim")
    misspelt = [
        {**claim, "creativeWorkStatos": "active"},
        {**claim, "creativeWorkStatus": 1},
        {**claim, "@type": "Cliam"},
    ]
    done = run(*typecheck([nodes[0], *misspelt], tmp_path))
    assert "'\"creativeWorkStatos\"' does not exist" in done.stdout
    for line in (3, 4, 5):
        assert f"graph.ts({line}," in done.stdout, done.stdout
    assert "graph.ts(2," not in done.stdout, done.stdout


# rdflib


def as_table(rows: list[list[Any]]) -> dict[str, Record]:
    """Rows that can be compared, whatever their order."""
    texts = sorted(json.dumps(row) for row in rows)
    assert len(texts) == len(set(texts))
    return {hashlib.sha256(text.encode()).hexdigest(): {"row": text} for text in texts}


def check_graph(dataset: Dataset, file: Path) -> None:
    script = HERE / "readers" / "read_jsonld.py"
    found = json.loads(accepts(python_program("rdflib", "python"), script, file))
    expected = [
        [claim["id"], claim.get("statement"), claim["status"], claim.get("date")]
        for claim in dataset["claims"].values()
    ]
    same_content(as_table(expected), as_table(found["claims"]))
    keys = ("source", "stance", "directness", "shows", "locator", "quote")
    expected = [
        [claim["id"], *(citation.get(key) for key in keys)]
        for claim in dataset["claims"].values()
        for citation in claim.get("citations", [])
    ]
    same_content(as_table(expected), as_table(found["citations"]))
    expected = [
        [source["id"], source["title"], source["publisher"]]
        for source in dataset["sources"].values()
    ]
    same_content(as_table(expected), as_table(found["sources"]))


def test_rdflib_finds_every_claim_and_citation(edition: Edition) -> None:
    check_graph(edition.dataset, graph_file(edition))


@pytest.mark.parametrize(
    ("old", "new"),
    [('"roleName": "supports"', '"roleName": "support"'), ('"citation": {', '"citations": {')],
)
def test_a_changed_citation_is_noticed(
    edition: Edition, tmp_path: Path, old: str, new: str
) -> None:
    text = graph_file(edition).read_text("utf-8")
    assert old in text
    file = tmp_path / "graph.jsonld"
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(AssertionError, match="records differ"):
        check_graph(edition.dataset, file)


def test_the_dataset_names_its_files(edition: Edition) -> None:
    dataset = read_graph(edition)[0]
    assert dataset["@type"] == "Dataset"
    for file in dataset["distribution"]:
        content = (edition.out / file["contentUrl"]).read_bytes()
        assert file["sha256"] == hashlib.sha256(content).hexdigest()
        assert file["contentSize"] == f"{len(content)} B"
    names = {file["contentUrl"] for file in dataset["distribution"]}
    assert {"claims.csv", "claims.jsonl", edition.bundle.name} <= names
