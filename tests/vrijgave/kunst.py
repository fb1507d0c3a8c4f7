"""An invented region as a Meting: figures counted from invented trajecten, so that every identity holds.

Proportions follow CBS (85335NED, trajecten and verwijzers per gemeente 2022, rounded by CBS); no child behind
a figure exists. `omvang` scales the number of trajecten: 1 is the real size of the region.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd

from analyse.kern import codes
from analyse.kern.resultaat import Meting
from analyse.params import Drempels, Gemeente, Kaart, Regio

WORTEL = Path(__file__).resolve().parents[2]
# Trajecten in 2022 per gemeente.
TRAJECTEN = {
    "GM0200": 7335,
    "GM0213": 705,
    "GM0232": 1120,
    "GM0244": 365,
    "GM0246": 940,
    "GM0262": 1055,
    "GM0285": 740,
    "GM0301": 2460,
}
HULPVORM = dict(zip(codes.HULPVORM, (0.10, 0.55, 0.05, 0.19, 0.05, 0.025, 0.005, 0.03), strict=True))
VERWIJZER = dict(zip(codes.VERWIJZER, (0.48, 0.23, 0.01, 0.10, 0.07, 0.03, 0.005, 0.075), strict=True))
DUUR = {"01": 150, "02": 280, "03": 330, "04": 320, "11": 900, "12": 700, "13": 150, "14": 260}
GROEPEN = tuple(codes.LEEFTIJD)

SPLITSINGEN = {
    "trajecten.instroom": ((), ("hulpvorm",), ("verwijzer",), ("leeftijd",)),
    "trajecten.actief": ((), ("hulpvorm",), ("leeftijd",)),
    "trajecten.beginstand": ((),),
    "trajecten.uitstroom": ((),),
    "trajecten.eindstand": ((),),
    "trajecten.herhaald": ((),),
    "jeugdigen.actief": ((), ("leeftijd",)),
    "jeugdigen.per_1000": ((),),
    "trajectduur.gemiddeld": ((), ("hulpvorm",)),
    "trajectduur.mediaan": ((),),
    "trajectduur.mediaan_km": ((),),
    "trajectduur.langlopend": ((),),
    "verwijzingen.aantal": (("verwijzer",),),
    "verwijzingen.aandeel": (("verwijzer",),),
    "verblijf.jeugdigen": ((), ("hulpvorm",), ("maatregel",)),
    "verblijf.nieuw": ((),),
    "verblijf.duur_km": ((),),
}
EENHEID = {
    "trajectduur.gemiddeld": "dagen",
    "trajectduur.mediaan": "dagen",
    "trajectduur.mediaan_km": "dagen",
    "verblijf.duur_km": "dagen",
    "trajectduur.langlopend": "procent",
    "verwijzingen.aandeel": "procent",
    "jeugdigen.per_1000": "per_1000",
}


def maak_params(gemeenten=tuple(TRAJECTEN), *, splitsingen=SPLITSINGEN, **drempels):
    """Parameters with the cards of this invented region."""
    kaarten = {naam: maak_kaart(naam, delen) for naam, delen in splitsingen.items()}
    regio = Regio(
        code="JZ-KUNST",
        naam="Kunstregio",
        gemeenten=tuple(Gemeente(code=code, naam=code) for code in gemeenten),
        drempels=Drempels(**drempels),
    )
    return SimpleNamespace(kaarten=kaarten, regio=regio, map=WORTEL / "params")


def maak_kaart(naam, splitsingen, eenheid=None):
    """A card that publishes all its tables."""
    return Kaart(
        id=naam,
        naam=naam,
        vraag="-",
        teller="-",
        waarom="-",
        bewijst_niet="-",
        eenheid=eenheid or EENHEID.get(naam, "aantal"),
        richting="geen",
        bron="-",
        eigenaar="-",
        herzien="2026-01-01",
        splitsingen=splitsingen,
        publiceer=splitsingen,
    )


class Kunst:
    """Invented trajecten (one row each) and the figures counted from them."""

    def __init__(self, *, omvang=1.0, perioden=14, gemeenten=tuple(TRAJECTEN), zaad=1):
        rng = np.random.default_rng(zaad)
        self.gemeenten, self.n_perioden = tuple(gemeenten), perioden
        self.namen = [f"{2019 + i // 2}-H{1 + i % 2}" for i in range(perioden)]
        begonnen = np.array([TRAJECTEN.get(g, 400) * 0.27 * omvang for g in gemeenten])
        aantal = rng.poisson(begonnen * (perioden + 5))
        n = int(aantal.sum())
        self.gebied = np.repeat(np.arange(len(gemeenten)), aantal)
        self.hulpvorm = rng.choice(len(HULPVORM), n, p=np.array(list(HULPVORM.values())))
        self.verwijzer = rng.choice(len(VERWIJZER), n, p=np.array(list(VERWIJZER.values())))
        # A few persons have several trajecten, some in two gemeenten.
        self.persoon = rng.integers(0, max(1, int(n * 0.7)), n)
        self.geboren = rng.integers(1998, 2019, max(1, n))[self.persoon] if n else np.zeros(0, int)
        halfjaar = 182
        self.begin = rng.integers(-5 * halfjaar, perioden * halfjaar, n)
        gemiddeld = np.array([DUUR[h] for h in HULPVORM])[self.hulpvorm]
        self.eind = self.begin + rng.exponential(gemiddeld).astype(int)
        self.maatregel = rng.random(max(1, n))[self.persoon] < 0.3 if n else np.zeros(0, bool)
        self.rijen: list[pd.DataFrame] = []

    @property
    def gebieden(self):
        """Gemeenten and region."""
        return (*self.gemeenten, codes.REGIO)

    def meting(self):
        """All figures as a Meting."""
        for t in range(self.n_perioden):
            self._periode(t)
        tabel = pd.concat(self.rijen, ignore_index=True)
        self._venster(tabel, "trajecten.instroom", "trajectduur.mediaan_km", 290.0)
        self._venster(tabel, "verblijf.nieuw", "verblijf.duur_km", 400.0)
        return Meting(pd.concat(self.rijen, ignore_index=True))

    def _leeftijd(self, t):
        jaar = 2019 + t // 2 - self.geboren
        return np.select(
            [
                (jaar >= 0) & (jaar <= 3),
                (jaar > 3) & (jaar <= 11),
                (jaar > 11) & (jaar <= 17),
                (jaar > 17) & (jaar <= 22),
            ],
            [0, 1, 2, 3],
            4,
        )

    def _periode(self, t):
        b, e = t * 182, (t + 1) * 182 - 1
        as_ = {
            "hulpvorm": (self.hulpvorm, tuple(HULPVORM)),
            "verwijzer": (self.verwijzer, tuple(VERWIJZER)),
            "leeftijd": (self._leeftijd(t), GROEPEN),
        }
        masker = {
            "trajecten.beginstand": (self.begin < b) & (self.eind >= b),
            "trajecten.instroom": (self.begin >= b) & (self.begin <= e),
            "trajecten.uitstroom": (self.eind >= b) & (self.eind <= e),
            "trajecten.actief": (self.begin <= e) & (self.eind >= b),
            "trajecten.eindstand": (self.begin <= e) & (self.eind > e),
        }
        masker["trajecten.herhaald"] = masker["trajecten.instroom"] & (self.persoon % 4 == 0)
        lang = masker["trajecten.eindstand"] & (self.begin <= e - 730)
        for naam, mask in masker.items():
            for delen in SPLITSINGEN[naam]:
                self._tel(naam, t, mask, as_, delen)
        instroom = masker["trajecten.instroom"]
        self._tel("verwijzingen.aantal", t, instroom, as_, ("verwijzer",))
        self._aandeel(t, instroom, as_)
        self._deel("trajectduur.langlopend", t, lang, masker["trajecten.eindstand"])
        uit = masker["trajecten.uitstroom"]
        self._maat(t, uit, as_, ())
        self._maat(t, uit, as_, ("hulpvorm",))
        self._personen("jeugdigen.actief", t, masker["trajecten.actief"], as_, ((), ("leeftijd",)))
        verblijf = masker["trajecten.actief"] & (self.hulpvorm >= 4)
        as_verblijf = {
            "hulpvorm": (self.hulpvorm, tuple(HULPVORM)),
            "maatregel": (np.where(self.maatregel, 0, 1), tuple(codes.MAATREGEL)),
        }
        self._personen("verblijf.jeugdigen", t, verblijf, as_verblijf, SPLITSINGEN["verblijf.jeugdigen"])
        self._personen("verblijf.nieuw", t, verblijf & instroom, {}, ((),))

    def _tabel(self, mask, as_, delen, *, uniek=False):
        """Counts [gebied, category...] with the region as last row."""
        vorm = [len(self.gemeenten), *[len(as_[d][1]) for d in delen]]
        plek = np.stack([self.gebied[mask], *[as_[d][0][mask] for d in delen]])
        regio = plek[1:]
        if uniek:
            persoon = self.persoon[mask]
            plek = np.unique(np.vstack([plek, persoon]), axis=1)[:-1]
            regio = np.unique(np.vstack([regio, persoon]), axis=1)[:-1]
        uit = np.zeros([vorm[0] + 1, *vorm[1:]])
        np.add.at(uit, tuple(plek), 1)
        np.add.at(uit[-1], tuple(regio) if delen else (), 1) if delen else None
        if not delen:
            uit[-1] = len(np.unique(self.persoon[mask])) if uniek else mask.sum()
        return uit

    def _rijen(self, naam, t, delen, as_, **kolommen):
        sleutels = list(product(self.gebieden, *[as_[d][1] for d in delen]))
        rij = pd.DataFrame(sleutels, columns=["gebied", *delen]).assign(
            indicator=naam, periode=self.namen[t], eenheid=EENHEID.get(naam, "aantal"), status="definitief"
        )
        for dim in codes.DIMENSIES:
            if dim not in delen:
                rij[dim] = codes.TOTAAL
        for kolom, matrix in kolommen.items():
            rij[kolom] = np.asarray(matrix, dtype=float).ravel()
        rij["methode"] = None
        if "noemer" in kolommen:
            rij.loc[rij["noemer"].eq(0), "status"] = "geen_waarneming"
        self.rijen.append(rij)

    def _tel(self, naam, t, mask, as_, delen):
        tabel = self._tabel(mask, as_, delen)
        self._rijen(naam, t, delen, as_, teller=tabel, waarde=tabel)

    def _personen(self, naam, t, mask, as_, splitsingen):
        for delen in splitsingen:
            tabel = self._tabel(mask, as_, delen, uniek=True)
            if naam == "verblijf.jeugdigen" and delen == ("hulpvorm",):
                as_ = {**as_, "hulpvorm": (self.hulpvorm - 4, codes.VERBLIJF)}
                tabel = self._tabel(mask, as_, delen, uniek=True)
            self._rijen(naam, t, delen, as_, teller=tabel, waarde=tabel)
            if naam == "jeugdigen.actief" and not delen:
                bevolking = np.array([*[TRAJECTEN.get(g, 400) * 6 for g in self.gemeenten], 90000.0])
                self._rijen(
                    "jeugdigen.per_1000",
                    t,
                    (),
                    {},
                    teller=tabel,
                    noemer=bevolking,
                    waarde=1000 * tabel / bevolking,
                )

    def _aandeel(self, t, mask, as_):
        tabel = self._tabel(mask, as_, ("verwijzer",))
        noemer = np.repeat(tabel[:, :-1].sum(axis=1)[:, None], tabel.shape[1], axis=1)
        noemer[:, -1] = tabel.sum(axis=1)
        with np.errstate(invalid="ignore"):
            self._rijen(
                "verwijzingen.aandeel",
                t,
                ("verwijzer",),
                as_,
                teller=tabel,
                noemer=noemer,
                waarde=100 * tabel / noemer,
            )

    def _deel(self, naam, t, deel, geheel):
        teller, noemer = self._tabel(deel, {}, ()), self._tabel(geheel, {}, ())
        with np.errstate(invalid="ignore"):
            self._rijen(naam, t, (), {}, teller=teller, noemer=noemer, waarde=100 * teller / noemer)

    def _maat(self, t, mask, as_, delen):
        tabel = self._tabel(mask, as_, delen)
        dagen = np.full(tabel.shape, 287.4)
        dagen[tabel == 0] = np.nan
        self._rijen("trajectduur.gemiddeld", t, delen, as_, noemer=tabel, waarde=dagen)
        if not delen:
            self._rijen("trajectduur.mediaan", t, delen, as_, noemer=tabel, waarde=dagen)

    def _venster(self, tabel, bron, naam, dagen):
        totalen = tabel[tabel["indicator"].eq(bron) & tabel[list(codes.DIMENSIES)].eq(codes.TOTAAL).all(axis=1)]
        breed = totalen.pivot(index="gebied", columns="periode", values="teller").loc[list(self.gebieden)]
        som = breed.T.rolling(4, min_periods=1).sum().T
        for t, periode in enumerate(self.namen):
            n = som[periode].to_numpy()
            self._rijen(naam, t, (), {}, noemer=n, waarde=np.where(n > 0, dagen, np.nan))
