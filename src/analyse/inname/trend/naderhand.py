"""The checks after reading (run-off, ledger, CBS, previous delivery), and the totals kept for the next one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
from numpy.typing import NDArray

from analyse.inname.trend.teksten import bevinding
from analyse.inname.trend.vorige import lees_telling, vergelijk
from analyse.inname.werk import Werk
from analyse.kern.fouten import Bevinding
from analyse.kern.periode import Periode
from analyse.statistiek.afloop import Afloop, driehoek, schat_afloop

TELLING = "telling_maand.parquet"
AFWIJKING_JAARREKENING = 0.05  # keuze: what auditors and regions take as explained by timing
AFWIJKING_CBS = 0.10
VENSTER = 24  # months that the factors are taken from: ways of declaring change
VENSTER_SLOT = 12  # months that the text is about
MINIMUM_CBS = 50  # children; below it ten percent is rounding
# What CBS counts, and whom we count beside it: everybody with jeugdzorg includes measures without help.
Schaal = dict[tuple[str, int], float]  # per gemeente and year
_CBS = {"jongeren_jeugdhulp": False, "jongeren_jeugdzorg": True}


@dataclass(frozen=True)
class Vergelijking:
    """Where to find what a delivery is compared with; what isn't there isn't compared."""

    referentie: Path | None = None  # data/referentie: cbs_gemeenten.csv and bevolking.csv
    leveringen: Path | None = None  # may hold a bevolking.csv of its own: then CBS is scaled to it
    vorige: Path | None = None  # TELLING of the previous edition


def naderhand(werk: Werk, uit: Path, met: Vergelijking) -> list[Bevinding]:
    """All findings of this room; writes `TELLING` into `uit`. Needs the views of uitvoer.sql on the bench."""
    werk.stap("trend")
    pq.write_table(werk.con.con.sql("FROM telling_maand").to_arrow_table(), uit / TELLING, compression="zstd")
    peildata = {rij["gemeente"]: rij["peildatum"] for rij in werk.rijen("FROM peildata ORDER BY gemeente")}
    bevindingen = [*_uitloop(werk, peildata), *_jaarrekening(werk)]
    if met.referentie and (met.referentie / "cbs_gemeenten.csv").is_file():
        bevindingen += _cbs(werk, met.referentie, _schaal(met.referentie, met.leveringen), list(peildata))
    if met.vorige:
        bevindingen += vergelijk(lees_telling(uit / TELLING), lees_telling(met.vorige))
    return bevindingen


# Run-off


def _uitloop(werk: Werk, peildata: Mapping[str, date | None]) -> list[Bevinding]:
    aanloop = werk.con.con.sql("FROM aanloop ORDER BY ALL").df()
    gevonden = []
    for gemeente, eigen in aanloop.groupby("gemeente", sort=True):
        peildatum = peildata.get(str(gemeente))
        uitkomst = _schat(eigen, peildatum) if peildatum else None
        if uitkomst is not None and _komt_nog(uitkomst).any():
            gevonden.append(_voorlopig(str(gemeente), uitkomst))
    return gevonden


def _schat(eigen: pd.DataFrame, peildatum: date) -> Afloop | None:
    """The run-off up to the last whole month before the peildatum.

    Nobody declares before the month is over, so the month itself and the next are one step, and the newest month
    of help is the one before the last.
    """
    morgen = peildatum + timedelta(days=1)
    laatste = morgen.year * 12 + morgen.month - 3
    gemeld = np.maximum(eigen["gemeld"], eigen["periode"] + 1) - 1
    return schat_afloop(driehoek(eigen["periode"], gemeld, eigen["cent"], laatste=laatste), venster=VENSTER)


def _komt_nog(uitkomst: Afloop) -> NDArray[np.bool_]:
    """Months that may still change; one without any declaration may just have had no help."""
    return uitkomst.voorlopig() & (uitkomst.stand > 0)


def _voorlopig(gemeente: str, uitkomst: Afloop) -> Bevinding:
    recent = slice(-VENSTER_SLOT, None)
    nog, stand = float(np.nansum(uitkomst.nog[recent])), float(np.nansum(uitkomst.stand[recent]))
    marge = 1.96 * float(np.sqrt(np.nansum(uitkomst.fout[recent] ** 2)))
    tekst = (
        f"naar verwachting nog {_euro(max(nog - marge, 0))} tot {_euro(max(nog + marge, 0))} over de laatste "
        f"{VENSTER_SLOT} maanden (nu {_euro(stand)})"
    )
    return bevinding("DK22", gemeente, tekst, aantal=int(_komt_nog(uitkomst).sum()), euro_cent=round(nog))


# Ledger


def _jaarrekening(werk: Werk) -> list[Bevinding]:
    gevonden = []
    for rij in werk.rijen("FROM jaargeld ORDER BY gemeente, jaar"):
        verschil = rij["declaraties"] - rij["werkelijk"]
        if abs(verschil) > AFWIJKING_JAARREKENING * rij["werkelijk"]:
            kant = "meer" if verschil > 0 else "minder"
            tekst = (
                f"{rij['jaar']}: gedeclareerd {_euro(rij['declaraties'])}, jaarrekening {_euro(rij['werkelijk'])} "
                f"({round(100 * abs(verschil) / rij['werkelijk'])} procent {kant} gedeclareerd)"
            )
            gevonden.append(bevinding("DK23", rij["gemeente"], tekst, euro_cent=abs(verschil)))
    return gevonden


# CBS


def _cbs(werk: Werk, referentie: Path, schaal: Schaal, gemeenten: Collection[str]) -> list[Bevinding]:
    gevonden = []
    for rij in _cbs_rijen(referentie / "cbs_gemeenten.csv", gemeenten):
        periode = Periode.lees(rij["periode"])
        verwacht = float(rij["waarde"]) * schaal.get((rij["gebied"], periode.jaar), 1.0)
        eigen = _jeugdigen(werk, rij["gebied"], periode, zorg=_CBS[rij["maat"]])
        if verwacht >= MINIMUM_CBS and eigen and abs(eigen - verwacht) > AFWIJKING_CBS * verwacht:
            kant = "meer" if eigen > verwacht else "minder"
            procent = round(100 * abs(eigen - verwacht) / verwacht)
            tekst = f"{rij['periode']}: {procent} procent {kant} jeugdigen dan CBS ({rij['bron']})"
            gevonden.append(bevinding("DK25", rij["gebied"], tekst, aantal=abs(round(eigen - verwacht))))
    return gevonden


def _cbs_rijen(pad: Path, gemeenten: Collection[str]) -> list[dict[str, str]]:
    tabel = pd.read_csv(pad, sep=";", dtype=str, keep_default_na=False)
    mee = tabel["maat"].isin(_CBS) & tabel["categorie"].eq("totaal") & tabel["waarde"].ne("")
    tabel = tabel[mee & tabel["gebied"].isin(gemeenten)].sort_values(["gebied", "maat", "periode"])
    return [{str(k): str(v) for k, v in rij.items()} for rij in tabel.to_dict("records")]


def _schaal(referentie: Path, leveringen: Path | None) -> Schaal:
    """Inhabitants of these deliveries over those of the reference: 1 unless the region isn't full size."""
    eigen = leveringen / "bevolking.csv" if leveringen else None
    if eigen is None or not eigen.is_file():
        return {}
    hier, overal = (_bevolking(pad) for pad in (eigen, referentie / "bevolking.csv"))
    return {sleutel: aantal / overal[sleutel] for sleutel, aantal in hier.items() if overal.get(sleutel)}


def _bevolking(pad: Path) -> Schaal:
    tabel = pd.read_csv(pad, sep=";", dtype=str, keep_default_na=False)
    tabel = tabel[tabel["leeftijd"].eq("0-22") & tabel["aantal"].ne("")]
    sleutels = zip(tabel["gebied"], tabel["jaar"].astype(int), strict=True)
    return dict(zip(sleutels, tabel["aantal"].astype(float), strict=True))


def _jeugdigen(werk: Werk, gemeente: str, periode: Periode, *, zorg: bool) -> int:
    """Children with help in the period (`zorg`: or with any product or measure); 0 when nothing was delivered."""
    hulp = "true" if zorg else "hulpvorm IS NOT NULL"
    maatregel = "UNION SELECT persoon_nr, begin, eind, gemeente FROM basis_maatregelen" if zorg else ""
    (rij,) = werk.rijen(f"""
        SELECT count(DISTINCT persoon_nr) AS aantal FROM (
            SELECT persoon_nr, begin, eind, gemeente FROM basis_spells WHERE domein = 'Jw' AND {hulp} {maatregel}
        )
        WHERE gemeente = '{gemeente}' AND begin <= DATE '{periode.eind}'
            AND coalesce(eind, DATE '9999-12-31') >= DATE '{periode.begin}'
    """)
    return int(rij["aantal"])


def _euro(cent: float) -> str:
    """Rounded as a reader would say it; Dutch thousands."""
    euro = cent / 100
    if abs(euro) >= 1_000_000:
        return f"{euro / 1_000_000:.1f} miljoen euro".replace(".", ",")
    return f"{round(euro, -3 if abs(euro) >= 10_000 else 0):,.0f} euro".replace(",", ".")
