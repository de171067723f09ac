"""Reads a JSON-LD file with rdflib: read_jsonld.py FILE

Prints the claims, the citations and the sources of the graph as JSON. The context of schema.org,
which is on the web, is replaced by its vocabulary.
"""

import json
import sys
from pathlib import Path

import rdflib
from rdflib.namespace import RDF
from rdflib.term import Node

SCHEMA = rdflib.Namespace("https://schema.org/")

document = json.loads(Path(sys.argv[1]).read_text("utf-8"))
assert document["@context"] == "https://schema.org", document["@context"]
document["@context"] = {"@vocab": str(SCHEMA)}
graph = rdflib.Graph()
graph.parse(data=json.dumps(document), format="json-ld")


def value(node: Node, name: str) -> str | None:
    found = graph.value(node, SCHEMA[name], any=False)
    return None if found is None else str(found)


def name_of(node: Node) -> str | None:
    """The id of a work, which may have identifiers of other kinds too."""
    for name in graph.objects(node, SCHEMA.identifier):
        if value(name, "propertyID") == "id":
            return value(name, "value")
    return None


def citation(claim: Node, role: Node) -> list[str | None]:
    cited = graph.value(role, SCHEMA.citation, any=False)
    # A whole work has an id, a place in one has not.
    whole = cited if name_of(cited) else graph.value(cited, SCHEMA.isPartOf, any=False)
    place = [None, None] if whole == cited else [value(cited, "position"), value(cited, "text")]
    facts = [value(role, name) for name in ("roleName", "additionalType", "description")]
    return [value(claim, "identifier"), name_of(whole), *facts, *place]


claims = list(graph.subjects(RDF.type, SCHEMA.Claim))
found = {
    "claims": [
        [
            value(claim, name)
            for name in ("identifier", "text", "creativeWorkStatus", "temporalCoverage")
        ]
        for claim in claims
    ],
    "citations": [
        citation(claim, role) for claim in claims for role in graph.objects(claim, SCHEMA.citation)
    ],
    "sources": [
        [name_of(work), value(work, "name"), value(publisher, "identifier")]
        for work, publisher in graph.subject_objects(SCHEMA.publisher)
    ],
}
json.dump(found, sys.stdout)
