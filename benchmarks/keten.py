"""The whole chain, hop by hop: cold (nothing made yet) and unchanged.

    uv run python benchmarks/keten.py [--editie 2025-H2]

Runs in a copy of the kit beside the same deliveries, so that it never touches results that stand there.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from klok import WORTEL, echte_kernen, klok, losse_kit, opdracht, tabel

from analyse.editie import Editie

ANALYSE = [sys.executable, "-m", "analyse.cli"]


def hops(kit: Path, naam: str | None, leveringen: Path) -> list[tuple[str, float]]:
    """Seconds per hop in this process, cold and then unchanged; imports are counted with the first use."""
    tijden = []
    for stand in ("koud", "ongewijzigd"):
        editie = Editie.open(naam, wortel=kit, leveringen=leveringen)
        stappen: dict[str, Callable[[], object]] = {
            "1 lees": lambda e=editie: e.basis,
            "2 meet": lambda e=editie: e.intern,
            "3 geef_vrij": lambda e=editie: e.vrijgave,
        }
        for stap, doe in stappen.items():
            begin = time.perf_counter()
            doe()
            tijden.append((f"hop {stap}, {stand}", time.perf_counter() - begin))
    return tijden


def keten(kit: Path, naam: str, leveringen: Path) -> list[tuple[str, float]]:
    """Seconds of the whole command, Python's start included."""
    roep = [*ANALYSE, "rapport", "--editie", naam, "--leveringen", leveringen]
    return [
        (f"analyse rapport, {stand}", klok(lambda: opdracht(*roep, omgeving={"ANALYSE_MAP": str(kit)})).wand)
        for stand in ("koud", "ongewijzigd")
    ]


def grootste(kit: Path) -> str:
    """The largest report files that came out."""
    paden = sorted((kit / "output").rglob("rapport.*"), key=lambda pad: pad.stat().st_size, reverse=True)
    return "\n".join(f"{pad.stat().st_size / 1000:.0f} kB {pad.relative_to(kit / 'output')}" for pad in paden[:2])


def main() -> None:
    """Print seconds per hop and for the whole command."""
    lezer = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    lezer.add_argument("--editie")
    keuze = lezer.parse_args()
    editie = Editie.open(keuze.editie, wortel=WORTEL)
    leveringen = editie.leveringen  # makes the demo region when there are no deliveries
    print(f"processoren die echt vrij zijn: {echte_kernen():.1f}")
    with losse_kit() as kit:
        rijen = hops(kit, editie.naam, leveringen)
    with losse_kit() as kit:
        rijen += keten(kit, editie.naam, leveringen)
        print(tabel(("stap", "s"), rijen))
        print(grootste(kit))


if __name__ == "__main__":
    main()
