"""What one huisartspraktijk gets to see of itself: its referrals, what for, and what that help costs. INTERN.

A referral is a traject that began with the huisarts as verwijzer; the praktijk is the one named at its earliest
spell. In pandas and not in the result table: a praktijk is no dimension of it, and never may be, because it can be
one person.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyse.kern import codes
from analyse.kern.basis import Basis
from analyse.kern.periode import Periode
from analyse.meten import aanmeldingen
from analyse.meten.bron import JEUGDWET, Bron, plaats
from analyse.meten.rooster import GESLOTEN
from analyse.params import Params

HUISARTS = "02"
MAXIMUM_LEEFTIJD = 17  # of enrolled children, included
KOLOMMEN = ["gebied", "praktijk", "periode", "hulpvorm", "verwijzingen", "sggz", "euro", "ingeschreven"]


def praktijken(basis: Basis, params: Params) -> pd.DataFrame:
    """Per praktijk (AGB), half-year and hulpvorm: referrals, those to specialist mental care, euros, enrolled.

    Columns `KOLOMMEN`; gebied is REGIO, hulpvorm a code or `totaal`. `euro`: approved amounts of help delivered
    in the half-year at referral of this praktijk (total rows only, as `ingeschreven`: enrolled children of 0-17 in
    that year or the latest known one before, null when not delivered).
    """
    bron = Bron(basis, params)
    verwezen = _verwijzingen(bron)
    perioden = [str(periode) for periode in bron.rooster.perioden]
    geteld = _tel(verwezen[verwezen["periode"].isin(perioden)])
    samen = geteld.merge(_euro(basis), how="outer", on=["praktijk", "periode"])
    samen = samen[samen["periode"].isin(perioden)]
    samen["hulpvorm"] = samen["hulpvorm"].fillna(codes.TOTAAL)
    ingeschreven = _ingeschreven(basis, samen[["praktijk", "periode"]].drop_duplicates())
    samen = samen.merge(ingeschreven, how="left", on=["praktijk", "periode"])
    samen = samen.fillna({"verwijzingen": 0, "sggz": 0, "euro": 0.0}).assign(gebied=codes.REGIO)
    return samen.sort_values(["praktijk", "periode", "hulpvorm"], kind="stable")[KOLOMMEN].reset_index(drop=True)


def praktijk_kwartalen(basis: Basis, params: Params) -> pd.DataFrame:
    """Per praktijk and quarter: referrals to specialist mental care and to the local toegang.

    Columns gebied (REGIO), praktijk, kwartaal (`2025-K3`), sggz, toegang: what the toegang counted of this
    praktijk, null where that of the gemeente to which it refers most delivered nothing of the quarter.
    """
    bron = Bron(basis, params)
    verwezen = _verwijzingen(bron)
    kwartaal = pd.Series([str(Periode.kwartaal_van(dag.date())) for dag in verwezen["begin"]], dtype="str")
    sggz = verwezen["sggz"].astype(float).groupby([verwezen["praktijk"], kwartaal.to_numpy()]).sum()
    thuis = _thuis(verwezen, bron.rooster.gemeenten)
    eigen = aanmeldingen.van_praktijken(basis).set_index(["praktijk", "kwartaal"])["aantal"]
    geleverd = aanmeldingen.per_kwartaal(basis)
    rijen = [
        (
            *(codes.REGIO, praktijk, str(kwartaal)),
            float(sggz.get((praktijk, str(kwartaal)), 0.0)),
            float(eigen.get((praktijk, str(kwartaal)), 0)) if (gemeente, str(kwartaal)) in geleverd else np.nan,
        )
        for praktijk, gemeente in thuis.items()
        for periode in bron.rooster.perioden
        for kwartaal in periode.kwartalen
    ]
    return pd.DataFrame(rijen, columns=["gebied", "praktijk", "kwartaal", "sggz", "toegang"])


def _thuis(verwezen: pd.DataFrame, gemeenten: tuple[str, ...]) -> dict[str, str]:
    """The gemeente to which each praktijk refers most (of equal ones the first), by praktijk."""
    aantal = verwezen.groupby(["praktijk", "gemeente"]).size().rename("n").reset_index()
    meest = aantal.sort_values(["praktijk", "n", "gemeente"], ascending=[True, False, True], kind="stable")
    eerste = meest.drop_duplicates("praktijk")
    return {str(p): gemeenten[nr] for p, nr in zip(eerste["praktijk"], eerste["gemeente"], strict=True)}


def _verwijzingen(bron: Bron) -> pd.DataFrame:
    """One row per traject begun at referral of a known praktijk: with gemeente, begin, periode, hulpvorm, sggz."""
    t = bron.trajecten
    t = t.filter(t.verwijzer == plaats("verwijzer", HUISARTS))
    kolommen = ["gemeente", "persoon_nr", "aanbieder", "hulpvorm", "begin"]
    trajecten = t.select(*kolommen, "sggz").to_pyarrow().to_pandas(date_as_object=False)
    s = bron.alle_spells
    s = s.filter(s.hulpvorm.notnull() & s.verwijzer_agb.notnull() & (s.verwijzer == plaats("verwijzer", HUISARTS)))
    spells = s.select(*kolommen, "verwijzer_agb").to_pyarrow().to_pandas(date_as_object=False)
    eerste = spells.groupby(kolommen, as_index=False)["verwijzer_agb"].min()
    samen = trajecten.merge(eerste, on=kolommen).rename(columns={"verwijzer_agb": "praktijk"})
    vormen = GESLOTEN["hulpvorm"]
    return samen.assign(
        periode=[str(Periode.halfjaar_van(dag.date())) for dag in samen["begin"]],
        hulpvorm=[vormen[nr] for nr in samen["hulpvorm"]],
    )


def _tel(verwezen: pd.DataFrame) -> pd.DataFrame:
    delen = [verwezen, verwezen.assign(hulpvorm=codes.TOTAAL)]
    per = pd.concat(delen, ignore_index=True).groupby(["praktijk", "periode", "hulpvorm"])
    return per.agg(verwijzingen=("sggz", "size"), sggz=("sggz", "sum")).reset_index()


def _euro(basis: Basis) -> pd.DataFrame:
    """Approved euros per praktijk and half-year of delivery: praktijk, periode, hulpvorm (`totaal`), euro."""
    d, t = basis.tabel("declaraties"), basis.tabel("toewijzingen")
    d = d.filter(d.toegekend & d.maand.notnull() & (d.domein == JEUGDWET))
    t = t.filter((t.verwijzer == HUISARTS) & t.verwijzer_agb.notnull())
    sleutel = ["gemeente", "domein", "toewijzingnummer"]
    samen = d.inner_join(t.select(*sleutel, praktijk=t.verwijzer_agb), sleutel)
    per = samen.group_by(["praktijk", "maand"]).agg(cent=samen.bedrag_cent.sum())
    tabel = per.to_pyarrow().to_pandas(date_as_object=False)
    tabel["periode"] = [str(Periode.halfjaar_van(dag.date())) for dag in pd.to_datetime(tabel["maand"])]
    euro = tabel.groupby(["praktijk", "periode"], as_index=False)["cent"].sum()
    return euro.assign(euro=euro["cent"].astype(float) / 100)[["praktijk", "periode", "euro"]]


def _ingeschreven(basis: Basis, plekken: pd.DataFrame) -> pd.DataFrame:
    """Enrolled children per praktijk and half-year: of that year, else of the latest delivered one before it."""
    p = basis.pandas("populatie")
    p = p[p["praktijk"].notna() & p["leeftijd"].le(MAXIMUM_LEEFTIJD)]
    per_jaar = p.groupby(["praktijk", "jaar"])["aantal"].sum().astype("float64").reset_index()
    per_jaar = per_jaar.assign(jaar=per_jaar["jaar"].astype("int64")).sort_values("jaar", kind="stable")
    plekken = plekken.assign(jaar=[Periode.lees(str(periode)).jaar for periode in plekken["periode"]])
    plekken = plekken.astype({"jaar": "int64"}).sort_values("jaar", kind="stable")
    samen = pd.merge_asof(plekken, per_jaar, on="jaar", by="praktijk")
    return samen.rename(columns={"aantal": "ingeschreven"})[["praktijk", "periode", "ingeschreven"]]
