"""What the tests share: two published datasets, our own and one full of traps."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from datasets import Dataset, read_dataset
from programs import HOSTILE, ROOT, claimbook


@dataclass(frozen=True)
class Edition:
    """A published dataset: where it came from, what it says, and where it was published to."""

    root: Path
    dataset: Dataset
    out: Path

    @property
    def bundle(self) -> Path:
        """The file with everything."""
        return self.out / f"{self.dataset.meta['name']}.json"


@pytest.fixture(scope="session", params=[ROOT, HOSTILE], ids=["own", "hostile"])
def edition(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Each of the two datasets, published from its folder in every format."""
    root: Path = request.param
    out = tmp_path_factory.mktemp("published") / "dist"
    claimbook("publish", "--root", root, "--out", out, "--format", "all")
    return Edition(root, read_dataset(root), out)
