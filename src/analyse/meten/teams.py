"""What one team (or consulent) of the local toegang gets to see of itself: what it allocated. INTERN.

An allocation is a toewijzing that the team decided on in the half-year; one that goes on with the same help within
`AANSLUITEND` days is an extension of the one before, as is a later end under the same number. In pandas and not in
the result table: a team is no dimension of it, and never may be, because it can be one person.

How many toewijzingen to expect of a team nobody knows: there is no number of children that it works for. So the
comparison is of the mix: how many of its toewijzingen would be of heavier help if, at every age, its children got
as heavy help as those of the region. Only sums and limits of other teams leave here, and no row of one of them
reaches a gemeente that it isn't of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from ibis.expr.types import Table

from analyse.kern import codes
from analyse.kern.basis import Basis
from analyse.kern.periode import Periode
from analyse.meten.bron import Bron
from analyse.meten.rooster import GESLOTEN
from analyse.meten.uitgaven_bron import Geld
from analyse.meten.verzilvering import Verzilvering, toegewezen_per_dag
from analyse.params import Params
from analyse.statistiek import Keuze, trechter_verhouding

AANSLUITEND = 32  # days between the end of one toewijzing and the begin of the next of the same help
ZWAAR_VANAF = 3  # rung of the zwaarteladder (params/producten.csv): specialised help, daghulp, verblijf
JAAR = 2  # half-years that a comparison is made of
MINIMUM_TEAMS, MINIMUM_GEMEENTEN = 5, 2  # others that a comparison must be made of
_PUNTEN = 60
_PRODUCT = ("productcategorie", "productcode", "eenheid")
_ZELFDE = ["gemeente", "persoon_nr", "aanbieder", *_PRODUCT[:2]]
MATEN = ["toewijzingen", "verlengd", "sggz", "zwaar", "verwacht", "euro", "euro_bekend", "dagen", "met_einde"]
GRENZEN = ["onder_998", "onder_95", "boven_95", "boven_998"]
KOLOMMEN = ["gebied", "soort", "team", "naam", "periode", "hulpvorm", *MATEN, "aantal_teams", "aantal_gemeenten"]
KOLOMMEN += ["grootte", "verhouding", *GRENZEN, "oordeel", "kant"]


def teams(basis: Basis, params: Params) -> pd.DataFrame:
    """Per half-year and hulpvorm what teams allocated and what that is held against; `KOLOMMEN`.

    Empty where no back office names a team. `soort`:
        team: one team of this gebied; `team` a code that is safe in a path, `naam` as delivered.
        som: all teams of the region together, the same in every gebied.
        grens: the limits of the region on an even grid of `grootte`, the same in every gebied.
    hulpvorm is a code or `totaal`. `toewijzingen` are new ones, and all measures are of these: `verlengd`, those
    extended since in whatever way (of recent ones that is still to come), `sggz`, `zwaar` (rung `ZWAAR_VANAF` and
    up) and how many of these to expect (`verwacht`), allocated `euro` of `euro_bekend` toewijzingen, `dagen` from
    begin to end of those `met_einde`. `verhouding` (observed to expected), limits, `oordeel` and `kant` are of the
    year up to and including the half-year. `aantal_teams` and `aantal_gemeenten` say of how many a sum is.
    """
    bron = Bron(basis, params)
    telling = Teams(bron)
    if telling.toewijzingen.empty:
        return pd.DataFrame(columns=KOLOMMEN)
    delen = [telling.regio.assign(gebied=gebied) for gebied in bron.rooster.gemeenten]
    return pd.concat([telling.per_team, *delen], ignore_index=True).reindex(columns=KOLOMMEN)


@dataclass(frozen=True)
class Teams:
    """The toewijzingen of teams and what is counted of them. INTERN."""

    bron: Bron

    @cached_property
    def toewijzingen(self) -> pd.DataFrame:
        """One row per toewijzing of a team in the half-years of the grid, with what is counted of it."""
        bron = self.bron
        w = bron.jeugdhulp(bron.basis.tabel("toewijzingen"))
        w = w.filter(w.hulpvorm.notnull() & (w.leveringsvorm.fill_null("zin") != "pgb"))
        w = w.mutate(
            team=w.team.strip().nullif(""), besloten=w.eerste_toewijzingsdatum.coalesce(w.toewijzingsdatum)
        )
        if not w.filter(w.team.notnull()).count().execute():
            return pd.DataFrame()
        w = _met_euro(w, Verzilvering(Geld(bron))).left_join(
            bron.basis.tabel("personen").select("persoon_nr", "geboortejaar"), "persoon_nr"
        )
        velden = (
            "persoon_nr",
            "gemeente",
            "aanbieder",
            *_PRODUCT[:2],
            "team",
            "hulpvorm",
            "sggz",
            "zwaarte",
            "verlengd",
        )
        datums = ("besloten", "ingangsdatum", "einddatum")
        rijen = w.select(*velden, *datums, "euro", "geboortejaar").to_pyarrow().to_pandas(date_as_object=False)
        return self._gemerkt(rijen)

    def _gemerkt(self, rijen: pd.DataFrame) -> pd.DataFrame:
        rijen = rijen.drop(columns="verlengd").join(_ketens(rijen))
        rijen = rijen[rijen["team"].notna() & rijen["besloten"].notna()]
        perioden = [Periode.halfjaar_van(dag.date()) for dag in rijen["besloten"]]
        jaren = [p.jaar for p in perioden]
        leeftijd = [codes.leeftijdsgroep(jaar, jong) for jaar, jong in zip(jaren, _jaren(rijen), strict=True)]
        nieuw = ~rijen["vervolg"]
        dagen = (rijen["einddatum"] - rijen["ingangsdatum"]).dt.days + 1
        gemeenten, vormen = self.bron.rooster.gemeenten, GESLOTEN["hulpvorm"]
        tabel = pd.DataFrame(
            {
                "gebied": [gemeenten[nr] for nr in rijen["gemeente"]],
                "team": rijen["team"].astype(str).to_numpy(),
                "periode": [str(p) for p in perioden],
                "hulpvorm": [vormen[nr] for nr in rijen["hulpvorm"]],
                "leeftijd": leeftijd,
                "toewijzingen": nieuw.astype(float).to_numpy(),
                "verlengd": (nieuw & rijen["verlengd"]).astype(float).to_numpy(),
                "sggz": (nieuw & rijen["sggz"].fillna(False).astype(bool)).astype(float).to_numpy(),
                "zwaar": (nieuw & rijen["zwaarte"].ge(ZWAAR_VANAF).fillna(False)).astype(float).to_numpy(),
                "euro": rijen["euro"].where(nieuw).fillna(0.0).astype(float).to_numpy(),
                "euro_bekend": (nieuw & rijen["euro"].notna()).astype(float).to_numpy(),
                "dagen": dagen.where(nieuw & dagen.gt(0)).fillna(0.0).astype(float).to_numpy(),
                "met_einde": (nieuw & dagen.gt(0)).astype(float).to_numpy(),
            }
        )
        return tabel[tabel["periode"].isin(self.bron.rooster.namen)].reset_index(drop=True)

    @cached_property
    def _geteld(self) -> pd.DataFrame:
        """Sums per gebied, team, periode and hulpvorm (`totaal` too), with how many heavier ones to expect."""
        rijen = self.toewijzingen
        groep = rijen.groupby(["periode", "leeftijd"])[["zwaar", "toewijzingen"]].transform("sum")
        kans = (groep["zwaar"] / groep["toewijzingen"].where(groep["toewijzingen"] > 0)).fillna(0)
        rijen = rijen.assign(verwacht=kans * rijen["toewijzingen"])
        alles = pd.concat([rijen, rijen.assign(hulpvorm=codes.TOTAAL)], ignore_index=True)
        return alles.groupby(["gebied", "team", "periode", "hulpvorm"], as_index=False)[MATEN].sum()

    @cached_property
    def _oordelen(self) -> dict[str, pd.DataFrame]:
        """Per half-year the judged teams: index gebied and team, over the year up to and including it."""
        totalen = self._geteld[self._geteld["hulpvorm"].eq(codes.TOTAAL)]
        namen = self.bron.rooster.namen
        uit: dict[str, pd.DataFrame] = {}
        for nr in range(JAAR - 1, len(namen)):
            jaar = totalen[totalen["periode"].isin(namen[nr - JAAR + 1 : nr + 1])]
            som = jaar.groupby(["gebied", "team"])[["zwaar", "verwacht"]].sum()
            som = som[som["verwacht"] > 0]
            gemeenten = som.index.get_level_values("gebied").nunique()
            if len(som) > MINIMUM_TEAMS and gemeenten > MINIMUM_GEMEENTEN:
                oordeel = trechter_verhouding(som["zwaar"], som["verwacht"], keuze=Keuze(spreiding="optellend"))
                uit[namen[nr]] = oordeel.tabel
        return uit

    @cached_property
    def per_team(self) -> pd.DataFrame:
        """The rows of soort `team`."""
        oordelen = [
            tabel.reset_index().rename(columns={"waarde": "verhouding"}).assign(periode=periode)
            for periode, tabel in self._oordelen.items()
        ]
        plek = ["gebied", "team", "periode"]
        leeg = pd.DataFrame(columns=[*plek, "verhouding", *GRENZEN, "oordeel", "kant"])
        oordeel = pd.concat(oordelen, ignore_index=True)[leeg.columns] if oordelen else leeg
        samen = self._geteld.merge(oordeel.assign(hulpvorm=codes.TOTAAL), how="left", on=[*plek, "hulpvorm"])
        veilig = teamcodes(self.bron.basis)
        sleutels = zip(samen["gebied"], samen["team"], strict=True)
        samen = samen.assign(soort="team", naam=samen["team"], team=[veilig[sleutel] for sleutel in sleutels])
        return samen.sort_values([*plek, "hulpvorm"], kind="stable")

    @cached_property
    def regio(self) -> pd.DataFrame:
        """The rows of soort `som` and `grens`, without gebied."""
        per = self._geteld.groupby(["periode", "hulpvorm"])
        aantal = per.agg(aantal_teams=("team", "size"), aantal_gemeenten=("gebied", "nunique"))
        som = per[MATEN].sum().join(aantal).assign(soort="som").reset_index()
        grenzen = [_lijnen(tabel).assign(periode=periode) for periode, tabel in self._oordelen.items()]
        return pd.concat([som, *grenzen], ignore_index=True)


def _jaren(rijen: pd.DataFrame) -> list[int | None]:
    return [None if pd.isna(jaar) else int(jaar) for jaar in rijen["geboortejaar"]]


def _met_euro(w: Table, v: Verzilvering) -> Table:
    """With `euro`: the whole allocation at the average declared price of its product; null where unknown."""
    g = v.geleverd
    prijs = g.group_by(list(_PRODUCT)).agg(cent=g.cent.sum(), stuks=g.geleverd.sum())
    prijs = prijs.filter((prijs.stuks > 0) & (prijs.cent > 0)).select(*_PRODUCT, prijs=prijs.cent / prijs.stuks)
    w = w.mutate(productcode=w.productcode.fill_null(""), begin=w.ingangsdatum, slot=w.einddatum)
    w = w.left_join(prijs, list(_PRODUCT)).select(*w.columns, "prijs")
    dagen = w.slot.delta(w.begin, unit="day") + 1
    # Threads add up in any order: whole cents are the same every time.
    return w.mutate(euro=(toegewezen_per_dag(w) * dagen * w.volume.isnull().ifelse(1.0, w.prijs)).round() / 100)


def _ketens(w: pd.DataFrame) -> pd.DataFrame:
    """`vervolg`: goes on with the same help of the same child; `verlengd`: is gone on with, by whomever."""
    w = w.assign(productcode=w["productcode"].fillna(""), productcategorie=w["productcategorie"].fillna(""))
    w = w.sort_values([*_ZELFDE, "ingangsdatum", "besloten"], kind="stable")
    groep = [w[naam] for naam in _ZELFDE]
    sprong = (w["ingangsdatum"] - w.groupby(_ZELFDE, sort=False)["einddatum"].shift()).dt.days
    vervolg = sprong.gt(0) & sprong.le(AANSLUITEND)
    gevolgd = vervolg.groupby(groep, sort=False).shift(-1, fill_value=False)
    return pd.DataFrame({"vervolg": vervolg, "verlengd": gevolgd | w["verlengd"].fillna(0).gt(0)}).sort_index()


def _lijnen(tabel: pd.DataFrame) -> pd.DataFrame:
    """The limits on an even grid over round numbers, so that no bend or end of a line gives a team away."""
    op_grootte = tabel.sort_values("grootte", kind="stable")
    x = op_grootte["grootte"].to_numpy(dtype=float)
    rooster = np.linspace(5 * np.floor(x[0] / 5), 5 * np.ceil(x[-1] / 5), _PUNTEN)
    lijnen = {naam: np.interp(rooster, x, op_grootte[naam].to_numpy(dtype=float)) for naam in GRENZEN}
    return pd.DataFrame({"soort": "grens", "hulpvorm": codes.TOTAAL, "grootte": rooster, **lijnen})


def teamcodes(basis: Basis) -> dict[tuple[str, str], str]:
    """gebied and team as delivered to a code for paths: small letters, digits, dashes; unlike within a gebied."""
    t = basis.pandas("toewijzingen")[["gemeente", "team"]].dropna()
    namen = sorted(
        {(str(gebied), team) for gebied, naam in t.itertuples(index=False) if (team := str(naam).strip())}
    )
    uit: dict[tuple[str, str], str] = {}
    for gebied, team in namen:
        kaal = re.sub(r"[^a-z0-9]+", "-", team.lower()).strip("-") or "team"
        bezet = {code for (g, _), code in uit.items() if g == gebied}
        keuzes = (kaal if nr == 1 else f"{kaal}-{nr}" for nr in range(1, len(bezet) + 2))
        uit[gebied, team] = next(code for code in keuzes if code not in bezet)
    return uit
