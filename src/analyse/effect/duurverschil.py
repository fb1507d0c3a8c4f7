"""Did help get shorter? Difference in duration, with cases that still run counted as what they are.

Restricted mean within a fixed number of days, because a median may never be reached and a mean of ended cases
favours short ones. With a comparison group it is the difference of two differences. The bootstrap draws persons
and not cases: the trajecten of one child are not independent.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analyse.effect.reeks import Matrix, Rijen
from analyse.effect.woorden import getal
from analyse.kern.fouten import LeveringFout
from analyse.statistiek import rmst

KOLOMMEN = ("persoon", "dagen", "geëindigd", "na")
TOT = 730.0
TREKKINGEN = 999
# All samples together don't fit in memory when there are many trajecten.
RIJEN_PER_HAP = 2_000_000


@dataclass(frozen=True, eq=False)
class Duurverschil:
    """Change of the restricted mean in days; negative is shorter. `tabel`: one row per group and period."""

    effect: float
    interval: tuple[float, float]
    p: float
    tabel: pd.DataFrame
    tot: float
    met_vergelijking: bool

    @property
    def tekst(self) -> str:
        """The change in one Dutch sentence."""
        onder, boven = self.interval
        kant = "korter" if self.effect < 0 else "langer"
        tegen = " dan bij de vergelijkingsgroep" if self.met_vergelijking else " dan voor de start"
        return (
            f"Binnen {getal(self.tot)} dagen duurde hulp gemiddeld {getal(abs(self.effect))} dagen {kant}{tegen} "
            f"(95%-interval: {getal(onder)} tot {getal(boven)} dagen)."
        )


def duurverschil(
    tabel: pd.DataFrame, *, tot: float = TOT, trekkingen: int = TREKKINGEN, seed: int = 1
) -> Duurverschil:
    """Change in duration after the start, against a comparison group when the table has one.

    One row per traject: persoon, dagen (length, or days watched so far), geëindigd (true or false), na (begun
    after the start), and optionally behandeld (false: comparison group). Interval: percentiles over `trekkingen`
    seeded bootstrap samples of persons. Raises LeveringFout when a group is empty or not watched for `tot` days.
    """
    schoon = _controleer(tabel)
    groep = _groepen(schoon)
    schatting = _rmst_per_groep(schoon, groep, np.ones((1, len(schoon)), dtype=np.int64), tot)[0]
    if np.isnan(schatting).any():
        raise LeveringFout(
            "Niet elke groep is lang genoeg gevolgd.",
            ontvangen=f"korter dan {getal(tot)} dagen",
            doe="Kies een kortere periode met `tot`, of wacht tot er meer dagen zijn.",
        )
    gewichten = _gewichten(schoon["persoon"], trekkingen, seed)
    happen = np.array_split(gewichten, -(-gewichten.size // RIJEN_PER_HAP))
    verschillen = _verschil(np.vstack([_rmst_per_groep(schoon, groep, hap, tot) for hap in happen]))
    verschillen = verschillen[np.isfinite(verschillen)]
    onder, boven = np.quantile(verschillen, [0.025, 0.975])
    kleiner = (1 + min((verschillen <= 0).sum(), (verschillen >= 0).sum())) / (1 + len(verschillen))
    effect = float(_verschil(schatting[None])[0])
    rijen = _rijen(schoon, groep, schatting)
    return Duurverschil(
        effect, (float(onder), float(boven)), min(1.0, 2 * float(kleiner)), rijen, tot, len(rijen) == 4
    )


def _controleer(tabel: pd.DataFrame) -> pd.DataFrame:
    ontbreekt = [kolom for kolom in KOLOMMEN if kolom not in tabel]
    if ontbreekt or tabel.empty:
        raise LeveringFout(
            "Een duurmeting is een tabel met één rij per traject en de kolommen persoon, dagen, geëindigd en na.",
            ontvangen=f"zonder {', '.join(ontbreekt)}" if ontbreekt else "geen rijen",
        )
    schoon = tabel.assign(behandeld=tabel.get("behandeld", True)).reset_index(drop=True)
    if len(schoon.groupby(["behandeld", "na"])) not in (2, 4) or schoon["na"].nunique() < 2:
        raise LeveringFout(
            "Er zijn trajecten nodig van voor en van na de start, in elke groep.",
            ontvangen=f"{len(schoon.groupby(['behandeld', 'na']))} groepen",
        )
    return schoon


def _groepen(tabel: pd.DataFrame) -> Rijen:
    """0 treated before, 1 treated after, 2 and 3 the comparison group."""
    nummer = tabel["na"].astype(int) + 2 * (~tabel["behandeld"].astype(bool)).astype(int)
    return np.asarray(nummer, dtype=np.int64)


def _gewichten(persoon: pd.Series, trekkingen: int, seed: int) -> Rijen:
    """How often each row is in each bootstrap sample of persons."""
    nummer, namen = pd.factorize(persoon, sort=True)
    rng = np.random.default_rng(seed)
    per_persoon = rng.multinomial(len(namen), np.full(len(namen), 1 / len(namen)), size=trekkingen)
    return np.asarray(per_persoon[:, nummer], dtype=np.int64)


def _rmst_per_groep(tabel: pd.DataFrame, groep: Rijen, gewicht: Rijen, tot: float) -> Matrix:
    """Restricted mean per sample (rows) and group (columns); every sample × group is a group of one big table."""
    groepen = int(groep.max()) + 1
    steekproef = np.repeat(np.arange(len(gewicht)), len(tabel))
    lang = pd.DataFrame(
        {
            "groep": steekproef * groepen + np.tile(groep, len(gewicht)),
            "t": np.tile(tabel["dagen"].to_numpy(dtype=float), len(gewicht)),
            "einden": np.tile(tabel["geëindigd"].to_numpy(dtype=bool), len(gewicht)) * gewicht.ravel(),
            "aantal": gewicht.ravel(),
        }
    )
    lang = lang[lang["aantal"] > 0].groupby(["groep", "t"], as_index=False).sum()
    uit = rmst(lang, tot=tot).set_index("groep")["rmst"].reindex(range(len(gewicht) * groepen))
    return np.asarray(uit.to_numpy().reshape(len(gewicht), groepen))


def _verschil(waarden: Matrix) -> Matrix:
    eigen = waarden[:, 1] - waarden[:, 0]
    return eigen if waarden.shape[1] == 2 else eigen - (waarden[:, 3] - waarden[:, 2])


def _rijen(tabel: pd.DataFrame, groep: Rijen, schatting: Matrix) -> pd.DataFrame:
    nummers = range(len(schatting))
    return pd.DataFrame(
        {
            "behandeld": [nummer < 2 for nummer in nummers],
            "na": [nummer % 2 == 1 for nummer in nummers],
            "trajecten": np.bincount(groep, minlength=len(schatting)),
            "lopend": np.bincount(groep, weights=~tabel["geëindigd"].to_numpy(dtype=bool)).astype(int),
            "gemiddelde_dagen": schatting,
        }
    )
