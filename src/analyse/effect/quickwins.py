"""Quick wins: what small measures register themselves, because figures on jeugdhulp can't see them.

Families reached and care that, according to somebody, was avoided. That is a judgement of those involved and no
measurement, so the euros are a stated upper bound and never add up with effects.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pandas as pd

from analyse.kern.fouten import ParameterFout, onbekend

KOLOMMEN = (
    "maatregel",
    "gemeente",
    "periode",
    "vraag",
    "gezinnen",
    "reacties",
    "vermeden_zorg",
    "volgens",
    "keer_vermeden",
    "kosten_per_keer",
)
_AANTALLEN = ("gezinnen", "reacties", "keer_vermeden")
VOLGENS = ("gezin", "professional", "team")


def lees_quickwins(pad: Path, *, maatregelen: Collection[str]) -> pd.DataFrame:
    """The registration table, checked; no file is no rows. Raises ParameterFout with the line.

    One row per measure, gemeente, half-year, question of the families and kind of care: how many families asked
    it, how many of those were asked what it brought (reacties), how often care was avoided according to whom, and
    what that care costs each time.
    """
    if not pad.is_file():
        return pd.DataFrame(columns=list(KOLOMMEN))
    tabel = pd.read_csv(pad, sep=";", dtype=str, keep_default_na=False)
    if tuple(tabel.columns) != KOLOMMEN:
        raise ParameterFout(
            "De quick wins hebben vaste kolommen.",
            ontvangen=", ".join(tabel.columns),
            waar=pad.name,
            doe=f"Schrijf: {';'.join(KOLOMMEN)}.",
        )
    for kolom in (*_AANTALLEN, "kosten_per_keer"):
        tabel[kolom] = _getallen(tabel[kolom], kolom, pad)
    _controleer(tabel, pad, maatregelen)
    return tabel


def _getallen(kolom: pd.Series, naam: str, pad: Path) -> pd.Series:
    getallen = pd.to_numeric(kolom, errors="coerce")
    fout = getallen.isna() | getallen.lt(0)
    if fout.any():
        regel = int(fout.to_numpy().argmax()) + 2
        raise ParameterFout(
            f"In {naam} staat een getal van 0 of meer.",
            ontvangen=repr(kolom[fout].iloc[0]),
            waar=f"{pad.name}, regel {regel}",
        )
    return getallen.astype(float)


def _controleer(tabel: pd.DataFrame, pad: Path, maatregelen: Collection[str]) -> None:
    for regel, rij in enumerate(tabel.to_dict("records"), start=2):
        waar = f"{pad.name}, regel {regel}"
        if rij["maatregel"] not in maatregelen:
            raise onbekend("Deze maatregel", rij["maatregel"], maatregelen, waar=waar)
        if rij["volgens"] not in VOLGENS:
            raise onbekend("Deze bron (volgens)", rij["volgens"], VOLGENS, waar=waar)
        if not rij["keer_vermeden"] <= rij["reacties"] <= rij["gezinnen"]:
            raise ParameterFout(
                "Er is niet vaker zorg vermeden dan er reacties zijn, en er zijn niet meer reacties dan gezinnen.",
                ontvangen=" en ".join(f"{rij[naam]:.0f}" for naam in reversed(_AANTALLEN)),
                waar=waar,
            )


def tel_quickwins(tabel: pd.DataFrame) -> pd.DataFrame:
    """Per measure and source (`volgens`): gezinnen, reacties, keer_vermeden, bovengrens in euros. INTERN."""
    met_euro = tabel.assign(bovengrens=tabel["keer_vermeden"] * tabel["kosten_per_keer"])
    kolommen = [*_AANTALLEN, "bovengrens"]
    return met_euro.groupby(["maatregel", "volgens"], sort=False, as_index=False)[kolommen].sum()
