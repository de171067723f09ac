"""Reads an Atom feed with feedparser: read_feed.py FILE

Prints its entries as JSON. A feed that is not well-formed is an error.
"""

import json
import re
import sys

import feedparser

feed = feedparser.parse(sys.argv[1])
if feed.bozo:
    sys.exit(f"{sys.argv[1]}: {feed.bozo_exception!r}")


def lines(html: str) -> list[str]:
    """The items of the list that an entry is."""
    return [item.strip() for item in re.findall("<li>(.*?)</li>", html, re.DOTALL)]


entries = [
    {
        "id": entry.id,
        "title": entry.title,
        "url": entry.link,
        "date": entry.updated,
        "tags": [tag.label for tag in entry.get("tags", [])],
        "lines": lines(entry.content[0].value),
    }
    for entry in feed.entries
]
json.dump({"title": feed.feed.title, "entries": entries}, sys.stdout)
