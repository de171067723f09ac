"""Are the charts well-formed XML, without scripts?"""

from pathlib import Path

import pytest

from conftest import Edition
from programs import Command, accepts, refuses

XMLLINT: Command = ["xmllint", "--noout", "--nonet"]


@pytest.fixture
def charts(edition: Edition) -> list[Path]:
    found = sorted(edition.out.rglob("*.svg"))
    assert found
    return found


def test_charts_are_well_formed(charts: list[Path]) -> None:
    accepts(*XMLLINT, *charts)


def test_charts_have_neither_scripts_nor_addresses(charts: list[Path]) -> None:
    forbidden = "//*[local-name()='script' or @*[starts-with(name(), 'on') or local-name()='href']]"
    for chart in charts:
        count = accepts("xmllint", "--nonet", "--xpath", f"count({forbidden})", chart)
        assert count.strip() == "0", chart.name


def test_an_open_ampersand_is_refused(charts: list[Path], tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.svg"
    wrong.write_text(charts[0].read_text("utf-8").replace("</svg>", "R & D</svg>"), "utf-8")
    refuses(*XMLLINT, wrong, saying="xmlParseEntityRef")
