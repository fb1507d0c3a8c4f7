"""Tables about money that don't fit the result table: by month, by taakveld, and what no declaration shows.

INTERN, all of them: no gate has seen these rows. The half-year figures that follow from them are in the Meting.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyse.kern import codes
from analyse.kern.basis import Basis
from analyse.meten.afloop_uitgaven import Verwachting
from analyse.meten.begroting import OVERIG, Aansluiting
from analyse.meten.bron import Bron
from analyse.meten.rooster import GESLOTEN
from analyse.meten.uitgaven_bron import Geld
from analyse.meten.uitgaven_pgb import CATEGORIE_LANDELIJK, Pgb
from analyse.params import Params

_SLEUTEL = ["gemeente", "jaar"]
_BEDRAGEN = ["gedeclareerd", "landelijk", "zonder_toewijzing", "pgb", "werkelijk"]


def uitgaven_per_maand(basis: Basis, *, params: Params) -> pd.DataFrame:
    """`gebied, periode (2025-07), bedrag, verwacht, onder, boven, geschat` per month of delivery, in euro. INTERN.

    `geschat`: nothing was declared yet, so the month got the mean of those before. Gebieden without estimate have
    no rows; a month that can't be estimated has NaN in the last columns.
    """
    return _per_maand(Geld(Bron(basis, params)))


def maandtabellen(basis: Basis, *, params: Params) -> dict[str, pd.DataFrame]:
    """What a page and its gate need of the months, from one reading of the declarations. INTERN.

    `maanden`: as `uitgaven_per_maand`; `delen`: gemeente, periode (2025-07), hulpvorm, verwijzer, aanbieder and
    bedrag in euro; `jeugdigen`: gebied, periode, aantal (persons with a net amount in the month).
    """
    geld = Geld(Bron(basis, params))
    return {"maanden": _per_maand(geld), "delen": _delen(geld), "jeugdigen": _jeugdigen(geld)}


def _delen(geld: Geld) -> pd.DataFrame:
    r, rooster = geld.regels, geld.bron.rooster
    sleutel = ["gemeente", "maand", "hulpvorm", "verwijzer", "aanbieder"]
    tabel = r.group_by(sleutel).agg(cent=r.cent.sum().cast("int64")).to_pyarrow().to_pandas().sort_values(sleutel)
    namen = {
        "gemeente": rooster.gemeenten,
        "hulpvorm": (*codes.HULPVORM, codes.HULPVORM_GEEN),
        "verwijzer": GESLOTEN["verwijzer"],
        "aanbieder": rooster.aanbieders,
    }
    uit = {naam: np.array(lijst, dtype=object)[tabel[naam].astype(int)] for naam, lijst in namen.items()}
    uit |= {"periode": _maandnaam(tabel["maand"]), "bedrag": tabel["cent"].to_numpy() / 100}
    return pd.DataFrame(uit)[["gemeente", "periode", *sleutel[2:], "bedrag"]]


def _jeugdigen(geld: Geld) -> pd.DataFrame:
    """Persons with a net amount per gemeente and month, and in the region, where each counts once."""
    r = geld.regels
    netto = r.group_by(["gemeente", "maand", "persoon_nr"]).agg(cent=r.cent.sum())
    per = netto.filter(netto.cent != 0).select("gemeente", "maand", "persoon_nr").to_pyarrow().to_pandas()
    per = per.dropna(subset=["persoon_nr"]).assign(periode=lambda t: _maandnaam(t["maand"]))
    namen = np.array(geld.bron.rooster.gemeenten, dtype=object)
    eigen = per.assign(gebied=namen[per["gemeente"].astype(int)]).groupby(["gebied", "periode"])["persoon_nr"]
    regio = per.assign(gebied=codes.REGIO).groupby(["gebied", "periode"])["persoon_nr"]
    return pd.concat([deel.nunique() for deel in (eigen, regio)]).rename("aantal").reset_index()


def _maandnaam(maand: pd.Series) -> list[str]:
    return [str(dag)[:7] for dag in maand]


def _per_maand(geld: Geld) -> pd.DataFrame:
    schat = Verwachting(geld)
    bedragen = schat.regels.groupby(["gemeente", "maand"])["euro"].sum()
    delen = []
    for gebied, tabel in zip(schat.rooster.gebieden, schat.per_gebied, strict=True):
        if tabel is not None:
            eigen = _bedrag(bedragen, schat.rooster.gemeenten, gebied).reindex(tabel.index, fill_value=0.0)
            maanden = [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in tabel.index]
            kop = pd.DataFrame({"gebied": gebied, "periode": maanden, "bedrag": eigen.to_numpy()})
            delen.append(kop.join(tabel.reset_index(drop=True).rename(columns={"waarde": "verwacht"})))
    kolommen = ["gebied", "periode", "bedrag", "verwacht", "onder", "boven", "geschat"]
    return pd.concat(delen, ignore_index=True)[kolommen] if delen else pd.DataFrame(columns=kolommen)


def _bedrag(bedragen: pd.Series, gemeenten: tuple[str, ...], gebied: str) -> pd.Series:
    if gebied == codes.REGIO:
        return bedragen.groupby("maand").sum()
    nr = gemeenten.index(gebied)
    return bedragen[bedragen.index.get_level_values("gemeente") == nr].droplevel("gemeente")


def aansluiting_per_groep(basis: Basis, *, params: Params) -> pd.DataFrame:
    """`begroting.KOLOMMEN` per gemeente, year and group of taakvelden: declared, spent, budgeted. INTERN."""
    return Aansluiting(Geld(Bron(basis, params))).tabel


def dekking(basis: Basis, *, params: Params) -> pd.DataFrame:
    """What the declarations show of all spending per gemeente and year, in euro. INTERN.

    `gedeclareerd`, of which `landelijk` (categorie 55) and `zonder_toewijzing` (taakgericht); beside it `pgb`,
    `werkelijk` (the ledger for youth), `rest` = werkelijk − gedeclareerd − pgb, and `aandeel_…` of each in percent
    of the ledger, or of declarations and pgb where there is no ledger (`tegen`). NaN: not delivered.
    """
    geld = Geld(Bron(basis, params))
    per_jaar = geld.per_jaar
    landelijk = per_jaar[per_jaar["productcategorie"].eq(CATEGORIE_LANDELIJK)]
    boek = Aansluiting(geld).tabel
    delen = {
        "gedeclareerd": per_jaar.groupby(_SLEUTEL)["euro"].sum(),
        "landelijk": landelijk.groupby(_SLEUTEL)["euro"].sum(),
        "zonder_toewijzing": _zonder_toewijzing(geld),
        "pgb": _pgb(geld),
        "werkelijk": boek[boek["groep"].ne(OVERIG)].groupby(_SLEUTEL)["werkelijk"].sum(min_count=1),
    }
    tabel = pd.concat(delen, axis=1)[_BEDRAGEN].reset_index()
    declareert = tabel["gedeclareerd"].notna()
    for naam in ("landelijk", "zonder_toewijzing"):
        tabel[naam] = tabel[naam].mask(tabel[naam].isna() & declareert, 0.0)
    tabel["rest"] = tabel["werkelijk"] - tabel["gedeclareerd"] - tabel["pgb"].fillna(0.0)
    return _met_aandelen(tabel)


def _met_aandelen(tabel: pd.DataFrame) -> pd.DataFrame:
    boek = tabel["werkelijk"].gt(0)
    geheel = tabel["werkelijk"].where(boek, tabel["gedeclareerd"] + tabel["pgb"].fillna(0.0))
    tabel["tegen"] = np.where(boek, "jaarrekening", "declaraties en pgb")
    for naam in ("gedeclareerd", "landelijk", "zonder_toewijzing", "pgb", "rest"):
        tabel[f"aandeel_{naam}"] = 100 * tabel[naam] / geheel.where(geheel > 0)
    return tabel


def _zonder_toewijzing(geld: Geld) -> pd.Series:
    r = geld.regels
    los = (
        r.filter(r.toewijzingnummer.isnull())
        .group_by("gemeente", jaar=r.maand.year())
        .agg(euro=r.cent.sum() / 100)
    )
    tabel = los.to_pyarrow().to_pandas()
    namen = geld.bron.rooster.gemeenten
    tabel = tabel.assign(gemeente=[namen[nr] for nr in tabel["gemeente"]], jaar=tabel["jaar"].astype("int64"))
    return tabel.set_index(_SLEUTEL)["euro"]


def _pgb(geld: Geld) -> pd.Series:
    rijen = Pgb(geld).rijen
    return rijen.assign(jaar=rijen["half"].astype(str).str[:4].astype("int64")).groupby(_SLEUTEL)["euro"].sum()
