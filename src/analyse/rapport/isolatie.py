"""Put back what a notebook changed in the process it ran in.

Cheaper than a process per notebook (milliseconds against the imports), and less complete: a monkeypatched
library stays patched. Reports of different gebieden are separate processes, so nothing ever crosses that line.
"""

from __future__ import annotations

import gc
import locale
import os
import random
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any, cast


@contextmanager
def schoon() -> Iterator[None]:
    """Environment, working folder, search path, warnings, random state, libraries' options: as before."""
    bewaren: tuple[Callable[[], AbstractContextManager[None]], ...] = (
        _omgeving,
        _werkmap,
        _modules,
        _waarschuwingen,
        _toeval,
        _taal,
        _numpy,
        _pandas,
        _matplotlib,
    )
    with ExitStack() as stapel:
        for bewaar in bewaren:
            stapel.enter_context(bewaar())
        yield


@contextmanager
def _omgeving() -> Iterator[None]:
    vooraf = dict(os.environ)
    try:
        yield
    finally:
        for naam in set(os.environ) - set(vooraf):
            del os.environ[naam]
        os.environ.update(vooraf)


@contextmanager
def _werkmap() -> Iterator[None]:
    vooraf = Path.cwd()
    try:
        yield
    finally:
        os.chdir(vooraf)


@contextmanager
def _modules() -> Iterator[None]:
    """The search path, and modules beside the notebook: the next one loads them anew."""
    zoekpad, modules, map_ = list(sys.path), set(sys.modules), Path.cwd()
    try:
        yield
    finally:
        sys.path[:] = zoekpad
        for naam in set(sys.modules) - modules:
            if _ligt_in(sys.modules[naam], map_):
                del sys.modules[naam]


def _ligt_in(module: object, map_: Path) -> bool:
    """True for a module beside the notebook; what is installed stays (numpy can't be loaded twice)."""
    bestand = getattr(module, "__file__", None)
    if not bestand:
        return False
    pad = Path(bestand).resolve()
    return pad.is_relative_to(map_) and not pad.is_relative_to(Path(sys.prefix))


@contextmanager
def _waarschuwingen() -> Iterator[None]:
    # Entering also makes Python forget which warnings were shown already.
    with warnings.catch_warnings():
        yield


@contextmanager
def _toeval() -> Iterator[None]:
    vooraf = random.getstate()
    try:
        yield
    finally:
        random.setstate(vooraf)


@contextmanager
def _taal() -> Iterator[None]:
    vooraf = locale.setlocale(locale.LC_ALL)
    try:
        yield
    finally:
        locale.setlocale(locale.LC_ALL, vooraf)


@contextmanager
def _numpy() -> Iterator[None]:
    import numpy as np

    toeval = np.random.get_state()
    with np.errstate(), np.printoptions():
        try:
            yield
        finally:
            np.random.set_state(toeval)


@contextmanager
def _pandas() -> Iterator[None]:
    import pandas as pd

    vooraf = dict(_opties(cast("dict[str, Any]", pd.options.d)))
    try:
        yield
    finally:
        for naam, waarde in _opties(cast("dict[str, Any]", pd.options.d)):
            if naam in vooraf and vooraf[naam] is not waarde:
                pd.set_option(naam, vooraf[naam])


def _opties(boom: dict[str, Any], *, voor: str = "") -> Iterator[tuple[str, Any]]:
    for naam, waarde in boom.items():
        if isinstance(waarde, dict):
            yield from _opties(waarde, voor=f"{voor}{naam}.")
        else:
            yield f"{voor}{naam}", waarde


@contextmanager
def _matplotlib() -> Iterator[None]:
    import matplotlib as mpl

    with mpl.rc_context():
        try:
            yield
        finally:
            _sluit_figuren()


def _sluit_figuren() -> None:
    """Close what is still open, and let its memory go: figures hold themselves in cycles."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None and pyplot.get_fignums():
        pyplot.close("all")
        gc.collect()
