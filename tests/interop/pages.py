"""Markdown pages as cmark-gfm renders them: their text, their elements and where they lead."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from programs import accepts

EXTENSIONS = ("table", "autolink", "strikethrough", "tasklist", "footnotes")

# Text on both sides of these is not one word.
BLOCKS = {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "hr", "br"),
    *("table", "thead", "tbody", "tr", "th", "td", "details", "summary", "div", "section", "img"),
}


@dataclass
class Page(HTMLParser):
    """What a browser would make of a page, without styles."""

    text: str = ""
    # Every element with its attributes.
    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._end_block(tag)

    def handle_endtag(self, tag: str) -> None:
        self._end_block(tag)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def _end_block(self, tag: str) -> None:
        if tag in BLOCKS:
            self.text += "\n"


def render(file: Path) -> Page:
    """Renders a page, with raw HTML left in so that it can be seen."""
    options = [word for extension in EXTENSIONS for word in ("--extension", extension)]
    html = accepts("cmark-gfm", "--unsafe", *options, "--to", "html", file)
    page = Page()
    page.feed(html)
    page.close()
    return page


def plain(text: str) -> str:
    """Text as a browser shows it: runs of blanks are one."""
    return re.sub(r"[ \n]+", " ", text)
