"""Does the published JSON hold the dataset to the letter, in both its forms?"""

import hashlib
import json

import pytest

from conftest import Edition
from datasets import KINDS, Record, by_id, content_hash, read_lines, same_content


def published(edition: Edition) -> Record:
    bundle: Record = json.loads(edition.bundle.read_text("utf-8"))
    return bundle


def written(records: list[Record]) -> dict[str, Record]:
    """Published records as people wrote them, without what was worked out."""
    found = by_id(records)
    return {id: {k: v for k, v in one.items() if k != "computed"} for id, one in found.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_the_bundle_holds_the_dataset(edition: Edition, kind: str) -> None:
    bundle = published(edition)
    same_content(edition.dataset[kind], written(bundle[kind]))
    assert bundle["counts"][kind] == len(bundle[kind]) == len(edition.dataset[kind])
    assert [record["id"] for record in bundle[kind]] == list(edition.dataset[kind])


def test_lines_are_the_claims_of_the_bundle(edition: Edition) -> None:
    lines = read_lines(edition.out / "claims.jsonl")
    assert content_hash(lines) == content_hash(published(edition)["claims"])


def test_the_bundle_says_what_the_dataset_is(edition: Edition) -> None:
    bundle, meta = published(edition), edition.dataset.meta
    for name in ("name", "title", "description", "language", "license", "base_iri", "maintainers"):
        assert bundle[name] == meta[name]
    for words in ("topics", "units"):
        terms = {term.pop("id"): term for term in bundle[words]}
        assert list(terms.items()) == list(meta[words].items())
    assert bundle["revision"] is None


def test_sources_know_who_cites_them(edition: Edition) -> None:
    for source in published(edition)["sources"]:
        citing = [
            claim["id"]
            for claim in edition.dataset["claims"].values()
            if any(citation["source"] == source["id"] for citation in claim.get("citations", []))
        ]
        assert source["computed"]["cited_by"] == citing, source["id"]


def assertion_hash(claim: Record) -> str:
    """The hash that the schema of claims.jsonl describes."""
    asserted: Record = {
        name: claim[name]
        for name in ("date", "kind", "likelihood", "statement", "subjects", "topics")
        if name in claim
    }
    if quantity := claim.get("quantity"):
        parts = ("amount", "lower", "unit", "upper")
        asserted["quantity"] = {part: quantity[part] for part in parts if part in quantity}
    # For text in objects with plain keys, this is the canonical form of RFC 8785.
    text = json.dumps(asserted, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def test_assertion_hashes_can_be_computed_by_others(edition: Edition) -> None:
    for claim in published(edition)["claims"]:
        expected = None if claim["status"] == "removed" else assertion_hash(claim)
        assert claim["computed"].get("assertion_hash") == expected, claim["id"]


def test_a_changed_record_is_noticed(edition: Edition) -> None:
    claims = written(published(edition)["claims"])
    changed = next(iter(claims))
    claims[changed] = {**claims[changed], "status_note": "Changed."}
    with pytest.raises(AssertionError, match=f"the first of them {changed}"):
        same_content(edition.dataset["claims"], claims)
    del claims[changed]
    with pytest.raises(AssertionError, match=f"the first of them {changed}"):
        same_content(edition.dataset["claims"], claims)
