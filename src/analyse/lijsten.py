"""Rows that go back to whom they are about: lists for a back office, a team, a praktijk or an aanbieder. INTERN.

Beside the chain and not in it: a half-year report never needs them, so they are made when an INTERN report asks.
No list holds a person; a toewijzingnummer is what a back office can look up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from analyse.kern import codes
from analyse.kern.basis import Basis
from analyse.kern.periode import Periode
from analyse.meten.bron import JEUGDWET
from analyse.meten.paden import paden
from analyse.meten.spiegel import praktijk_kwartalen, praktijken
from analyse.meten.teams import teamcodes, teams
from analyse.params import Params

Lijst = Callable[[Basis, Params], pd.DataFrame]
HUISARTS = "02"


def _signalen(basis: Basis, params: Params) -> pd.DataFrame:
    from analyse.meten.signalen import signalen  # the engine takes a second to load

    return signalen(basis, params).rename(columns={"gemeente": "gebied"})


def _jaarrekening(basis: Basis, params: Params) -> pd.DataFrame:
    from analyse.meten import aansluiting_per_groep

    return aansluiting_per_groep(basis, params=params).rename(columns={"gemeente": "gebied"})


# Every list has a column `gebied`.
LIJSTEN: Mapping[str, Lijst] = {
    "jaarrekening": _jaarrekening,
    "bevindingen": lambda basis, _: basis.pandas("bevindingen"),
    "telling": lambda basis, _: basis.pandas("telling"),
    "aanbiederpaden": lambda basis, params: paden(basis, params, langs="aanbieder"),
    "praktijken": praktijken,
    "praktijk_kwartalen": praktijk_kwartalen,
    "teams": teams,
    "signalen": _signalen,
}


def eenheden(
    basis: Basis, periode: Periode, namen: Mapping[str, str]
) -> dict[str, dict[str, Sequence[tuple[str, str]]]]:
    """Who referred, helped or allocated in the year up to the period's end, of each kind and gebied.

    'praktijk' and 'aanbieder': (AGB code, name) in the region; 'team': (code for paths, name as delivered) in each
    gemeente, none where the back office names no team. In order of code.
    """
    spells = _recent(basis, pd.Timestamp(periode.eind))
    huisartsen = spells.loc[spells["verwijzer"].eq(HUISARTS), "verwijzer_agb"]
    soorten = {"praktijk": huisartsen, "aanbieder": spells["aanbieder"]}
    uit: dict[str, dict[str, Sequence[tuple[str, str]]]] = {"team": _teams(basis, pd.Timestamp(periode.eind))}
    return uit | {soort: {codes.REGIO: _met_naam(agbs, namen)} for soort, agbs in soorten.items()}


def _teams(basis: Basis, einde: pd.Timestamp) -> dict[str, Sequence[tuple[str, str]]]:
    w = basis.pandas("toewijzingen")
    besloten = pd.to_datetime(w["eerste_toewijzingsdatum"].fillna(w["toewijzingsdatum"]))
    recent = besloten.le(einde) & besloten.gt(einde - pd.DateOffset(years=1))
    w = w[recent & w["domein"].eq(JEUGDWET) & w["hulpvorm"].notna() & w["team"].notna()]
    actief = {(str(gemeente), str(team).strip()) for gemeente, team in zip(w["gemeente"], w["team"], strict=True)}
    uit: dict[str, list[tuple[str, str]]] = {}
    for (gemeente, team), code in teamcodes(basis).items():
        if (gemeente, team) in actief:
            uit.setdefault(gemeente, []).append((code, team))
    return {gemeente: sorted(eigen) for gemeente, eigen in uit.items()}


def _recent(basis: Basis, einde: pd.Timestamp) -> pd.DataFrame:
    spells = basis.pandas("spells")
    begin, eind = pd.to_datetime(spells["begin"]), pd.to_datetime(spells["eind"])
    telt = begin.le(einde) & (eind.isna() | eind.gt(einde - pd.DateOffset(years=1)))
    return spells[telt & spells["hulpvorm"].notna()]


def _met_naam(agbs: pd.Series, namen: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(agb, namen.get(agb, f"AGB {agb}")) for agb in sorted(set(agbs.dropna()))]
