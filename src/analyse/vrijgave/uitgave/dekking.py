"""Is every number in a report explained by what was released? What isn't, is named with its place.

Cells and descriptions are held to the rows that their heads, names and half-years point at, so that a number
that happens to occur elsewhere explains nothing. A cell whose rows are all hidden and that still shows a number is
a leak.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from analyse.vrijgave.uitgave.bronnen import Bronnen, past
from analyse.vrijgave.uitgave.getallen import Getal, getallen, glad, in_woorden
from analyse.vrijgave.uitgave.namen import Rijen, als_rijen
from analyse.vrijgave.uitgave.stukken import Pagina, Stuk
from analyse.vrijgave.uitgave.tabellen import CsvTabel

_ANDEREN = re.compile(r"\b(?:CBS|landelijk|Nederland)\b", re.IGNORECASE)
_VERBORGEN = "verantwoording-verborgen"  # the object that tells how much is hidden
_ZIN = re.compile(r"(?<=[.!?;])\s+(?=[^\d])")


@dataclass(frozen=True)
class Onverklaard:
    """A number that nothing explains; `verborgen` when it stands where the figure is hidden."""

    getal: str
    zin: str
    plek: str
    verborgen: bool = False


class Dekking:
    """Explains the numbers of one page from its own CSV files, and else from the wider sources."""

    def __init__(self, pagina: Pagina, tabellen: Mapping[str, CsvTabel], bronnen: Bronnen, gebied: str) -> None:
        self.pagina, self.tabellen, self.bronnen, self.gebied = pagina, tabellen, bronnen, gebied
        self._eigen: dict[tuple[str, ...], Rijen] = {}
        self._vrij: Rijen | None = None

    def onverklaard(self) -> Iterator[Onverklaard]:
        """Every number that nothing explains, in order of the page."""
        for stuk in self.pagina.stukken:
            if stuk.soort == "alt":
                yield from self._in_alt(stuk)
            elif stuk.soort == "cel":
                yield from self._in_cel(stuk)
            elif stuk.soort != "as":
                yield from self._in_tekst(stuk)

    def rijen(self, *ids: str) -> Rijen:
        """The rows of these CSV files of this report; none when there are none."""
        if ids not in self._eigen:
            eigen = [self.tabellen[naam].rijen for naam in ids if naam in self.tabellen]
            self._eigen[ids] = Rijen([rij for tabel in eigen for rij in als_rijen(tabel)])
        return self._eigen[ids]

    @property
    def alles(self) -> Rijen:
        """All rows of this report, and what else was released about its gebied."""
        if self._vrij is None:
            self._vrij = Rijen([*self.rijen(*self.tabellen).rijen, *self.bronnen.vrij(self.gebied)])
        return self._vrij

    # Where the place says which rows are meant

    def _in_alt(self, stuk: Stuk) -> Iterator[Onverklaard]:
        rijen = self.rijen(stuk.object)
        for deel, smal in _delen(stuk.tekst, rijen):
            for getal in getallen(deel):
                _, haakje, na = deel[getal.begin :].partition("(")
                hier = smal.bij_periode(na.partition(")")[0]) if haakje else smal
                if not (hier.dekt(getal) if len(rijen) else self._elders(stuk, getal, deel)):
                    yield self._meld(stuk, getal, deel, hier)

    def _in_cel(self, stuk: Stuk) -> Iterator[Onverklaard]:
        rijen = self.rijen(stuk.object)
        # A column 'een jaar eerder' is about another half-year than the head of its row names.
        op_tijd = rijen if "eerder" in stuk.kolom.lower() else rijen.bij_periode(stuk.rij).bij_periode(stuk.kolom)
        smal = op_tijd.bij_naam(stuk.rij).bij_naam(stuk.kolom)
        anderen = _ANDEREN.search(f"{stuk.rij} {stuk.kolom}") or _ANDEREN.search(stuk.object.replace("-", " "))
        for getal in getallen(stuk.tekst):
            if len(rijen) and smal.dekt(getal):
                continue
            if anderen and past(getal, self.bronnen.cbs):
                continue
            if not len(rijen) and self._elders(stuk, getal, stuk.tekst):
                continue
            yield self._meld(stuk, getal, f"{stuk.rij} | {stuk.kolom}: {stuk.tekst}", smal)

    # Where it doesn't

    def _in_tekst(self, stuk: Stuk) -> Iterator[Onverklaard]:
        eigen = self.rijen(*(stuk.naar or ((stuk.object,) if stuk.object else ())))
        for zin in _ZIN.split(glad(stuk.tekst)):
            for getal in (*getallen(zin), *(w for w in in_woorden(zin) if w.waarde > 1)):
                if len(eigen) and (eigen.dekt(getal) or eigen.dekt_verschil(getal)):
                    continue
                if not self._elders(stuk, getal, zin):
                    yield self._meld(stuk, getal, zin, Rijen())

    def _elders(self, stuk: Stuk, getal: Getal, zin: str) -> bool:
        """Whether one of the wider sources explains a number, the cheap ones first."""
        bronnen = self.bronnen
        manieren: tuple[Callable[[], bool], ...] = (
            lambda: bronnen.vast.kent(getal, zin),
            lambda: bronnen.vast.is_regel(getal, zin),
            lambda: getal.tekst.isalpha() and self._telt_zelf(getal),
            lambda: stuk.soort != "alt" and self.alles.dekt(getal) and _eigen_eenheid(getal, stuk),
            lambda: "schommeling" in zin and past(getal, bronnen.banden(self.gebied)),
            lambda: stuk.soort != "alt" and not stuk.object and self.alles.dekt_verschil(getal),
            lambda: past(getal, bronnen.overig("kwaliteit" in _waar(stuk))) and _uit_tabel(stuk),
            lambda: stuk.object == _VERBORGEN and past(getal, bronnen.toelichting),
            lambda: past(getal, self._statussen) and "zichtbaarheid" in stuk.object,
            lambda: "gemeenten" in zin and self._leveren(getal),
            lambda: bool(_ANDEREN.search(f"{zin} {stuk.hoofdstuk} {stuk.object}")) and past(getal, bronnen.cbs),
            lambda: stuk.object.startswith("verantwoording-") and getal.waarde == 0,
        )
        return any(manier() for manier in manieren)

    @property
    def _statussen(self) -> list[float]:
        alle = {str(p) for t in self.tabellen.values() for p in t.rijen["periode"]}
        perioden = sorted(p for p in alle if "-H" in p)  # a quarter or month is no period of the result table
        return self.bronnen.statussen(self.gebied, perioden[-1]) if perioden else []

    def _leveren(self, getal: Getal) -> bool:
        """The number of gemeenten that a figure of the region is made of, which its `methode` tells."""
        tabellen = [t.rijen for t in self.tabellen.values() if "methode" in t.rijen]
        methoden = {str(methode) for rijen in tabellen for methode in rijen["methode"]}
        return any(f"+{getal.tekst}_van_" in methode for methode in methoden)

    def _telt_zelf(self, getal: Getal) -> bool:
        """A number in words that counts the rows of a table on the page, like 'twee maatregelen'."""
        rijen = [len({s.rij for s in self.pagina.van(naam) if s.rij}) for naam in self.pagina.objecten]
        return getal.waarde in rijen

    def _meld(self, stuk: Stuk, getal: Getal, zin: str, rijen: Rijen) -> Onverklaard:
        plek = stuk.object or stuk.hoofdstuk or "omslag"
        return Onverklaard(getal.tekst, zin[:160], f"{plek} ({stuk.soort})", rijen.alle_verborgen)


def _eigen_eenheid(getal: Getal, stuk: Stuk) -> bool:
    """A bare small number is too common to be explained by any figure of the report."""
    return bool(getal.eenheid) or getal.waarde >= 10 or stuk.soort == "bericht"


def _waar(stuk: Stuk) -> str:
    return f"{stuk.hoofdstuk} {stuk.object}".lower()


def _uit_tabel(stuk: Stuk) -> bool:
    """Whether a piece stands where the released tables besides the figures are told: measures and findings."""
    return "maatregel" in _waar(stuk) or "kwaliteit" in _waar(stuk)


def _delen(alt: str, rijen: Rijen) -> Iterator[tuple[str, Rijen]]:
    """The parts of a description with the rows of the name that each begins with."""
    for zin in re.split(r"(?<=\.) (?=[A-ZÀ-Ý])", glad(alt)):
        kop, _, rest = zin.partition(": ")
        smal = rijen.bij_naam(kop) if rest else rijen
        if len(smal) < len(rijen) or " rijen" not in kop:
            yield zin, smal
            continue
        for deel in rest.split(", "):
            yield deel, _begint_met(deel, rijen)


def _begint_met(deel: str, rijen: Rijen) -> Rijen:
    """Rows of the longest name that a part begins with."""
    klein = deel.lower()
    return rijen.bij_naam(next((naam for naam in rijen.namen if klein.startswith(naam)), ""))
