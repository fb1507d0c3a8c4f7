"""Aanbieders beside each other, INTERN: what differs more than size, chance and kind of help explain; no ranking.

Every aanbieder is held against what the region has for the same mix of hulpvormen (indirect standardisation), and
judged by a funnel widened for overdispersion, because aanbieders have other children as well. The mix is that of
the ended trajecten with declarations in two years. An expected median is the geometric mean of the medians of the
hulpvormen: near enough for a question, and a difference is a question, not a verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analyse.kern import codes
from analyse.statistiek import Keuze, Trechter, krimp_maat, trechter_maat, trechter_verhouding
from analyse.weergave import opmaak
from analyse.weergave.beeld import ZICHTBAAR, Beeld

PER = "aanbieder"
GEWOON, ONBEKEND = "gewoon", "te weinig gegevens"
KOSTEN = "uitgaven.per_traject"
# What is compared, in the order of the tables; the heads are short because they stand side by side.
MATEN: dict[str, str] = {
    "jeugdigen.actief": "Jeugdigen",
    "trajectduur.mediaan_km": "Verwachte duur (dagen)",
    "wachttijd.toewijzing_start": "Wachttijd (dagen)",
    "uitval.strikt": "Uitval",
    "geen_nieuwe_start.12_maanden": "Geen nieuwe start in een jaar",
    "tevredenheid.acht_of_hoger": "Cijfer acht of hoger",
    "zonder_hulp.verder": "Zonder hulp verder",
    "doelrealisatie.behaald": "Doelen behaald",
    KOSTEN: "Euro per traject",
}
# Specialist mental care (the programme asks for it by aanbieder).
SGGZ = {"zorgpad.sggz_duur": "Verwachte duur (dagen)", "zorgpad.sggz_afschaling": "Daarna lichtere hulp"}
_TERUG = 4  # half-years to look back for a figure that isn't known yet
_HALFJAREN = 4  # that the mix and the costs are taken from
_GENOEG = 10  # trajecten of others that a comparison must rest on
_Z = 1.959964
_KEUZE = Keuze(spreiding="optellend")
Rij = NDArray[np.float64]


def vergelijk(beeld: Beeld, indicator: str) -> pd.DataFrame:
    """Every aanbieder of the gebied in the newest half-year with figures, and the total, judged.

    Columns of the result table; `regio` (the figure of all together); `verwacht` (that of the region for the same
    kinds of help), `verhouding` to it with limits `v_onder` and `v_boven`; `oordeel`: `gewoon`, 'hoger …',
    'lager …' or `te weinig gegevens`; counts are not judged. Index: the code of the aanbieder.
    """
    rijen = _nieuwste(beeld, indicator)
    totaal = beeld.rijen(indicator, periodes=beeld.periodes)
    totaal = totaal[totaal["periode"].isin(set(rijen["periode"]))]
    regio = float(totaal["waarde"].iloc[-1]) if len(totaal) else float("nan")
    rijen = rijen.set_index(PER, drop=False).assign(regio=regio)
    eenheid = str(rijen["eenheid"].iloc[0]) if len(rijen) else "aantal"
    leeg = dict.fromkeys(("verwacht", "verhouding", "v_onder", "v_boven"), np.nan)
    if eenheid == "aantal":
        return rijen.assign(**leeg, oordeel="")
    if indicator == KOSTEN and not mix(beeld).cellen.empty:
        return _met_kosten(rijen, mix(beeld).kosten())
    return _aandeel(beeld, rijen) if eenheid == "procent" else _maat(beeld, rijen)


def _nieuwste(beeld: Beeld, indicator: str) -> pd.DataFrame:
    periodes = beeld.periodes[-_TERUG:]
    rijen = beeld.rijen(indicator, per=PER, periodes=periodes)
    gezien = set(rijen.loc[rijen["waarde"].notna() & rijen["status"].isin(ZICHTBAAR), "periode"])
    laatste = max(gezien, default=str(beeld.periode))
    return rijen[rijen["periode"].eq(laatste) & rijen[PER].ne(codes.ONBEKEND)]


@dataclass(frozen=True, eq=False)
class Mix:
    """Ended trajecten per aanbieder and hulpvorm in the newest complete two years, and their costs.

    `cellen`: aanbieder, hulpvorm, n, euro; `vormen`: per hulpvorm n, euro and `cv` (spread of one traject ÷ mean).
    """

    cellen: pd.DataFrame
    vormen: pd.DataFrame

    @classmethod
    def van(cls, beeld: Beeld) -> Mix:
        """Of one gebied; half-years whose declarations aren't complete only when there are no others."""
        tabel = beeld.vrijgave.tabel
        raak = (
            tabel["indicator"].eq(KOSTEN) & tabel["gebied"].eq(beeld.gebied) & tabel["hulpvorm"].ne(codes.TOTAAL)
        )
        rijen = tabel[raak & tabel["noemer"].gt(0)]
        klaar = sorted(set(rijen.loc[rijen["status"].eq("definitief"), "periode"])) or sorted(
            set(rijen["periode"])
        )
        rijen = rijen[rijen["periode"].isin(klaar[-_HALFJAREN:])]
        alle = rijen[rijen[PER].eq(codes.TOTAAL)]
        log_fout = (np.log(alle["boven"]) - np.log(alle["onder"])) / (2 * _Z)
        # Squared spread of one traject, weighed by how many it was measured on.
        alle = alle.assign(
            kwadraat=alle["noemer"] ** 2 * log_fout**2, gemeten=alle["noemer"].where(log_fout.notna())
        )
        vormen = alle.groupby("hulpvorm")[["noemer", "teller", "kwadraat", "gemeten"]].sum()
        cv = (vormen["kwadraat"] / vormen["gemeten"].where(vormen["gemeten"] > 0)) ** 0.5
        cv = cv.fillna((vormen["kwadraat"].sum() / max(vormen["gemeten"].sum(), 1)) ** 0.5)
        per = rijen[~rijen[PER].isin((codes.TOTAAL, codes.ONBEKEND))].groupby([PER, "hulpvorm"])
        cellen = per[["noemer", "teller"]].sum().reset_index()
        namen = {"noemer": "n", "teller": "euro"}
        return cls(cellen.rename(columns=namen), vormen.rename(columns=namen)[["n", "euro"]].assign(cv=cv))

    @cached_property
    def gewicht(self) -> pd.DataFrame:
        """The share of each hulpvorm (columns) in the ended trajecten of an aanbieder (rows)."""
        kruis = self.cellen.pivot_table(index=PER, columns="hulpvorm", values="n", aggfunc="sum", fill_value=0.0)
        return kruis.div(kruis.sum(axis=1), axis=0)

    def anderen(self, aanbieder: str) -> int:
        """How many other aanbieders at least give each kind of help that this one gives now and then or more."""
        wie = self.cellen[self.cellen["n"].gt(0)]
        eigen = wie[wie[PER].eq(aanbieder)]
        vormen = eigen.loc[eigen["n"] >= 0.1 * eigen["n"].sum(), "hulpvorm"]
        aantal = wie[wie["hulpvorm"].isin(vormen) & wie[PER].ne(aanbieder)].groupby("hulpvorm")[PER].nunique()
        return int(aantal.reindex(vormen).fillna(0).min()) if len(vormen) else 0

    @cached_property
    def verblijf(self) -> set[str]:
        """Aanbieders of which most ended trajecten were verblijf."""
        deel = self.gewicht[[vorm for vorm in self.gewicht if str(vorm) >= "11"]].sum(axis=1)
        return set(deel.index[deel > 0.5])

    def kosten(self) -> pd.DataFrame:
        """Euros of ended trajecten against those of the region for the same hulpvormen, per aanbieder.

        n, werkelijk, verwacht (euros), `verhouding` with `onder` and `boven`, the same shrunk to 1 (`geschat`,
        `g_onder`, `g_boven`), limits and `oordeel` of the funnel. The spread of one traject is that of its
        hulpvorm in the region, because that of a few trajecten says nothing.
        """
        per = self.cellen.join(self.vormen.rename(columns={"n": "n_regio", "euro": "euro_regio"}), on="hulpvorm")
        gemiddeld = per["euro_regio"] / per["n_regio"]
        per = per.assign(
            e=per["n"] * gemiddeld,
            v=per["n"] * (per["cv"] * gemiddeld) ** 2,
            anderen=per["n"] * (per["n_regio"] - per["n"]),
        )
        som = per.groupby(PER)[["n", "euro", "e", "v", "anderen"]].sum()
        # Who is nearly alone in its kind of help would be compared with itself.
        alleen = som["anderen"] / som["n"] < _GENOEG
        fout = np.sqrt(som["v"]) / som["e"]
        verhouding = (som["euro"] / som["e"]).where(som["euro"] > 0)
        uit = trechter_maat(som["euro"], som["e"], fout, keuze=_KEUZE)
        krimp = krimp_maat(verhouding, fout, tau2=uit.overdispersie.tau2)
        reik = np.exp(_Z * fout)
        return uit.tabel[["onder_998", "boven_998"]].assign(
            n=som["n"], werkelijk=som["euro"], verwacht=som["e"], verhouding=verhouding,
            onder=verhouding / reik, boven=verhouding * reik, geschat=krimp["geschat"],
            g_onder=krimp["onder"], g_boven=krimp["boven"],
            oordeel=_oordelen(uit).mask(alleen, ONBEKEND), methode=uit.methode,
        )  # fmt: skip

    def verwacht(self, wie: pd.Index, per_vorm: pd.Series, regio: float, *, log: bool) -> Rij:
        """What the region has for the mix of each aanbieder; that of all help where the mix isn't known."""
        waarden = per_vorm.reindex(self.gewicht.columns).fillna(regio).astype(float)
        getal = waarden.to_numpy(dtype=float)
        gewogen = self.gewicht.to_numpy() @ (np.log(np.maximum(getal, 1.0)) if log else getal)
        uit = pd.Series(np.exp(gewogen) if log else gewogen, index=self.gewicht.index)
        return uit.reindex(wie).fillna(regio).to_numpy(dtype=float)


def mix(beeld: Beeld) -> Mix:
    """The mix of the gebied; made once per Beeld."""
    bewaard: Mix | None = beeld.__dict__.get("_mix")
    if bewaard is None:
        object.__setattr__(beeld, "_mix", bewaard := Mix.van(beeld))
    return bewaard


def _met_kosten(rijen: pd.DataFrame, kosten: pd.DataFrame) -> pd.DataFrame:
    eigen = kosten.reindex(rijen.index)
    return rijen.assign(
        verwacht=eigen["verwacht"] / eigen["n"],
        verhouding=eigen["verhouding"],
        v_onder=eigen["onder"],
        v_boven=eigen["boven"],
        oordeel=eigen["oordeel"].fillna(ONBEKEND),
    )


def _per_vorm(beeld: Beeld, rijen: pd.DataFrame) -> pd.Series:
    """The figure of the region per hulpvorm in the same half-year; empty where it isn't measured so."""
    indicator, periode = str(rijen["indicator"].iloc[0]), str(rijen["periode"].iloc[0])
    tabel = beeld.rijen(indicator, per="hulpvorm")
    tabel = tabel[tabel["periode"].eq(periode) & tabel["waarde"].notna()]
    return tabel.set_index("hulpvorm")["waarde"]


def _aandeel(beeld: Beeld, rijen: pd.DataFrame) -> pd.DataFrame:
    """Shares, in exact limits around the expected number; of what most have, those who haven't are counted."""
    regio = float(rijen["regio"].iloc[0])
    verwacht = mix(beeld).verwacht(rijen.index, _per_vorm(beeld, rijen), regio, log=False)
    meest = regio > 50
    teller = rijen["noemer"] - rijen["teller"] if meest else rijen["teller"]
    hoeveel = rijen["noemer"] * (100 - verwacht if meest else verwacht) / 100
    uit = trechter_verhouding(teller, hoeveel, keuze=_KEUZE)
    if meest:
        uit.tabel["kant"] = uit.tabel["kant"].map({"hoger": "lager", "lager": "hoger", "": ""})
    deler = np.where(verwacht > 0, verwacht, np.nan)
    grenzen = {"verhouding": "waarde", "v_onder": "onder", "v_boven": "boven"}
    maten = {naam: rijen[kolom].to_numpy(dtype=float) / deler for naam, kolom in grenzen.items()}
    return rijen.assign(verwacht=verwacht, **maten, oordeel=_oordelen(uit))


def _maat(beeld: Beeld, rijen: pd.DataFrame) -> pd.DataFrame:
    """Days and euros: by their own margin, on the log scale."""
    regio = float(rijen["regio"].iloc[0])
    verwacht = mix(beeld).verwacht(rijen.index, _per_vorm(beeld, rijen), regio, log=True)
    onder, boven = rijen["onder"].where(rijen["onder"] > 0), rijen["boven"]
    fout = (np.log(boven) - np.log(onder)) / (2 * _Z)
    uit = trechter_maat(rijen["waarde"], verwacht, fout, keuze=_KEUZE)
    return rijen.assign(
        verwacht=verwacht,
        verhouding=rijen["waarde"] / verwacht,
        v_onder=onder / verwacht,
        v_boven=boven / verwacht,
        oordeel=_oordelen(uit),
    )


def _oordelen(uit: Trechter) -> pd.Series:
    woorden = uit.tabel["kant"].where(uit.tabel["signaal"], "").map(lambda k: f"{k} dan gewoon" if k else GEWOON)
    return woorden.mask(uit.tabel["oordeel"].eq("geen_oordeel"), ONBEKEND)


def marge(rij: pd.Series) -> str:
    """The limits of a figure; empty where there are none."""
    if pd.isna(rij["onder"]) or pd.isna(rij["boven"]):
        return opmaak.GEEN_WAARNEMING
    eenheid = str(rij["eenheid"])
    return f"{opmaak.cel(rij['onder'], eenheid)} tot {opmaak.cel(rij['boven'], eenheid)}"


def van_verwacht(rij: pd.Series) -> str:
    """The ratio to what was expected, with its limits: `112% (95% tot 131%)`."""
    if pd.isna(rij["verhouding"]):
        return opmaak.GEEN_WAARNEMING
    delen = [opmaak.procent(100 * rij[naam]) for naam in ("verhouding", "v_onder", "v_boven")]
    return f"{delen[0]} ({delen[1]} tot {delen[2]})"
