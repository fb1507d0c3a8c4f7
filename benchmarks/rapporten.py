"""Reports: ours against the stock chain on the same notebooks, in one run.

Stock is what one types without this kit: the `papermill` command per chapter, then `jupyter nbconvert` to HTML
and to PDF per report. It gets the benefit of the doubt: its chapters are joined without counting the time, it
converts once per report, runs as many reports side by side as there are processors, finds the first three hops
done, and uses our exporters (its own need a browser or LaTeX for PDF and make another page).

    uv run python benchmarks/rapporten.py                     the whole region, 9 reports
    uv run python benchmarks/rapporten.py --gebied GM0200     fewer
    uv run python benchmarks/rapporten.py --map MAP           a kit elsewhere, so that no report here is replaced
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

import nbformat
from klok import WORTEL, Tijd, echte_kernen, klok, naast_elkaar, opdracht, tabel

from analyse.editie import GECONTROLEERD, LEVERINGEN, Editie
from analyse.rapport import Opdracht, Stuk
from analyse.rapport.samenvoegen import voeg_samen
from analyse.rapport.toezicht import gegevens, kernen
from analyse.uitvoeren import Keuze, opdrachten_voor

ANALYSE = [sys.executable, "-m", "analyse.cli"]


def stock_hoofdstukken(werk: Opdracht, stuk: Stuk, map_: Path) -> None:
    """One papermill command per chapter."""
    for naam in stuk.rapport.hoofdstukken:
        uit = map_ / f"{naam}.ipynb"
        parameters = ["-p", "gebied", stuk.gebied, "-p", "editie", werk.editie]
        opdracht(sys.executable, "-m", "papermill", werk.bron(naam), uit, *parameters, "--no-progress-bar")


def voeg_stock_samen(werk: Opdracht, stuk: Stuk, map_: Path) -> None:
    """Not counted: stock has no such step."""
    delen = [(naam, nbformat.read(map_ / f"{naam}.ipynb", 4)) for naam in stuk.rapport.hoofdstukken]
    nbformat.write(voeg_samen(delen, gegevens(werk, stuk)), map_ / "rapport.ipynb")


def stock_opmaak(map_: Path) -> None:
    """One nbconvert command per format."""
    for soort in ("analyse-html", "analyse-pdf"):
        opdracht(sys.executable, "-m", "nbconvert", "--to", soort, map_ / "rapport.ipynb")


def stock(werk: Opdracht, klad: Path) -> Tijd:
    """The stock chain over all asked reports, as many at a time as there are processors."""
    mappen = {stuk: klad / stuk.bestandsnaam for stuk in werk.gevraagd}
    for map_ in mappen.values():
        map_.mkdir()

    def alle(doe: object) -> Tijd:
        taken = [lambda s=stuk, m=map_: doe(s, m) for stuk, map_ in mappen.items()]  # type: ignore[operator]
        return klok(lambda: naast_elkaar(taken, tegelijk=kernen()))

    draaien = alle(lambda stuk, map_: stock_hoofdstukken(werk, stuk, map_))
    for stuk, map_ in mappen.items():
        voeg_stock_samen(werk, stuk, map_)
    opmaken = alle(lambda _, map_: stock_opmaak(map_))
    return Tijd(draaien.wand + opmaken.wand, draaien.processor + opmaken.processor)


def eigen(werk: Opdracht, *opties: str) -> Tijd:
    """The one command that an analyst types."""
    wat = ["--rapport", "halfjaar", "--gebied", *(stuk.gebied for stuk in werk.gevraagd)]
    return klok(lambda: opdracht(*ANALYSE, "rapport", "--editie", werk.editie, *wat, *opties))


def main() -> None:
    """Time both chains and print the ratios."""
    lezer = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    lezer.add_argument("--editie")
    lezer.add_argument("--gebied", nargs="+")
    lezer.add_argument("--map", type=Path, default=WORTEL)
    keuze = lezer.parse_args()
    wortel = keuze.map.resolve()
    editie = Editie.open(keuze.editie, wortel=wortel)
    os.environ["ANALYSE_MAP"] = str(wortel)
    (werk,) = opdrachten_voor(editie, Keuze(gebieden=keuze.gebied, rapporten=["halfjaar"], opnieuw=True))
    eigen(werk)  # not counted: makes every hop before the chapters, for both chains
    os.environ.update({GECONTROLEERD: editie.naam, LEVERINGEN: str(editie.leveringen)})
    aantal = len(werk.gevraagd)
    print(f"{aantal} rapporten, {kernen()} processoren, waarvan echt vrij: {echte_kernen():.1f}")
    with tempfile.TemporaryDirectory() as klad:
        tijden = {
            "eigen, alles opnieuw": eigen(werk, "--opnieuw"),
            "stock: papermill + nbconvert": stock(werk, Path(klad)),
            "eigen, alles opnieuw (nog eens)": eigen(werk, "--opnieuw"),
            "eigen, niets veranderd": eigen(werk),
        }
    basis = tijden["stock: papermill + nbconvert"]
    rijen = [
        (
            naam,
            tijd.wand,
            tijd.processor,
            tijd.wand / aantal,
            basis.wand / tijd.wand,
            basis.processor / tijd.processor,
        )
        for naam, tijd in tijden.items()
    ]
    koppen = ("keten", "s", "processor-s", "s per rapport", "× sneller (klok)", "× zuiniger (processor)")
    print(tabel(koppen, rijen))


if __name__ == "__main__":
    main()
