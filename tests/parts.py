"""Parts of the machine that tests lean on: what to do when one is missing, and where files are quick."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import NoReturn

import pytest

REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"

_MEMORY = Path("/dev/shm")
_ENOUGH = 2_000_000_000


def missing(part: str) -> NoReturn:
    """Skip the test for want of a part; with ``REQUIRE_ALL=1`` that is a failure."""
    if REQUIRE_ALL:
        pytest.fail(f"{part} (and REQUIRE_ALL=1 allows no skips)", pytrace=False)
    pytest.skip(part)


def quick_folder(prefix: str) -> Path:
    """Make a temporary folder in memory where there is room, because databases wait for the disk at every commit."""
    roomy = os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ENOUGH
    return Path(tempfile.mkdtemp(prefix=prefix, dir=_MEMORY if roomy else None))
