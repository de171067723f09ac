"""Reads a bibliography with bibtexparser: read_bibtex.py FILE

Prints its entries as JSON. A part of the file that is no entry is an error.
"""

import json
import sys
from typing import Any

import bibtexparser
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors, SplitNameParts
from pylatexenc.latex2text import LatexNodes2Text

# The braces around names tell bodies from people.
DECODER = LatexNodes2Text(keep_braced_groups=True, keep_braced_groups_minlen=0)

# What is read as it stands.
VERBATIM = {"date", "doi", "isbn", "url", "urldate"}


def parse(*middleware: Any) -> dict[str, dict[str, Any]]:
    library = bibtexparser.parse_file(sys.argv[1], append_middleware=middleware)
    for block in library.failed_blocks:
        sys.exit(f"line {block.start_line}: {block.error}")
    return {
        entry.key: {"type": entry.entry_type, **{field.key: field.value for field in entry.fields}}
        for entry in library.entries
    }


plain = parse()
people = parse(LatexDecodingMiddleware())
plain_names = parse(SeparateCoAuthors(), SplitNameParts())
for key, entry in people.items():
    entry.update({name: value for name, value in plain[key].items() if name in VERBATIM})
    # Names in parts are not decoded with the rest.
    names = [name.merge_last_name_first for name in plain_names[key]["author"]]
    entry["author"] = [DECODER.latex_to_text(name) for name in names]
json.dump(people, sys.stdout)
