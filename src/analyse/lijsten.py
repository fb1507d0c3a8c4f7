"""Rows that go back to whom they are about: lists for a back office, a praktijk or an aanbieder. INTERN.

Beside the chain and not in it: a half-year report never needs them, so they are made when an INTERN report asks.
No list holds a person; a toewijzingnummer is what a back office can look up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from analyse.kern import codes
from analyse.kern.basis import Basis
from analyse.kern.periode import Periode
from analyse.meten.spiegel import praktijken
from analyse.params import Params

Lijst = Callable[[Basis, Params], pd.DataFrame]
HUISARTS = "02"


def _signalen(basis: Basis, params: Params) -> pd.DataFrame:
    from analyse.meten.signalen import signalen  # the engine takes a second to load

    return signalen(basis, params).rename(columns={"gemeente": "gebied"})


# Every list has a column `gebied`.
LIJSTEN: Mapping[str, Lijst] = {
    "bevindingen": lambda basis, _: basis.pandas("bevindingen"),
    "telling": lambda basis, _: basis.pandas("telling"),
    "praktijken": praktijken,
    "signalen": _signalen,
}


def eenheden(
    basis: Basis, periode: Periode, namen: Mapping[str, str]
) -> dict[str, dict[str, Sequence[tuple[str, str]]]]:
    """The praktijken that referred and the aanbieders that helped somebody in the year up to the period's end.

    Of each kind ('praktijk', 'aanbieder') and gebied the (AGB code, name), in order of code.
    """
    spells = _recent(basis, pd.Timestamp(periode.eind))
    huisartsen = spells.loc[spells["verwijzer"].eq(HUISARTS), "verwijzer_agb"]
    soorten = {"praktijk": huisartsen, "aanbieder": spells["aanbieder"]}
    return {soort: {codes.REGIO: _met_naam(agbs, namen)} for soort, agbs in soorten.items()}


def _recent(basis: Basis, einde: pd.Timestamp) -> pd.DataFrame:
    spells = basis.pandas("spells")
    begin, eind = pd.to_datetime(spells["begin"]), pd.to_datetime(spells["eind"])
    telt = begin.le(einde) & (eind.isna() | eind.gt(einde - pd.DateOffset(years=1)))
    return spells[telt & spells["hulpvorm"].notna()]


def _met_naam(agbs: pd.Series, namen: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(agb, namen.get(agb, f"AGB {agb}")) for agb in sorted(set(agbs.dropna()))]
