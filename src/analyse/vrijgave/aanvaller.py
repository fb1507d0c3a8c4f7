"""The attacker: what can somebody with the whole Vrijgave, the definitions and a solver find out?

Judge of the gate, so it shares no code with it: from the published rows and the declared families (`kennis`) it
builds its own linear system over the counts and asks for the lowest and highest value of every hidden one. With
the `meting` beside it the attacker is strict: he has the shown counts unrounded and knows which hidden counts are
small. What is safe against the strict one is safe.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from analyse.kern.fouten import DomeinFout
from analyse.kern.resultaat import Meting, Vrijgave
from analyse.kern.schema import SLEUTEL
from analyse.params import Params
from analyse.vrijgave.banden import Band, banden, resten
from analyse.vrijgave.families import families_van
from analyse.vrijgave.kennis import Cel, Kennis

Getallen = NDArray[np.float64]
Nummers = NDArray[np.intp]
_EPS = 1e-6
_KOLOMMEN = ("grootheid", *SLEUTEL[1:], "onder", "boven", "nodig", "lek", "weg")
# Random directions in a row that free no count, before what still looks narrow is solved exactly.
_GEDULD = 3


def aanval(
    vrijgave: Vrijgave, *, params: Params, meting: Meting | None = None, vorige: Sequence[Vrijgave] = ()
) -> pd.DataFrame:
    """Bounds of every hidden count from everything published; with `meting` by the strict attacker.

    `vorige` are earlier releases: the strict attacker has the counts that they show and that didn't change.

    Columns: grootheid and the key, `onder` and `boven`, `nodig` (how far apart they must be), `lek` (they are
    nearer) and `weg`, the ties through which it leaks. Bounds of a leak are the tightest there are; of a safe
    count they are values that are both possible. A remainder that must stay unknown has "… zonder …" as grootheid.
    Raises DomeinFout when no counts at all fit what was published. Under `afronden` a printed 0 or one step may be
    few or none: those are what must stay unknown, and there is no strict attacker.
    """
    kennis = kennis_van(vrijgave, params=params, meting=meting, vorige=vorige)
    oordeel = aanval_op(kennis)
    if not kennis.waarheid or not vorige:
        return oordeel
    return _zonder_wat_al_weg_was(oordeel, kennis, vorige)


def kennis_van(
    vrijgave: Vrijgave, *, params: Params, meting: Meting | None = None, vorige: Sequence[Vrijgave] = ()
) -> Kennis:
    """What is known to who has all that; see `aanval`."""
    families = families_van(params)
    kennis = Kennis(params.regio.drempels, families)
    kennis.lees(families.zelfstandig(vrijgave.tabel))
    if meting is not None and params.regio.drempels.beleid == "onderdrukken":
        kennis.lees_waarheid(families.zelfstandig(meting.tabel))
    for eerder in vorige:
        kennis.lees_eerder(families.zelfstandig(eerder.tabel))
    return kennis


def aanval_op(kennis: Kennis) -> pd.DataFrame:
    """Bounds of all that must stay unknown from whatever is in `kennis`; columns as `aanval`."""
    terug = [
        (*cel, np.nan, np.nan, np.nan, True, "eerder verborgen, nu getoond") for cel in sorted(kennis.teruggegeven)
    ]
    oordeel = Aanval(kennis).oordeel()
    return (
        pd.concat([oordeel, pd.DataFrame(terug, columns=list(_KOLOMMEN))], ignore_index=True) if terug else oordeel
    )


def _zonder_wat_al_weg_was(oordeel: pd.DataFrame, kennis: Kennis, vorige: Sequence[Vrijgave]) -> pd.DataFrame:
    """A count that earlier releases alone leave too narrow isn't a leak of this one: nothing hides it any more."""
    lek = oordeel["lek"] & oordeel["onder"].notna()
    if not lek.any():
        return oordeel
    oud = kennis.alleen_eerder([kennis.families.zelfstandig(eerder.tabel) for eerder in vorige])
    sleutel = list(_KOLOMMEN[:8])
    toen = aanval_op(oud).set_index(sleutel)
    smal = (toen["boven"] - toen["onder"] < toen["nodig"] - _EPS).reindex(
        pd.MultiIndex.from_frame(oordeel[sleutel])
    )
    al_weg = lek & smal.fillna(value=False).to_numpy(dtype=bool)
    oordeel.loc[al_weg, "weg"] = "stond al in een eerdere editie"
    return oordeel.assign(lek=oordeel["lek"] & ~al_weg)


class Stelsel:
    """Columns (counts, remainders, slack) with their bounds, and the ties between them, in independent parts."""

    def __init__(self, kennis: Kennis) -> None:
        self.banden = list(banden(kennis))
        self.resten = resten(kennis, self.banden)
        cellen = [*kennis.onder, *(cel for band in self.banden for cel in (band.totaal, *band.delen))]
        self.nummer: dict[Cel, int] = {cel: i for i, cel in enumerate(dict.fromkeys(cellen))}
        self.onder = [kennis.onder.get(cel, 0.0) for cel in self.nummer]
        self.boven = [kennis.boven.get(cel, np.inf) for cel in self.nummer]
        self._termen: list[tuple[int, int, float]] = []
        for rij, band in enumerate(self.banden):
            self._voeg_toe(rij, band)
        self.restkolom = [self._rest(i, *paar) for i, paar in enumerate(self.resten)]
        self._verdeel()

    def _voeg_toe(self, rij: int, band: Band) -> None:
        self._termen.append((rij, self.nummer[band.totaal], band.factor))
        self._termen += [(rij, self.nummer[cel], -1.0) for cel in band.delen]
        if band.teken:
            self._termen.append((rij, self._kolom(), -float(band.teken)))

    def _rest(self, nummer: int, totaal: Cel, deel: Cel) -> int:
        rij, kolom = len(self.banden) + nummer, self._kolom()
        self._termen += [(rij, self.nummer[totaal], 1.0), (rij, self.nummer[deel], -1.0), (rij, kolom, -1.0)]
        return kolom

    def _kolom(self) -> int:
        """A new column that is at least 0."""
        self.onder.append(0.0)
        self.boven.append(np.inf)
        return len(self.onder) - 1

    def _verdeel(self) -> None:
        """Number the parts that have nothing unknown in common, per column and per tie."""
        self.laag, self.hoog = np.array(self.onder), np.array(self.boven)
        rijen, kolommen, waarden = (np.array([term[i] for term in self._termen]) for i in range(3))
        rijen, kolommen = rijen.astype(np.intp), kolommen.astype(np.intp)
        n, vorm = len(self.banden) + len(self.resten), len(self.laag)
        self.matrix: csr_array = coo_array((waarden, (rijen, kolommen)), shape=(n, vorm)).tocsr()
        los = (self.hoog > self.laag)[kolommen]
        graaf = coo_array((np.ones(los.sum()), (rijen[los], kolommen[los] + n)), shape=(n + vorm,) * 2)
        label = connected_components(graaf, directed=False)[1]
        self.rijdeel, self.kolomdeel = label[:n], label[n:]
        self.rechts = -(self.matrix @ np.where(self.hoog > self.laag, 0.0, self.laag))

    def los_op(
        self, deel: int, richting: Getallen, *, plafond: float = np.inf
    ) -> tuple[Nummers, Getallen | None, Getallen]:
        """The counts that go farthest in a direction within one part: columns, values (None: unbounded), weights.

        No count above `plafond`. The weights say how much each tie of the whole system held them back.
        """
        kolommen = np.flatnonzero((self.kolomdeel == deel) & (self.hoog > self.laag))
        rijen = np.flatnonzero(self.rijdeel == deel)
        uit = linprog(
            -richting[kolommen],
            A_eq=self.matrix[rijen][:, kolommen],
            b_eq=self.rechts[rijen],
            bounds=np.stack([self.laag[kolommen], np.minimum(self.hoog[kolommen], plafond)], axis=1),
        )
        gewicht = np.zeros(len(self.rijdeel))
        if uit.status == 3:
            return kolommen, None, gewicht
        if uit.status != 0:
            raise DomeinFout(
                "De vrijgave spreekt zichzelf tegen: er zijn geen aantallen die passen bij wat er staat.",
                waar=self.naam(int(rijen[0])),
                doe="Controleer of de sommen en standen in de meting kloppen.",
            )
        gewicht[rijen] = uit.eqlin.marginals
        return kolommen, uit.x, gewicht

    def naam(self, rij: int) -> str:
        """A tie in words."""
        return self.banden[rij].naam if rij < len(self.banden) else "rest"


class Aanval:
    """Asks the system for the bounds of all that must stay unknown."""

    def __init__(self, kennis: Kennis, *, zaad: int = 5) -> None:
        self.kennis = kennis
        self.stelsel = Stelsel(kennis)
        s = self.stelsel
        verborgen = sorted(kennis.verborgen)
        self.doelen = np.array([*(s.nummer[cel] for cel in verborgen), *s.restkolom], dtype=np.intp)
        self.namen = [*verborgen, *((f"{t[0]} zonder {d[0]}", *d[1:]) for t, d in s.resten)]
        breed = float(kennis.drempels.beschermingsinterval)
        self.nodig = np.array([*(kennis.nodig(cel) for cel in verborgen), *([breed] * len(s.resten))])
        self.rng = np.random.default_rng(zaad)
        # Lowest and highest values seen in solutions: both possible, so the interval is at least this wide.
        self.min, self.max = np.full(len(s.laag), np.inf), np.full(len(s.laag), -np.inf)
        vast = s.hoog <= s.laag
        self.min[vast] = self.max[vast] = s.laag[vast]

    def oordeel(self) -> pd.DataFrame:
        """One row per hidden count or remainder."""
        for deel in np.unique(self.stelsel.kolomdeel[self.doelen]) if len(self.doelen) else ():
            self._verken(int(deel))
        rijen = [self._regel(i) for i in range(len(self.doelen))]
        return pd.DataFrame(rijen, columns=list(_KOLOMMEN))

    def _eng(self) -> NDArray[np.bool_]:
        return self.max[self.doelen] - self.min[self.doelen] < self.nodig - _EPS

    def _verken(self, deel: int) -> None:
        """Random directions, aimed at what still looks narrow in this part."""
        hier = self.stelsel.kolomdeel[self.doelen] == deel
        plafond = 100.0 + 10 * float(np.nanmax(self.stelsel.laag, initial=0.0))
        zonder_winst = 0
        while zonder_winst < _GEDULD:
            eng = int(self._eng().sum())
            open_ = self.doelen[hier & self._eng()]
            open_ = open_[self.stelsel.hoog[open_] > self.stelsel.laag[open_]]
            if not len(open_):
                return
            richting = np.zeros(len(self.min))
            richting[open_] = self.rng.uniform(0.5, 1.5, len(open_)) * self.rng.choice([-1.0, 1.0], len(open_))
            for kant in (richting, -richting):
                self._zie(*self.stelsel.los_op(deel, kant, plafond=plafond)[:2])
            zonder_winst = 0 if self._eng().sum() < eng else zonder_winst + 1

    def _zie(self, kolommen: Nummers, waarden: Getallen | None) -> None:
        if waarden is not None:
            self.min[kolommen] = np.minimum(self.min[kolommen], waarden)
            self.max[kolommen] = np.maximum(self.max[kolommen], waarden)

    def _regel(self, i: int) -> tuple[object, ...]:
        kolom, weg = int(self.doelen[i]), ""
        if self._eng()[i] and self.stelsel.hoog[kolom] > self.stelsel.laag[kolom]:
            weg = self._grens(kolom)
        lek = bool(self._eng()[i]) and self.kennis.telt(self.namen[i], self.max[kolom])
        return (*self.namen[i], self.min[kolom], self.max[kolom], self.nodig[i], lek, weg if lek else "")

    def _grens(self, kolom: int) -> str:
        """Exact bounds of one column; returns the ties that hold it, the strongest first."""
        gewichten = np.zeros(len(self.stelsel.rijdeel))
        for kant in (1.0, -1.0):
            richting = np.zeros(len(self.min))
            richting[kolom] = kant
            kolommen, waarden, gewicht = self.stelsel.los_op(int(self.stelsel.kolomdeel[kolom]), richting)
            gewichten += np.abs(gewicht)
            self._zie(kolommen, waarden)
            if waarden is None:
                self.max[kolom] = np.inf
        sterk = [int(rij) for rij in np.argsort(-gewichten, kind="stable") if gewichten[rij] > _EPS]
        return " · ".join(dict.fromkeys(self.stelsel.naam(rij) for rij in sterk[:6]))
