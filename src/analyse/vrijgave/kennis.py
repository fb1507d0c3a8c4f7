"""What an attacker knows: from published rows to intervals of counts, and the ties between counts.

Shares no code with the gate, only the declaration of `families`: it is half of the judge of the gate. A printed
count is rounded, so it stands for an interval; `lees_waarheid` makes the attacker strict.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from analyse.kern import codes
from analyse.kern.schema import SLEUTEL
from analyse.params import Drempels
from analyse.vrijgave.families import Bron, Cijfer, Families

Rij = dict[Any, Any]  # one row of the result table
Cel = tuple[str, ...]  # count, gebied, periode, then the five dimensions
_AANBIEDER = SLEUTEL.index("aanbieder")


@dataclass
class Kennis:
    """What the attacker knows: an interval per count, and equations between counts."""

    drempels: Drempels
    families: Families
    onder: dict[Cel, float] = field(default_factory=dict)
    boven: dict[Cel, float] = field(default_factory=dict)
    euro: set[Cel] = field(default_factory=set)
    verborgen: set[Cel] = field(default_factory=set)
    # Hidden as a count, so that it may not be told by a rate either.
    geheim: set[Cel] = field(default_factory=set)
    getoond: set[Cel] = field(default_factory=set)
    klein: set[Cel] = field(default_factory=set)
    gedrukt: dict[Cel, float] = field(default_factory=dict)
    waarheid: dict[Cel, float] = field(default_factory=dict)
    # Printed sums of shares: the cells of the unknown category and of the total, and what was printed.
    bekend: dict[tuple[Cel, Cel], float] = field(default_factory=dict)
    # Printed percentages without their counts, by (part, whole).
    procent: dict[tuple[Cel, Cel], float] = field(default_factory=dict)
    # What the n of means can be, and over how many periods it adds up.
    maten: dict[Cel, tuple[float, float]] = field(default_factory=dict)
    vensters: dict[Cel, int] = field(default_factory=dict)
    # Hidden in an earlier release and shown now.
    teruggegeven: set[Cel] = field(default_factory=set)
    gemeenten: tuple[str, ...] = ()
    # Contributions behind amounts, from the true figures.
    bijdragen: dict[Cel, list[float]] = field(default_factory=dict)
    # Means (count and split) that are hidden for more than a small n, so that hidden tells nothing about n.
    dicht: set[tuple[object, ...]] = field(default_factory=set)

    def lees(self, tabel: pd.DataFrame) -> None:
        """Take in published rows."""
        for rij in tabel.to_dict("records"):
            eigen = self.families.cijfer(rij["indicator"], rij["eenheid"])
            if eigen.soort in ("euro", "euro_per") and eigen.teller is not None:
                self.euro.add(_cel(rij, eigen.teller))
            self._maat(rij, eigen)
            if rij["status"] == "verborgen":
                self._verborgen(rij, eigen)
            else:
                for cel, waarde in _cellen(rij, eigen):
                    self._getoond(cel, waarde)
                self._bekenden(rij, eigen)
                self._aandeel(rij, eigen)
        self.verborgen -= self.getoond - self.geheim

    def _bekenden(self, rij: Rij, eigen: Cijfer) -> None:
        """A denominator of known categories tells how many are unknown."""
        as_ = eigen.bekend_langs
        if not as_ or eigen.noemer is None or rij[as_] == codes.ONBEKEND or np.isnan(rij["noemer"]):
            return
        cel, plek = _cel(rij, eigen.noemer), SLEUTEL.index(as_)
        paar = (*cel[:plek], codes.ONBEKEND, *cel[plek + 1 :]), (*cel[:plek], codes.TOTAAL, *cel[plek + 1 :])
        self.bekend[paar] = float(rij["noemer"])

    def _maat(self, rij: Rij, eigen: Cijfer) -> None:
        """That a mean is shown or hidden tells on which side of the minimum its n is."""
        grens = self.drempels.minimum_maat
        if eigen.soort != "maat" or eigen.noemer is None or rij["status"] == "niet_leverbaar":
            return
        cel = _cel(rij, eigen.noemer)
        if eigen.noemer.halfjaren > 1:
            self.vensters[cel] = eigen.noemer.halfjaren
            cel = venster(cel)
        kanten = {"verborgen": (0.0, grens - 1.0), "geen_waarneming": (0.0, 0.0)}
        self.maten[cel] = kanten.get(rij["status"], (float(grens), np.inf))

    def _aandeel(self, rij: Rij, eigen: Cijfer) -> None:
        """A share without its counts: the count behind it isn't hidden, but nobody has printed it."""
        if eigen.soort != "aandeel" or np.isnan(rij["waarde"]) or not (eigen.teller and eigen.noemer):
            return
        deel, geheel = _cel(rij, eigen.teller), _cel(rij, eigen.noemer)
        self.getoond.add(deel)
        self.ken(deel)
        if np.isnan(rij["noemer"]):
            self.procent[deel, geheel] = float(rij["waarde"])

    def _verborgen(self, rij: Rij, eigen: Cijfer) -> None:
        if eigen.soort in ("aantal", "aandeel", "euro") and eigen.teller is not None:
            self.ken(_cel(rij, eigen.teller))
            self.verborgen.add(_cel(rij, eigen.teller))
        if eigen.soort in ("aantal", "euro") and eigen.teller is not None:
            self.geheim.add(_cel(rij, eigen.teller))

    def ken(self, cel: Cel, onder: float = 0.0, boven: float = np.inf) -> None:
        self.onder[cel] = max(self.onder.get(cel, 0.0), onder)
        self.boven[cel] = min(self.boven.get(cel, np.inf), boven)

    def _getoond(self, cel: Cel, waarde: float) -> None:
        """A printed count stands for all counts that are printed so and may be shown: less than one step away."""
        self.getoond.add(cel)
        self.gedrukt[cel] = waarde
        stap, minimum = self.drempels.afronding - 1, self.drempels.minimum
        if cel in self.euro:
            self.ken(cel, waarde - 0.5, waarde + 0.5)
        elif self.drempels.beleid == "afronden":
            self.ken(cel, waarde - stap, waarde + stap)
            if waarde <= self.drempels.afronding:
                self.verborgen.add(cel)  # perhaps a few, and not for anybody to know how many
                self.geheim.add(cel)
        elif waarde == 0:
            self.ken(cel, 0.0, 0.0)
        else:
            self.ken(cel, max(waarde - stap, float(minimum)), waarde + stap)

    def lees_waarheid(self, tabel: pd.DataFrame) -> None:
        """Make the attacker strict: shown counts exact, and hidden small ones known to be small."""
        self.gemeenten = tuple(sorted(set(tabel["gebied"]) - {codes.REGIO}))
        for rij in tabel[tabel["status"].isin(["definitief", "voorlopig"])].to_dict("records"):
            eigen = self.families.cijfer(rij["indicator"], rij["eenheid"])
            if eigen.soort == "maat" and eigen.noemer is not None:
                self._maat_past(_cel(rij, eigen.noemer), eigen.noemer, float(rij["noemer"]))
            for cel, waarde in _cellen(rij, eigen):
                self.waarheid[cel] = waarde
                if eigen.soort == "euro" and cel[_AANBIEDER] != codes.TOTAAL:
                    geheel = (*cel[:_AANBIEDER], codes.TOTAAL, *cel[_AANBIEDER + 1 :])
                    self.bijdragen.setdefault(geheel, []).append(abs(waarde))
                klein = cel not in self.euro and 0 < waarde < self.drempels.minimum
                if cel in self.getoond:
                    self.onder[cel] = self.boven[cel] = waarde
                elif cel in self.verborgen and klein:
                    self.ken(cel, 0.0, self.drempels.minimum - 1.0)
                if cel in self.onder and klein:
                    self.klein.add(cel)
                    self.verborgen.add(cel)  # or should have been

    def _maat_past(self, cel: Cel, bron: Bron, aantal: float) -> None:
        """Forget what a hidden mean seems to tell where it is hidden for something else."""
        cel = venster(cel) if bron.halfjaren > 1 else cel
        if cel in self.maten and aantal > self.maten[cel][1]:
            self.dicht.add((cel[0], *(deel != codes.TOTAAL for deel in cel[3:])))

    def gebruik_maten(self) -> None:
        """Take in what means tell about counts that aren't published themselves."""
        for cel, (onder, boven) in self.maten.items():
            soort = (cel[0], *(deel != codes.TOTAAL for deel in cel[3:]))
            zeker = bool(self.waarheid) and soort not in self.dicht
            if cel not in self.verborgen | self.getoond:
                self.ken(cel, onder, boven if zeker else np.inf)

    def lees_eerder(self, tabel: pd.DataFrame) -> None:
        """Take in an earlier release: its sums too, and the counts in it that as far as anybody can see didn't
        change. Only who has the true counts (`lees_waarheid`) can tell that, so others learn nothing from it."""
        oud = Kennis(self.drempels, self.families)
        oud.lees(tabel)
        self.euro |= oud.euro
        self.teruggegeven |= oud.geheim & (self.getoond - self.geheim)
        for cel in sorted((oud.geheim | oud.gedrukt.keys()) & self.waarheid.keys()):
            waar, staat_er = self.waarheid[cel], cel in oud.gedrukt
            if staat_er and oud.onder[cel] <= waar <= oud.boven[cel] and self._zelfde_regio(cel, oud):
                self.onder[cel] = self.boven[cel] = waar
            elif not staat_er and cel not in self.onder:
                self._verborgen_cel(cel)

    def _zelfde_regio(self, cel: Cel, oud: Kennis) -> bool:
        """A region is the same count only when it was made of the same gemeenten."""
        if cel[1] != codes.REGIO:
            return True
        delen = [(cel[0], gebied, *cel[2:]) for gebied in self.gemeenten]
        return all(deel in oud.onder for deel in delen if self.waarheid.get(deel, 0.0) != 0)

    def alleen_eerder(self, vorige: list[pd.DataFrame]) -> Kennis:
        """What somebody with the same true counts has from earlier releases alone: of this one he knows what it
        counts and which of that is small, but not one number."""
        oud = Kennis(self.drempels, self.families, waarheid=self.waarheid, bijdragen=self.bijdragen)
        oud.gemeenten, oud.euro, oud.klein = self.gemeenten, set(self.euro), set(self.klein)
        for tabel in vorige:
            oud.lees_eerder(tabel)
        for cel in self.onder.keys() & self.waarheid.keys() - oud.onder.keys():
            oud.ken(cel, 0.0, self.drempels.minimum - 1.0 if cel in self.klein else np.inf)
        oud.verborgen, oud.geheim, oud.teruggegeven = set(self.verborgen), set(self.geheim), set()
        return oud

    def _verborgen_cel(self, cel: Cel) -> None:
        klein = cel not in self.euro and 0 < self.waarheid[cel] < self.drempels.minimum
        self.ken(cel, 0.0, self.drempels.minimum - 1.0 if klein else np.inf)
        self.verborgen.add(cel)
        self.geheim.add(cel)
        if klein:
            self.klein.add(cel)

    def bekenden(self, paar: tuple[Cel, Cel], gedrukt: float) -> Cel | None:
        """The printed number of known ones as a count; None where it is only what the gate makes of the total."""
        onbekend, totaal = paar
        stap = self.drempels.afronding
        if onbekend in self.verborgen and totaal in self.gedrukt:
            gemaakt = np.floor((self.gedrukt[totaal] - self.drempels.minimum / 2) / stap + 0.5) * stap
            if gedrukt == gemaakt:
                return None
        # Total and unknown are each printed less than one step from what they are.
        bekend = (f"{totaal[0]} bekend", *totaal[1:])
        self.ken(bekend, gedrukt - 2 * (stap - 1), gedrukt + 2 * (stap - 1))
        return bekend

    def telt(self, cel: Cel, hoogste: float) -> bool:
        """Whether a narrow interval is a leak.

        A count that only a share tells, and that is hidden because its whole is, may be known to be 0 or large.
        """
        return cel in self.geheim or cel not in self.verborgen or 0 < hoogste < self.drempels.minimum

    def nodig(self, cel: Cel) -> float:
        """How wide the interval of a hidden count must be."""
        breed = float(self.drempels.beschermingsinterval)
        if self.drempels.beleid == "afronden":
            breed = min(breed, self.drempels.afronding - 1.0)
        if cel in self.euro:
            return max(_beschermd_bedrag(sorted(self.bijdragen.get(cel, ()), reverse=True), self.drempels), 1.0)
        return min(breed, self.drempels.minimum - 1.0) if cel in self.klein else breed


def _beschermd_bedrag(bijdragen: list[float], drempels: Drempels) -> float:
    """How wide the interval of an amount must be: twice the protection level of the p % and dominance rules."""
    if not bijdragen:
        return 0.0
    grootste, som = bijdragen[0], sum(bijdragen)
    p_regel = drempels.p_procent / 100 * grootste - sum(bijdragen[2:])
    dominantie = grootste / drempels.maximum_aandeel - som
    te_weinig = grootste * drempels.p_procent / 100 if len(bijdragen) < drempels.minimum_aanbieders else 0.0
    return 2 * max(p_regel, dominantie, te_weinig, 0.0)


def venster(cel: Cel) -> Cel:
    """The name of a count over several periods."""
    return (f"{cel[0]} over perioden", *cel[1:])


def _cel(rij: Rij, bron: Bron) -> Cel:
    vast = dict(bron.vast)
    delen = [vast.get(naam) or str(rij[naam]) for naam in SLEUTEL[1:]]
    return (bron.grootheid, *delen)


def _cellen(rij: Rij, eigen: Cijfer) -> Iterator[tuple[Cel, float]]:
    """The counts that a shown row tells, also where only its rate would give them back."""
    teller, noemer, waarde = (float(rij[naam]) for naam in ("teller", "noemer", "waarde"))
    if eigen.soort in ("aandeel", "per_1000") and np.isnan(teller):
        teller = waarde * noemer / (100 if eigen.soort == "aandeel" else 1000)
    if eigen.soort == "euro":
        teller = waarde
    if eigen.soort == "euro_per" and np.isnan(teller):
        teller = waarde * noemer
    if eigen.soort != "maat" and eigen.teller is not None and not np.isnan(teller):
        yield _cel(rij, eigen.teller), teller
    telbaar = eigen.noemer is not None and eigen.noemer.halfjaren == 1 and not eigen.bekend_langs
    if eigen.noemer is not None and telbaar and not np.isnan(noemer):
        yield _cel(rij, eigen.noemer), noemer
