"""The set-up of one measurement: who is treated when, who stands beside them, who can stand in for them.

Everything that is estimated or checked afterwards is a function of this one object, and a check is the same
measurement with one thing changed (`replace`). What is expensive is computed once, when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property

import numpy as np

from analyse.effect.reeks import Masker, Matrix, Niveaubreuk, Reeks, Rijen, Uitsluiting
from analyse.effect.register import Maatregel
from analyse.effect.spreiding import Spreiding, meet_spreiding
from analyse.effect.tegenfeit import Uitkomst, uitkomst_did
from analyse.effect.trekking import buren, placebotrekkingen
from analyse.effect.venster import Venster, venster

SEED = 20220101


@dataclass(frozen=True, eq=False)
class Opzet:
    """Rows of `reeks`: `behandeld` (a window each), `regio` (the region's own, treated ones too), `donoren`."""

    reeks: Reeks
    behandeld: tuple[int, ...]
    vensters: tuple[Venster, ...]
    regio: tuple[int, ...]
    donoren: tuple[int, ...]
    ooit_behandeld: tuple[int, ...]
    los: tuple[int, ...] = ()  # second halves of gebieden with a break: comparison, but no gebied of their own

    @property
    def vergelijking(self) -> tuple[int, ...]:
        """Rows that were never treated: the rest of the region, and the donors."""
        return tuple(rij for rij in (*self.regio, *self.donoren) if rij not in self.ooit_behandeld)

    @property
    def controles(self) -> Masker:
        """The rows that give the movement of each tijdvak, as a mask."""
        masker = np.zeros(len(self.reeks.gebieden), dtype=bool)
        masker[[*self.vergelijking, *self.los]] = True
        return masker

    @property
    def namen(self) -> tuple[str, ...]:
        """Codes of the treated gebieden."""
        return tuple(self.reeks.gebieden[rij] for rij in self.behandeld)

    @cached_property
    def basis(self) -> Matrix:
        """Per treated gebied and per gebied the count before, in that treated gebied's window."""
        return np.stack([np.nansum(self.reeks.aantal[:, v.basis], axis=1) for v in self.vensters])

    @cached_property
    def uitkomsten(self) -> tuple[Uitkomst, ...]:
        """Difference-in-differences per window, over all gebieden; equal windows are computed once."""
        per_venster = {v: uitkomst_did(self.reeks, v, self.controles) for v in set(self.vensters)}
        return tuple(per_venster[v] for v in self.vensters)

    @property
    def placebos(self) -> tuple[int, ...]:
        """Rows that may stand in: the donors, or without a panel the untreated rest of the region."""
        return self.donoren or self.vergelijking

    @cached_property
    def spreidingen(self) -> tuple[Spreiding, ...]:
        """How far untreated gebieden stray, per window."""
        return self.meet(self.uitkomsten)

    def meet(self, uitkomsten: Sequence[Uitkomst]) -> tuple[Spreiding, ...]:
        """The same for other outcomes of these windows."""
        rijen = np.array(self.placebos, dtype=np.int64)
        return tuple(meet_spreiding(uitkomst, rijen) for uitkomst in uitkomsten)

    @cached_property
    def buren(self) -> tuple[Rijen, ...]:
        """Per treated gebied the stand-ins nearest in size."""
        return tuple(buren(b, rij, self.placebos) for b, rij in zip(self.basis, self.behandeld, strict=True))

    @cached_property
    def trekkingen(self) -> Rijen:
        """Draws of stand-ins: rows are draws, columns treated gebieden."""
        return placebotrekkingen(self.buren, seed=SEED)

    @property
    def verschillende(self) -> int:
        """How many different draws there are: with few stand-ins the same ones come back."""
        return len(np.unique(self.trekkingen, axis=0))

    def met_vensters(self, vensters: Sequence[Venster]) -> Opzet:
        """The same measurement in other windows."""
        return replace(self, vensters=tuple(vensters))

    def zonder_behandeld(self, plek: int) -> Opzet:
        """The same measurement without one of the treated gebieden (which doesn't become a comparison)."""
        houd = [k for k in range(len(self.behandeld)) if k != plek]
        return replace(
            self,
            behandeld=tuple(self.behandeld[k] for k in houd),
            vensters=tuple(self.vensters[k] for k in houd),
        )

    def zonder_vergelijking(self, rijen: Sequence[int]) -> Opzet:
        """The same measurement without these comparison gebieden."""
        weg = set(rijen)
        return replace(
            self,
            regio=tuple(r for r in self.regio if r not in weg),
            donoren=tuple(r for r in self.donoren if r not in weg),
        )


def maak_opzet(
    maatregel: Maatregel, reeks: Reeks, donoren: Reeks | None = None, *, ook_bezig: Collection[str] = ()
) -> Opzet:
    """The set-up of a measure on the region's series (every gemeente of the region), with donors if there are any.

    Gemeenten that have nothing after their start yet, or no case before it, are left out of the treated and are
    no comparison either; nor are those in `ook_bezig`, which run another measure on the same figures.
    """
    heel = reeks if donoren is None else reeks.samen(donoren)
    samen = _met_breuken(heel, maatregel)
    deelnemers = [code for code in maatregel.start if code in reeks.gebieden]
    vensters = {code: _venster(samen, maatregel, code) for code in deelnemers}
    geen_vergelijking = [*deelnemers, *(code for code in ook_bezig if code in reeks.gebieden)]
    gestart = [code for code in deelnemers if vensters[code].lengte_na > 0 and _telt(samen, code, vensters[code])]
    return Opzet(
        reeks=samen,
        behandeld=tuple(samen.rij(code) for code in gestart),
        vensters=tuple(vensters[code] for code in gestart),
        regio=tuple(range(len(reeks.gebieden))),
        donoren=tuple(range(len(reeks.gebieden), len(heel.gebieden))),
        ooit_behandeld=tuple(samen.rij(code) for code in geen_vergelijking),
        los=tuple(range(len(heel.gebieden), len(samen.gebieden))),
    )


def _venster(reeks: Reeks, maatregel: Maatregel, code: str) -> Venster:
    return venster(
        reeks, maatregel.start[code], einde=maatregel.einde[code], inwerkmaanden=maatregel.inwerkmaanden
    )


def _telt(reeks: Reeks, code: str, venster: Venster) -> bool:
    """Whether there was any case before: without one there is nothing to compare with."""
    return bool(np.nansum(reeks.aantal[reeks.rij(code), venster.basis]) > 0)


def _met_breuken(reeks: Reeks, maatregel: Maatregel) -> Reeks:
    """Declared breaks of one gebied: a treated one keeps the side that holds its start, another gets two levels.

    A break that all gebieden share needs nothing here: the comparison takes it along.
    """
    for breuk in reeks.breuken:
        if breuk.gebied not in reeks.gebieden:
            continue
        if breuk.gebied in maatregel.start:
            reeks = reeks.zonder(_andere_kant(reeks, breuk, maatregel))
        else:
            reeks = _twee_niveaus(reeks, breuk)
    return reeks


def _andere_kant(reeks: Reeks, breuk: Niveaubreuk, maatregel: Maatregel) -> Uitsluiting:
    voor = Uitsluiting(reeks.tijdvakken[0].begin, breuk.datum - timedelta(days=1), breuk.reden, breuk.gebied)
    na = Uitsluiting(breuk.datum, reeks.tijdvakken[-1].eind, breuk.reden, breuk.gebied)
    return voor if maatregel.start[str(breuk.gebied)] >= breuk.datum else na


def _twee_niveaus(reeks: Reeks, breuk: Niveaubreuk) -> Reeks:
    """Split one gebied into two rows; the later one goes to the end, so that row numbers of others stay."""
    rij = reeks.rij(str(breuk.gebied))
    later = np.array([vak.begin >= breuk.datum for vak in reeks.tijdvakken])
    aantal, bevolking = (np.vstack([m, m[rij]]) for m in (reeks.aantal, reeks.bevolking))
    for matrix in (aantal, bevolking):
        matrix[rij, later] = np.nan
        matrix[-1, ~later] = np.nan
    naam = f"{breuk.gebied} vanaf {breuk.datum.isoformat()}"
    return replace(reeks, gebieden=(*reeks.gebieden, naam), aantal=aantal, bevolking=bevolking)
