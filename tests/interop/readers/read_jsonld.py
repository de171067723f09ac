"""Reads a JSON-LD file with rdflib and answers questions in SPARQL: read_jsonld.py FILE QUERY…

Prints the rows of each answer as JSON. The context of schema.org, which is on the web, is replaced
by its vocabulary.
"""

import json
import sys
from pathlib import Path

import rdflib

document = json.loads(Path(sys.argv[1]).read_text("utf-8"))
assert document["@context"] == "https://schema.org", document["@context"]
document["@context"] = {"@vocab": "https://schema.org/"}
graph = rdflib.Graph()
graph.parse(data=json.dumps(document), format="json-ld")
answers = []
for query in sys.argv[2:]:
    rows = graph.query("PREFIX s: <https://schema.org/> " + query)
    answers.append([[None if cell is None else str(cell) for cell in row] for row in rows])
json.dump(answers, sys.stdout)
