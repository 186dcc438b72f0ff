"""A directory to put files in, and the catalogue as it is."""

from collections.abc import Callable
from pathlib import Path

import pytest

from packages_catalog.reader import Catalogue, read
from tests.catalogue.samples import neighbour


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., Path]:
    """Put files into a directory beside the valid packages ``rest`` and ``swim``."""

    def files(**contents: str | bytes) -> Path:
        for name, content in {"rest": neighbour("rest"), "swim": neighbour("swim"), **contents}.items():
            words = content.encode() if isinstance(content, str) else content
            (tmp_path / f"{name}.toml").write_bytes(words)
        return tmp_path

    return files


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return read()
