"""Where real public data lies beside the checkout, when it is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_MAP = Path(os.environ.get("ANALYSE_GEDEELD", Path(__file__).resolve().parents[2] / "shared"))


def gedeeld(pad: str) -> Path:
    """A file or folder of the shared public data; skips the test with a clear word where it is missing."""
    gevonden = _MAP / pad
    if not gevonden.exists():
        pytest.skip(f"openbare gegevens niet aanwezig: {pad}")
    return gevonden
