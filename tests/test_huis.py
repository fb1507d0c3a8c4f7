"""The rules of the house: which room may know which, how large functions are, what no file may hold."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

WORTEL = Path(__file__).resolve().parents[1]
PAKKET = WORTEL / "src" / "analyse"

# From the ground up: a room knows only rooms on lower floors, never its neighbours.
VERDIEPINGEN = (
    {"kern"},
    {"params"},
    {"statistiek", "correctieregister"},
    {
        "inname",
        "meten",
        "vrijgave",
        "effect",
        "weergave",
        "rapport",
        "demo",
        "cbs",
        "referentie",
        "taal",
        "hop",
        "uitleg",
    },
    {"lijsten"},
    {"editie"},
    {"uitvoeren"},
    {"cli", "__init__", "__main__"},
)
HOOGTE = {kamer: hoogte for hoogte, kamers in enumerate(VERDIEPINGEN) for kamer in kamers}
# The exporters read the document nodes that figures and tables put into a notebook.
DOORGANG = {("rapport", "weergave")}
# What a notebook or an analyst reaches for; it must not drag the readers along.
NIET_VOOR_WEERGAVE = {"inname", "meten"}


@cache
def _boom(pad: Path) -> ast.Module:
    return ast.parse(pad.read_text(encoding="utf-8"), filename=str(pad))


def _modules() -> list[Path]:
    return sorted(PAKKET.rglob("*.py"))


def _kamer(pad: Path) -> str:
    return pad.relative_to(PAKKET).parts[0].removesuffix(".py")


def _kent(pad: Path) -> Iterator[str]:
    """The rooms that a module imports from, also inside functions."""
    for knoop in ast.walk(_boom(pad)):
        if isinstance(knoop, ast.ImportFrom):
            assert knoop.level == 0, f"{pad.name}: imports are absolute"
            namen = [f"{knoop.module}.{alias.name}" for alias in knoop.names]
        elif isinstance(knoop, ast.Import):
            namen = [alias.name for alias in knoop.names]
        else:
            continue
        for naam in namen:
            delen = naam.split(".")
            if delen[0] == "analyse" and len(delen) > 1:
                yield (
                    delen[1]
                    if (PAKKET / delen[1]).exists() or (PAKKET / f"{delen[1]}.py").exists()
                    else "__init__"
                )


def test_elke_kamer_heeft_een_verdieping() -> None:
    assert {_kamer(pad) for pad in _modules()} <= set(HOOGTE)


def test_invoer_loopt_naar_beneden() -> None:
    fout = {
        f"{pad.relative_to(PAKKET).as_posix()} → {doel}"
        for pad in _modules()
        for doel in _kent(pad)
        if doel != _kamer(pad) and HOOGTE[doel] >= HOOGTE[_kamer(pad)] and (_kamer(pad), doel) not in DOORGANG
    }
    assert fout == set()


def test_weergave_en_notebooks_lezen_geen_leveringen() -> None:
    kent = {doel for pad in _modules() if _kamer(pad) == "weergave" for doel in _kent(pad)}
    assert kent & NIET_VOOR_WEERGAVE == set()


def _functies() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for pad in _modules():
        for knoop in ast.walk(_boom(pad)):
            if isinstance(knoop, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{pad.relative_to(PAKKET).as_posix()}:{knoop.name}", knoop


def _lengte(functie: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines without the docstring."""
    regels = (functie.end_lineno or functie.lineno) - functie.lineno + 1
    eerste = functie.body[0]
    heeft_uitleg = ast.get_docstring(functie, clean=False) is not None
    return regels - ((eerste.end_lineno or eerste.lineno) - eerste.lineno + 1 if heeft_uitleg else 0)


def test_functies_zijn_klein() -> None:
    lengtes = [_lengte(functie) for _, functie in _functies()]
    assert statistics.median(lengtes) <= 10
    assert statistics.quantiles(lengtes, n=10)[-1] <= 30
    assert {naam for naam, functie in _functies() if _lengte(functie) > 60} == set()


def test_functies_krijgen_weinig_mee() -> None:
    """At most five arguments, as a rule: one in fifty may have more, none more than eight."""
    aantallen = {
        naam: len(
            [a for a in (*f.args.posonlyargs, *f.args.args, *f.args.kwonlyargs) if a.arg not in ("self", "cls")]
        )
        for naam, f in _functies()
    }
    veel = sorted(naam for naam, aantal in aantallen.items() if aantal > 5)
    assert len(veel) <= len(aantallen) / 50, veel
    assert max(aantallen.values()) <= 8


@pytest.mark.parametrize("pad", _modules(), ids=lambda pad: pad.relative_to(PAKKET).as_posix())
def test_alles_wat_openbaar_is_heeft_uitleg(pad: Path) -> None:
    boom = _boom(pad)
    assert ast.get_docstring(boom), "module zonder uitleg"
    zonder = [
        knoop.name
        for knoop in boom.body
        if isinstance(knoop, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not knoop.name.startswith("_")
        and not ast.get_docstring(knoop)
    ]
    assert zonder == []


@cache
def _bestanden() -> tuple[Path, ...]:
    """What is in git, or would be."""
    opdracht = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    gevonden = subprocess.run(opdracht, cwd=WORTEL, capture_output=True, text=True, check=True).stdout.splitlines()
    paden = [
        WORTEL / naam for naam in gevonden if not naam.endswith((".lock", ".png", ".ttf", ".otf", ".parquet"))
    ]
    return tuple(pad for pad in paden if pad.is_file())


# Written so that this file does not match itself.
VERBODEN = {
    "een plek op de machine van de maker": re.compile(r"(?<![\w.])/(wor[k]|roo[t]|hom[e]|User[s])/[A-Za-z.]"),
    "werk dat nog moet": re.compile(r"\b(TOD[O]|FIXM[E]|XX[X])\b"),
    "een sleutel": re.compile(r"BEGIN [A-Z ]*PRIVATE KE[Y]"),
}


@pytest.mark.parametrize("wat", VERBODEN)
def test_nergens_staat(wat: str) -> None:
    gevonden = set()
    for pad in _bestanden():
        try:
            tekst = pad.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if treffer := VERBODEN[wat].search(tekst):
            gevonden.add(f"{pad.relative_to(WORTEL).as_posix()}: {treffer[0]}")
    assert gevonden == set()
