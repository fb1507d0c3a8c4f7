"""What may explain a number: the files of the edition itself, what was released, figures of others, fixed text.

The narrower the source, the less chance that a leak looks explained. So an object with a CSV of its own is held
to that CSV; the wider sources are for text that has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise
from math import ceil, floor, sqrt
from statistics import fmean

import numpy as np
import pandas as pd

from analyse.kern import codes
from analyse.kern.periode import Periode
from analyse.kern.resultaat import Vrijgave
from analyse.params import Params
from analyse.vrijgave.uitgave.getallen import Getal
from analyse.vrijgave.uitgave.namen import Rij, als_rijen
from analyse.vrijgave.uitgave.vast import BEWEGING, VasteTekst

TOELICHTING = "toelichting"  # the released table with how much was hidden and why
_MINIMUM_HALFJAREN = 6  # a report names no ordinary swing on less
# What a report rounds the bounds of a swing to; amounts to thousands, from a million on to tenths of a million.
_STAPPEN = {"aantal": 5.0, "per_1000": 0.1, "cijfer": 0.1}
_ZONDER_MARGE = {"dagen": 1.0, "procent": 1.0, "cijfer": 0.1}  # standard error where none can be made


@dataclass(frozen=True)
class Vrijgegeven:
    """What the gate let through, where it is at hand: the result table, and other tables by name.

    `kwaliteit` explains numbers where findings are told, `toelichting` only in the table of what is hidden,
    and any other table (effects) where measures are told. `erbij` has figures that went through a gate of their
    own (paths, transitions), as rows of the result table.
    """

    vrijgave: Vrijgave | None = None
    tabellen: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    erbij: pd.DataFrame | None = None

    @cached_property
    def cijfers(self) -> pd.DataFrame | None:
        """All released figures; None when they aren't at hand."""
        if self.vrijgave is None or self.erbij is None or self.erbij.empty:
            return None if self.vrijgave is None else self.vrijgave.tabel
        return pd.concat([self.vrijgave.tabel, self.erbij], ignore_index=True)


class Bronnen:
    """The sources of one edition."""

    def __init__(self, params: Params, vrijgegeven: Vrijgegeven) -> None:
        self.params, self.vrijgegeven = params, vrijgegeven
        self.vast = VasteTekst(params)

    @cached_property
    def _per_gebied(self) -> dict[str, pd.DataFrame]:
        cijfers = self.vrijgegeven.cijfers
        return {} if cijfers is None else {str(g): deel for g, deel in cijfers.groupby("gebied")}

    def vrij(self, gebied: str) -> list[Rij]:
        """Everything that was released about a gebied and the region; of all gebieden for the region."""
        gebieden = list(self._per_gebied) if gebied == codes.REGIO else [gebied, codes.REGIO]
        return [rij for g in gebieden for rij in self._rijen_van(g)]

    @cache  # noqa: B019 - one object per run
    def _rijen_van(self, gebied: str) -> list[Rij]:
        return als_rijen(self._per_gebied[gebied]) if gebied in self._per_gebied else []

    @cached_property
    def cbs(self) -> list[float]:
        """Figures of others that stand beside ours: as they are, added up for the region, and as shares."""
        map_ = self.params.wortel / "data" / "referentie"
        tabellen = [pd.read_csv(pad, sep=";", dtype=str) for pad in sorted(map_.glob("cbs_*.csv"))]
        return [getal for tabel in tabellen if "waarde" in tabel for getal in _van_cbs(tabel)]

    @cache  # noqa: B019 - one object per run
    def overig(self, kwaliteit: bool) -> list[float]:
        """All numbers in the released findings, or in the other released tables, with their sums per measure."""
        namen = [naam for naam in self.vrijgegeven.tabellen if naam != TOELICHTING]
        tabellen = [self.vrijgegeven.tabellen[naam] for naam in namen if (naam == "kwaliteit") == kwaliteit]
        return [getal for tabel in tabellen for getal in (*_getallen_in(tabel), *_sommen(tabel))]

    @cached_property
    def toelichting(self) -> list[float]:
        """How many figures are shown and hidden in the whole edition, per reason and rounded to tens."""
        tabel = self.vrijgegeven.tabellen.get(TOELICHTING)
        return [] if tabel is None else list(_getallen_in(tabel))

    def statussen(self, gebied: str, periode: str) -> list[float]:
        """How many figures of a gebied are shown, provisional, hidden: all of the result table and totals only."""
        if self.vrijgegeven.vrijgave is None:
            return []
        tabel = self.vrijgegeven.vrijgave.tabel
        deel = tabel[tabel["gebied"].eq(gebied) & tabel["periode"].eq(periode)]
        totaal = deel[(deel[list(codes.DIMENSIES)] == codes.TOTAAL).all(axis=1)]
        return [0.0, *(float(n) for d in (deel, totaal) for n in (len(d), *d["status"].value_counts()))]

    @cache  # noqa: B019 - one object per run
    def banden(self, gebied: str) -> list[float]:
        """Bounds of the ordinary swing of every series, made again from what was released."""
        gebieden = list(self._per_gebied) if gebied == codes.REGIO else [gebied, codes.REGIO]
        delen = [self._per_gebied[g] for g in gebieden if g in self._per_gebied]
        return [grens for deel in delen for grens in _banden(deel, self.params)]


def past(getal: Getal, waarden: Iterable[float]) -> bool:
    """Whether one of the values prints as this number; whole thousands of euros may have been rounded to that."""
    reeks = np.abs(np.fromiter(waarden, dtype=float))
    stap = 500.0 if getal.eenheid == "euro" and getal.waarde % 1000 == 0 else getal.stap
    return bool((np.abs(reeks - abs(getal.waarde)) <= stap + 1e-6).any())


def _van_cbs(tabel: pd.DataFrame) -> Iterator[float]:
    waarde = pd.to_numeric(tabel["waarde"], errors="coerce")
    yield from waarde.dropna()
    yield from (10 * waarde[tabel["eenheid"].eq("procent")]).dropna()  # per 1,000
    per_maat = [k for k in ("maat", "periode", "categorie") if k in tabel]
    gemeente = tabel["gebied"].str.startswith("GM")
    som = waarde[gemeente].groupby([tabel.loc[gemeente, k] for k in per_maat]).sum()
    yield from som
    if "categorie" in per_maat:
        geheel = waarde.groupby([tabel["maat"], tabel["periode"], tabel["gebied"]]).transform("sum")
        yield from (100 * waarde / geheel).dropna()
        yield from 100 * som / som.groupby(level=["maat", "periode"]).transform("sum")


def _getallen_in(tabel: pd.DataFrame) -> Iterator[float]:
    for kolom in tabel.select_dtypes("number").columns:
        yield from (float(w) for w in tabel[kolom].dropna().unique())


def _sommen(tabel: pd.DataFrame) -> Iterator[float]:
    """Totals over the years, as tables of money show them."""
    if "maatregel" in tabel.columns:
        som = tabel.groupby("maatregel").sum(numeric_only=True).to_numpy(dtype=float)
        yield from (float(w) for w in som.ravel() if w == w)


def _banden(tabel: pd.DataFrame, params: Params) -> Iterator[float]:
    reeks = [k for k in ("indicator", "gebied", *codes.DIMENSIES, "eenheid") if k in tabel.columns]
    uniek = tabel[tabel["waarde"].notna()].drop_duplicates([*reeks, "periode"])
    for sleutel, deel in uniek.groupby(reeks, sort=False):
        op_tijd = deel.sort_values("periode", kind="stable")
        if len(op_tijd) > _MINIMUM_HALFJAREN:
            yield from _band(op_tijd, _breuk(params, str(sleutel[0])))


def _breuk(params: Params, indicator: str) -> object:
    dagen = [b.datum for b in params.regio.breuken if not b.indicatoren or indicator.startswith(b.indicatoren)]
    return max(dagen) if dagen else None


def _band(reeks: pd.DataFrame, breuk: object) -> Iterator[float]:
    """Mean plus and minus 2.66 mean steps or 3 standard errors, of all but the newest, since the last break."""
    eerder, nu = reeks.iloc[:-1], reeks.iloc[-1]
    if breuk is not None:
        eerder = eerder[[Periode.lees(str(p)).begin >= breuk for p in eerder["periode"]]]  # type: ignore[operator]
    waarden = [float(w) for w in eerder["waarde"]]
    if len(waarden) < _MINIMUM_HALFJAREN:
        return
    eenheid, midden = str(nu["eenheid"]), fmean(waarden)
    helft = max(BEWEGING * fmean(abs(b - a) for a, b in pairwise(waarden)), 3 * _fout(midden, nu, eenheid))
    stap = _stap(midden + helft, eenheid)
    yield floor(max(0.0, midden - helft) / stap) * stap
    yield ceil((midden + helft) / stap) * stap


def _stap(boven: float, eenheid: str) -> float:
    if eenheid == "euro":
        return 1e5 if boven >= 1e6 else 1e3
    return _STAPPEN.get(eenheid, 1.0)


def _fout(midden: float, nu: pd.Series, eenheid: str) -> float:
    noemer, onder, boven = (float(nu[naam]) for naam in ("noemer", "onder", "boven"))
    if eenheid == "aantal":
        return sqrt(midden)
    if eenheid == "per_1000" and noemer > 0:
        return 1000 * sqrt(midden / 1000 / noemer)
    if eenheid == "procent" and noemer > 0:
        deel = min(max(midden / 100, 0.0), 1.0)
        return 100 * sqrt(deel * (1 - deel) / noemer)
    if boven == boven and onder == onder:
        return (boven - onder) / (2 * 1.96)
    return _ZONDER_MARGE.get(eenheid, 0.0)
