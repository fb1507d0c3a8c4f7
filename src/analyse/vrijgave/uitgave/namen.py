"""Which rows a head, a name or a half-year in the text points at, and whether one of them prints as a number."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analyse.kern import codes
from analyse.kern.schema import MATEN
from analyse.vrijgave.uitgave.getallen import Getal, glad

_PERIODE = re.compile(r"\b([1-4])e (halfjaar|hj\.|kwartaal|kw\.) (\d{4})|\bheel (\d{4})|\b(\d{4}-[HK][1-4])\b")
_REEKS = ("indicator", "gebied", *codes.DIMENSIES, "eenheid", "reeks")


def perioden_in(tekst: str) -> list[str]:
    """Codes of the half-years, quarters and years that a text names, in order."""
    uit = []
    for deel in _PERIODE.finditer(glad(tekst)):
        soort = "H" if (deel[2] or "").startswith("h") else "K"
        uit.append(deel[5] or deel[4] or f"{deel[3]}-{soort}{deel[1]}")
    return uit


@dataclass(frozen=True)
class Rij:
    """One row: what it is called, when, in which unit, and the numbers that it shows (none when hidden)."""

    namen: frozenset[str]
    periode: str
    eenheid: str
    verborgen: bool
    reeks: tuple[str, ...]
    waarde: float
    getallen: tuple[float, ...]


def als_rijen(tabel: pd.DataFrame) -> list[Rij]:
    """Rows of a published table. Numbers that stand in a hidden row count as shown: they are there to be read."""
    naamkolommen = [k for k in tabel.columns if k.endswith("_naam") or k in ("reeks", "aanbieder", "gebied")]
    return [_rij({str(k): w for k, w in rij.items()}, naamkolommen) for rij in tabel.to_dict("records")]


def _rij(rij: dict[str, object], naamkolommen: Sequence[str]) -> Rij:
    namen = {glad(str(rij[k])).lower() for k in naamkolommen} - {"totaal", ""}
    namen |= {"regio", "de regio"} if rij["gebied"] == codes.REGIO else set()
    for dimensie, vertaald in codes.NAMEN.items():
        namen |= {vertaald[str(rij[dimensie])].lower()} if rij[dimensie] in vertaald else set()
    if rij["leeftijd"] in codes.LEEFTIJD:
        namen.add(f"{str(rij['leeftijd']).replace('-', '–')} jaar")
    getallen = tuple(w for w in (float(rij[m]) for m in MATEN) if w == w)  # type: ignore[arg-type]
    return Rij(
        frozenset(namen),
        str(rij["periode"]),
        str(rij["eenheid"]),
        rij["status"] == "verborgen",
        tuple(str(rij.get(k, "")) for k in _REEKS),
        float(rij["waarde"]),  # type: ignore[arg-type]
        getallen,
    )


class Rijen:
    """Rows of one or more tables, to be narrowed by what stands around a number."""

    def __init__(self, rijen: Sequence[Rij] = ()) -> None:
        self.rijen = rijen

    def __len__(self) -> int:
        return len(self.rijen)

    @cached_property
    def namen(self) -> list[str]:
        """Every name that a row goes by, the longest first."""
        return sorted({naam for rij in self.rijen for naam in rij.namen}, key=lambda naam: (-len(naam), naam))

    def bij_naam(self, naam: str) -> Rijen:
        """Rows that a head or name points at; all rows when it points at none."""
        klein = glad(naam).lower().rstrip(":")
        raak = [rij for rij in self.rijen if klein in rij.namen] if klein else []
        return Rijen(raak) if raak else self

    def bij_periode(self, tekst: str) -> Rijen:
        """Rows of the half-years that a text names; all rows when it names none that we have."""
        perioden = set(perioden_in(tekst))
        raak = [rij for rij in self.rijen if rij.periode in perioden] if perioden else []
        return Rijen(raak) if raak else self

    @property
    def alle_verborgen(self) -> bool:
        """Whether there are rows and all of them are hidden."""
        return bool(self.rijen) and all(rij.verborgen for rij in self.rijen)

    def dekt(self, getal: Getal) -> bool:
        """Whether a row shows this number, in a unit that can be meant. What a hidden row still holds is none."""
        open_ = [rij for rij in self.rijen if not rij.verborgen]
        passend = [rij for rij in open_ if rij.eenheid in (getal.eenheid, "index")] if getal.eenheid else []
        return any(getal.past(waarde) for rij in passend or open_ for waarde in rij.getallen)

    @cached_property
    def _reeksen(self) -> list[NDArray[np.float64]]:
        per_reeks: dict[tuple[str, ...], list[float]] = defaultdict(list)
        for rij in self.rijen:
            if rij.waarde == rij.waarde and not rij.verborgen:
                per_reeks[rij.reeks].append(rij.waarde)
        return [np.array(waarden) for waarden in per_reeks.values() if len(waarden) > 1]

    def dekt_verschil(self, getal: Getal) -> bool:
        """Whether two rows of one series differ by this number: in units, points or percent.

        A reader subtracts what is printed, so figures may be rounded first.
        """
        return any(
            _verschilt(waarden, getal) for reeks in self._reeksen for waarden in (reeks, np.floor(reeks + 0.5))
        )


def _verschilt(waarden: NDArray[np.float64], getal: Getal) -> bool:
    verschil = np.abs(waarden[:, None] - waarden[None, :])
    with np.errstate(divide="ignore", invalid="ignore"):
        procent = 100 * verschil / np.abs(waarden[None, :])
    doel = abs(getal.waarde)
    return any(bool((np.abs(m - doel) <= getal.stap + 1e-6).any()) for m in (verschil, procent))
