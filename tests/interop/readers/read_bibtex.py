"""Reads a bibliography with bibtexparser: read_bibtex.py FILE

Prints its entries as JSON. A part of the file that is no entry is an error.
"""

import json
import re
import sys
from typing import Any

import bibtexparser
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors, SplitNameParts

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
people = parse(SeparateCoAuthors(), SplitNameParts(), LatexDecodingMiddleware())
for key, entry in people.items():
    entry.update({name: value for name, value in plain[key].items() if name in VERBATIM})
    # The parts of names are not decoded by the library.
    names = [name.merge_last_name_first for name in entry["author"]]
    entry["author"] = [re.sub(r"\\([&%$#_])", r"\1", name) for name in names]
json.dump(people, sys.stdout)
