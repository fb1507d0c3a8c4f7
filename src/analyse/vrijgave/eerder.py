"""What earlier editions published is known to the attacker: hidden stays hidden, and shown is no use as cover."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analyse.kern.resultaat import Vrijgave
from analyse.kern.schema import SLEUTEL
from analyse.params import Drempels
from analyse.vrijgave.afronden import rond_af
from analyse.vrijgave.cellen import Cellen, Masker, Reeks, Regel


def verwerk(tabel: pd.DataFrame, reeksen: list[Reeks], vorige: Sequence[Vrijgave], drempels: Drempels) -> Masker:
    """Mark what earlier editions hid or showed; returns which rows of `tabel` one of them hid.

    A count that was hidden is hidden again (EERDER). A count that was shown, and would still be printed as the
    same number, is `bekend`: the attacker has it, so it can't protect another cell.
    """
    verborgen = np.zeros(len(tabel), dtype=bool)
    for vrijgave in vorige:
        oud = _zoek(tabel, vrijgave.tabel)
        verborgen |= oud["status"].eq("verborgen").to_numpy()
        getoond = oud["teller"].to_numpy(dtype=float, na_value=np.nan)
        for reeks in reeksen:
            _merk_bekend(reeks, getoond, drempels)
    geteld = {id(r.teller.blok) for r in reeksen if r.teller is not None and r.cijfer.soort == "aantal"}
    for reeks in reeksen:
        if reeks.teller is not None and (reeks.cijfer.soort == "aantal" or id(reeks.teller.blok) not in geteld):
            reeks.teller.blok.verberg(_waar(reeks, verborgen), Regel.EERDER)
    return verborgen


def _zoek(tabel: pd.DataFrame, oud: pd.DataFrame) -> pd.DataFrame:
    """The earlier row of every row; empty where there was none."""
    sleutels = list(SLEUTEL)
    return oud.set_index(sleutels)[["status", "teller"]].reindex(pd.MultiIndex.from_frame(tabel[sleutels]))


def _merk_bekend(reeks: Reeks, getoond: NDArray[np.float64], drempels: Drempels) -> None:
    if reeks.teller is None:
        return
    nu = rond_af(reeks.teller.lees(reeks.teller.blok.waarde), drempels.afronding)
    gelijk = np.zeros(len(getoond), dtype=bool)
    gelijk[reeks.rijen] = getoond[reeks.rijen] == nu
    reeks.teller.blok.bekend |= _waar(reeks, gelijk)


def _waar(reeks: Reeks, rijen: Masker) -> Masker:
    """A mask over rows as a mask over the cells of the block."""
    assert reeks.teller is not None
    masker = np.zeros(reeks.teller.blok.waarde.shape, dtype=bool)
    masker[reeks.teller.index] = rijen[reeks.rijen]
    return masker


def vergeet(cellen: Cellen) -> bool:
    """Let counts that were shown before be hidden again; False when there were none.

    For a count that became small after all others were published: it can't be kept from who kept those, but it
    can from who only has this edition.
    """
    iets = any(blok.bekend.any() for blok in cellen)
    for blok in cellen:
        blok.bekend[:] = False
    return iets
