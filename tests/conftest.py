"""For all folders: one headless Chromium; skips in plain words without one, fails when a browser is compulsory."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

VERPLICHT = os.environ.get("ANALYSE_BROWSER_VERPLICHT") == "1"
# No sandbox: tests run as root in containers, on pages that we made ourselves.
VLAGGEN = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]


def _chromium() -> str | None:
    namen = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, namen)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    pad = _chromium()
    if pad is None:
        uitleg = "geen Chromium op deze machine (installeer chromium, of zet CHROMIUM op het programma)"
        pytest.fail(uitleg) if VERPLICHT else pytest.skip(uitleg)
    with sync_playwright() as spel:
        gestart = spel.chromium.launch(executable_path=pad, args=VLAGGEN)
        yield gestart
        gestart.close()
