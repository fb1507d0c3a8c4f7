"""This delivery against the one before: the same months should hold about the same.

Only months that were settled at the time of the previous delivery are compared: the last ones before its peildatum
were still filling up. A drop of a fifth is the bound of the ladder of checks that regions use; smaller changes are
corrections in the source, which are welcome.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analyse.inname.trend.teksten import bevinding
from analyse.kern.fouten import RAAKT_EURO, Bevinding

DALING = 0.20
MINIMUM = 10  # rows in a month, or in all months together, before a drop means anything
UITGEZAKT = 3  # months before the newest one of the previous delivery that may still have been filling up
KOLOMMEN = ("gemeente", "tabel", "maand", "rijen", "personen", "euro_cent")
_MATEN = {"rijen": "regels", "personen": "personen", "euro_cent": "euro"}


def lees_telling(pad: Path) -> pd.DataFrame:
    """The totals of an edition, columns `KOLOMMEN`; empty when there are none."""
    return pd.read_parquet(pad) if pad.is_file() else pd.DataFrame(columns=list(KOLOMMEN))


def vergelijk(nu: pd.DataFrame, vorige: pd.DataFrame) -> list[Bevinding]:
    """What went missing since the previous delivery, per gemeente and table; both with columns `KOLOMMEN`.

    Gemeenten that are in one of the two only are left out: that is told elsewhere, or is new.
    """
    gevonden: list[Bevinding] = []
    for sleutel, toen in vorige.groupby(["gemeente", "tabel"], sort=True):
        gemeente, tabel = (str(deel) for deel in sleutel)
        if gemeente in set(nu["gemeente"]):
            eigen = nu[nu["gemeente"].eq(gemeente) & nu["tabel"].eq(tabel)]
            gevonden += _tabel(gemeente, tabel, eigen.set_index("maand"), toen.set_index("maand"))
    return gevonden


def _tabel(gemeente: str, tabel: str, nu: pd.DataFrame, toen: pd.DataFrame) -> list[Bevinding]:
    vast = toen.sort_index().iloc[:-UITGEZAKT]
    if vast["rijen"].sum() < MINIMUM:
        return []
    if nu.empty:
        return [bevinding("DK26s", gemeente, tabel, aantal=int(toen["rijen"].sum()))]
    eerste = str(nu.index.min())
    later = vast[vast.index < eerste]
    gaten = vast[(vast.index > eerste) & (vast["rijen"] >= MINIMUM) & ~vast.index.isin(nu.index)]
    raakt = RAAKT_EURO if tabel == "declaraties" else ""
    return [
        *_gemist("DK26r", gemeente, tabel, later if later["rijen"].sum() >= MINIMUM else later.iloc[:0]),
        *_gemist("DK26q", gemeente, tabel, gaten, raakt=raakt),
        *_minder(gemeente, tabel, nu, vast[(vast.index >= eerste) & ~vast.index.isin(gaten.index)], raakt=raakt),
    ]


def _gemist(code: str, gemeente: str, tabel: str, maanden: pd.DataFrame, *, raakt: str = "") -> list[Bevinding]:
    if maanden.empty:
        return []
    cent = _cent(maanden)
    waar = f"{tabel}: {_reeks(list(maanden.index.astype(str)))}"
    return [bevinding(code, gemeente, waar, aantal=int(maanden["rijen"].sum()), euro_cent=cent, raakt=raakt)]


def _minder(gemeente: str, tabel: str, nu: pd.DataFrame, toen: pd.DataFrame, *, raakt: str) -> list[Bevinding]:
    """The worst of rows, persons and euros over the same months, when it fell by more than `DALING`."""
    zelfde = nu.reindex(toen.index)
    dalingen = {
        maat: 1 - float(zelfde[maat].sum()) / float(toen[maat].sum()) for maat in _MATEN if toen[maat].sum() > 0
    }
    ergste = max(dalingen, key=lambda maat: dalingen[maat], default="")
    if not ergste or dalingen[ergste] <= DALING or toen["rijen"].sum() < MINIMUM:
        return []
    tekst = f"{tabel}: {round(100 * dalingen[ergste])} procent minder {_MATEN[ergste]}"
    weg = max(int(toen["rijen"].sum() - zelfde["rijen"].sum()), 1)
    cent = _cent(toen)
    verschil = None if cent is None else cent - (_cent(zelfde) or 0)
    return [bevinding("DK26p", gemeente, tekst, aantal=weg, euro_cent=verschil, raakt=raakt)]


def _cent(maanden: pd.DataFrame) -> int | None:
    return int(maanden["euro_cent"].sum()) if maanden["euro_cent"].notna().any() else None


def _reeks(maanden: list[str]) -> str:
    """Months as text, runs drawn together: '2024-01 tot en met 2024-03, 2024-07'."""
    nummers = [int(m[:4]) * 12 + int(m[5:7]) for m in maanden]
    groepen: list[list[str]] = []
    for nummer, vorige, maand in zip(nummers, [None, *nummers[:-1]], maanden, strict=True):
        if vorige is not None and nummer == vorige + 1:
            groepen[-1].append(maand)
        else:
            groepen.append([maand])
    return ", ".join(g[0] if len(g) == 1 else f"{g[0]} tot en met {g[-1]}" for g in groepen)
