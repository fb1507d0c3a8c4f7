"""What was published before is known to the attacker: hidden stays hidden, and shown is no use as cover.

Earlier releases are read as counts and not as rows, so that a count that was hidden in one figure stays hidden in
another. Counts that were published then and aren't any more stay in the sums: who kept them still has them.
The gate can't see which counts changed since, because a release has no true numbers; every count that could still
be printed as it was counts as unchanged, so as known. That is the safe side: it can only hide more.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analyse.kern import codes
from analyse.kern.resultaat import Vrijgave, orden
from analyse.kern.schema import SLEUTEL
from analyse.params import Drempels
from analyse.vrijgave.cellen import Cellen, Getallen, Masker, Plek, Reeks, Regel

_SLEUTEL = list(SLEUTEL)


def aangevuld(tabel: pd.DataFrame, meting: pd.DataFrame, vorige: Sequence[Vrijgave]) -> pd.DataFrame:
    """The rows to publish, and those published before that aren't any more, if they are still measured."""
    ouder = [deel.tabel.loc[deel.tabel["eenheid"].isin(["aantal", "euro"]), _SLEUTEL] for deel in vorige]
    if not ouder:
        return tabel
    vroeger = pd.MultiIndex.from_frame(pd.concat(ouder, ignore_index=True)).unique()
    weg = vroeger.difference(pd.MultiIndex.from_frame(tabel[_SLEUTEL]))
    if weg.empty:
        return tabel
    return orden(pd.concat([tabel, meting[pd.MultiIndex.from_frame(meting[_SLEUTEL]).isin(weg)]]))


def verwerk(tabel: pd.DataFrame, reeksen: list[Reeks], vorige: Sequence[Vrijgave], drempels: Drempels) -> Masker:
    """Mark what earlier editions printed, oldest first; returns which rows of `tabel` one of them hid.

    `eerder` of a block gets the last printed number, `bekend` the cells that would still be printed as the same:
    the attacker has those, so they can't protect another one.
    """
    verborgen = np.zeros(len(tabel), dtype=bool)
    for vrijgave in vorige:
        oud = _zoek(tabel, vrijgave.tabel)
        verborgen |= oud["status"].eq("verborgen").to_numpy()
        kolommen = {naam: oud[naam].to_numpy(dtype=float, na_value=np.nan) for naam in ("teller", "waarde")}
        erbij = oud["status"].isin(["definitief", "voorlopig", "verborgen"]).to_numpy()
        for reeks in reeksen:
            if reeks.teller is not None:
                gedrukt = kolommen["waarde" if reeks.cijfer.soort == "euro" else "teller"]
                _merk_bekend(reeks.teller, gedrukt[reeks.rijen], erbij[reeks.rijen], drempels)
    return verborgen


def markeer(cellen: Cellen, reeksen: list[Reeks], verborgen: Masker, vorige: Sequence[Vrijgave]) -> None:
    """Hide the counts that were hidden before (EERDER), after the primary rules had their say."""
    geteld = {id(r.teller.blok) for r in reeksen if r.teller is not None and r.cijfer.soort in ("aantal", "euro")}
    for reeks in reeksen:
        plek = reeks.teller
        if plek is not None and (reeks.cijfer.soort in ("aantal", "euro") or id(plek.blok) not in geteld):
            plek.blok.verberg(_waar(plek, verborgen[reeks.rijen]), Regel.EERDER)
    for vrijgave in vorige:
        _vertrokken(cellen, vrijgave.tabel)


def _zoek(tabel: pd.DataFrame, oud: pd.DataFrame) -> pd.DataFrame:
    """The earlier row of every row; empty where there was none."""
    return oud.set_index(_SLEUTEL)[["status", "teller", "waarde"]].reindex(
        pd.MultiIndex.from_frame(tabel[_SLEUTEL])
    )


def _merk_bekend(plek: Plek, gedrukt: Getallen, erbij: Masker, drempels: Drempels) -> None:
    """Note what was printed. The region is only the same count when it was made of the same gemeenten."""
    blok, er_is = plek.blok, ~np.isnan(gedrukt)
    oud = np.full(blok.waarde.shape, np.nan)
    oud[tuple(as_[er_is] for as_ in plek.index)] = gedrukt[er_is]
    stap, minimum = (0.5, 0.0) if blok.euro else (drempels.afronding - 1.0, float(drempels.minimum))
    gelijk = kan_gelijk_zijn(blok.waarde, oud, stap, minimum)
    gelijk[-1] &= (_waar(plek, erbij)[:-1] | ~(np.abs(blok.waarde[:-1]) > 0)).all(axis=0)
    blok.bekend |= gelijk
    blok.eerder = np.where(np.isnan(oud), blok.eerder, oud)


def kan_gelijk_zijn(waar: Getallen, gedrukt: Getallen, stap: float, minimum: float) -> Masker:
    """Whether a count could have been printed so: near enough, and neither hidden nor a zero that isn't one."""
    with np.errstate(invalid="ignore"):
        toonbaar = (np.abs(waar) >= minimum) | (waar == 0)
        return np.asarray((np.abs(waar - gedrukt) <= stap) & toonbaar & ((waar == 0) == (gedrukt == 0)))


def _waar(plek: Plek, rijen: Masker) -> Masker:
    """A mask over rows as a mask over the cells of the block."""
    masker = np.zeros(plek.blok.waarde.shape, dtype=bool)
    masker[plek.index] = rijen
    return masker


def _vertrokken(cellen: Cellen, oud: pd.DataFrame) -> None:
    """The region without a gemeente that left gives that one back, so where it was hidden the region is too."""
    weg = oud[~oud["gebied"].isin(cellen.gebieden) & oud["status"].eq("verborgen") & oud["eenheid"].eq("aantal")]
    regio = cellen.gebieden.index(codes.REGIO)
    for rij in weg.to_dict("records"):
        splitsing = tuple(d for d in codes.DIMENSIES if rij[d] != codes.TOTAAL)
        bron = cellen.families.cijfer(rij["indicator"], rij["eenheid"]).teller
        blok = cellen.blok(bron.grootheid, splitsing) if bron is not None else None
        if blok is None or rij["periode"] not in cellen.perioden:
            continue
        labels = [(rij[d], as_) for d, as_ in zip(splitsing, blok.categorieen, strict=True)]
        if all(label in as_ for label, as_ in labels):
            plek = (regio, cellen.perioden.index(rij["periode"]), *(as_.index(label) for label, as_ in labels))
            masker = np.zeros(blok.waarde.shape, dtype=bool)
            masker[plek] = True
            blok.verberg(masker, Regel.EERDER)


def sluit(cellen: Cellen, mislukt: list[tuple[str, int, int]]) -> None:
    """Hide all that this edition says of a count in one gebied and period, in every split.

    For a count that earlier editions give away whatever is hidden now: at least this edition adds nothing to it.
    """
    for naam, gebied, periode in mislukt:
        for splitsing in cellen.splitsingen(naam):
            blok = cellen.blokken[naam, splitsing]
            masker = np.zeros(blok.waarde.shape, dtype=bool)
            masker[gebied, periode] = ~blok.onmogelijk
            blok.verberg(masker, Regel.GESLOTEN)
