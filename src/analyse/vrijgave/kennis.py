"""What an attacker knows: from published rows to intervals of counts, and the ties between counts.

Shares no code with the gate, only the declaration of `families`: it is half of the judge of the gate. A printed
count is rounded, so it stands for an interval; `lees_waarheid` makes the attacker strict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from analyse.kern import codes
from analyse.kern.periode import Periode
from analyse.kern.schema import SLEUTEL
from analyse.params import Drempels
from analyse.vrijgave.euro import BREEDTE_ANDERS
from analyse.vrijgave.families import RELATIES, Bron, Cijfer, Deel, Hoogstens, Stroom, cijfer, grootheid

Rij = dict[Any, Any]  # one row of the result table
Cel = tuple[str, ...]  # count, gebied, periode, then the five dimensions


@dataclass
class Kennis:
    """What the attacker knows: an interval per count, and equations between counts."""

    drempels: Drempels
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
    # Means (count and split) that are hidden for more than a small n, so that hidden tells nothing about n.
    dicht: set[tuple[object, ...]] = field(default_factory=set)

    def lees(self, tabel: pd.DataFrame) -> None:
        """Take in published rows."""
        for rij in tabel.to_dict("records"):
            eigen = cijfer(rij["indicator"], rij["eenheid"])
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
            cel = _venster(cel)
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
        """A printed count stands for all counts that round to it and may be shown."""
        self.getoond.add(cel)
        self.gedrukt[cel] = waarde
        if cel in self.euro:
            self.ken(cel, waarde - 0.5, waarde + 0.5)
            return
        if waarde == 0 and self.drempels.beleid == "onderdrukken":
            self.ken(cel, 0.0, 0.0)
            return
        if self.drempels.beleid == "afronden":
            self.ken(cel, waarde - self.drempels.afronding + 1, waarde + self.drempels.afronding - 1)
            if waarde <= self.drempels.afronding:
                self.verborgen.add(cel)  # perhaps a few, and not for anybody to know how many
                self.geheim.add(cel)
            return
        half, minimum = self.drempels.afronding / 2, self.drempels.minimum
        laagste = max(np.ceil(waarde - half), minimum if waarde >= minimum else 0.0)
        self.ken(cel, laagste, np.ceil(waarde + half) - 1)

    def lees_waarheid(self, tabel: pd.DataFrame) -> None:
        """Make the attacker strict: shown counts exact, and hidden small ones known to be small."""
        for rij in tabel[tabel["status"].isin(["definitief", "voorlopig"])].to_dict("records"):
            eigen = cijfer(rij["indicator"], rij["eenheid"])
            if eigen.soort == "maat" and eigen.noemer is not None:
                self._maat_past(_cel(rij, eigen.noemer), eigen.noemer, float(rij["noemer"]))
            for cel, waarde in _cellen(rij, eigen):
                self.waarheid[cel] = waarde
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
        cel = _venster(cel) if bron.halfjaren > 1 else cel
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
        """Take in an earlier release: counts that it shows, that are hidden now and that didn't change."""
        oud = Kennis(self.drempels)
        oud.lees(tabel)
        for cel in oud.getoond & self.verborgen & oud.gedrukt.keys():
            waar = self.waarheid.get(cel)
            if waar is not None and oud.onder[cel] <= waar <= oud.boven[cel]:
                self.onder[cel] = self.boven[cel] = waar

    def bekend_band(self, paar: tuple[Cel, Cel], gedrukt: float) -> Band | None:
        """The tie of a printed number of known ones; None where it is only what the gate makes of the total."""
        onbekend, totaal = paar
        afronding = self.drempels.afronding
        if onbekend in self.verborgen and totaal in self.gedrukt:
            gemaakt = np.floor((self.gedrukt[totaal] - self.drempels.minimum / 2) / afronding + 0.5) * afronding
            if gedrukt == gemaakt:
                return None
        bekend = (f"{totaal[0]} bekend", *totaal[1:])
        half = afronding / 2
        self.ken(bekend, np.ceil(gedrukt - half), np.ceil(gedrukt + half) - 1)
        return Band("bekende en onbekende verwijzers", totaal, (bekend, onbekend))

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
            return max(BREEDTE_ANDERS * abs(self.waarheid.get(cel, 0.0)), 1.0)
        return min(breed, self.drempels.minimum - 1.0) if cel in self.klein else breed


def _venster(cel: Cel) -> Cel:
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


@dataclass(frozen=True)
class Band:
    """One tie between counts: `totaal` = Σ `delen`, or, when `min_` is set, at least (or at most) that.

    `rest` says that what one part leaves of the total is as sensitive as the part, `groep` also when that is
    nothing at all, `nul` that the part is sensitive when it is 0 itself.
    """

    soort: str
    totaal: Cel
    delen: tuple[Cel, ...]
    teken: int = 0  # 0: equal; 1: the total is at least the sum; −1: at most
    factor: float = 1.0  # of the total
    rest: bool = False
    groep: bool = False
    nul: bool = False

    @property
    def naam(self) -> str:
        """The tie in words."""
        return f"{self.soort}: {', '.join(deel for deel in self.totaal if deel != codes.TOTAAL)}"


def banden(kennis: Kennis) -> Iterator[Band]:
    """Every tie between the counts that were published, and stocks and flows that follow from them."""
    kennis.gebruik_maten()
    cellen = [cel for cel in kennis.onder if cel not in kennis.maten]
    yield from _vensters(kennis)
    yield from _regio(cellen)
    yield from _sommen(cellen)
    for relatie in RELATIES:
        if isinstance(relatie, Stroom):
            yield from _stromen(kennis, relatie)
        else:
            yield from _paren(kennis, relatie)
    for (deel, geheel), procent in kennis.procent.items():
        yield Band("percentage", geheel, (deel,), -1, factor=max(procent - 0.5, 0.0) / 100)
        yield Band("percentage", geheel, (deel,), 1, factor=(procent + 0.5) / 100)
    for paar, gedrukt in kennis.bekend.items():
        if band := kennis.bekend_band(paar, gedrukt):
            yield band


def _vensters(kennis: Kennis) -> Iterator[Band]:
    jaarlijks = {SLEUTEL.index(naam) for r in RELATIES if isinstance(r, Stroom) for naam in r.per_jaar}
    for cel, aantal in kennis.vensters.items():
        periode, delen = Periode.lees(cel[2]), []
        for _ in range(aantal):
            delen.append((*cel[:2], str(periode), *cel[3:]))
            periode = periode.vorige
        wisselt = any(cel[as_] != codes.TOTAAL for as_ in jaarlijks)
        if not wisselt and all(deel in kennis.onder for deel in delen):
            yield Band("samen de perioden achter een maat", _venster(cel), tuple(delen))


def _groepeer(paren: Iterable[tuple[Cel, Cel]]) -> dict[Cel, list[Cel]]:
    groepen: dict[Cel, list[Cel]] = defaultdict(list)
    for totaal, deel in paren:
        groepen[totaal].append(deel)
    return groepen


def _regio(cellen: list[Cel]) -> Iterator[Band]:
    gemeenten = [cel for cel in cellen if cel[1] != codes.REGIO]
    bekend = set(cellen)
    for regio, delen in _groepeer(((cel[0], codes.REGIO, *cel[2:]), cel) for cel in gemeenten).items():
        uniek = grootheid(regio[0]).uniek
        if regio in bekend:
            yield Band("gemeenten en regio", regio, tuple(delen), -1 if uniek else 0)
            yield from (Band("regio minstens een gemeente", regio, (cel,), 1) for cel in delen if uniek)


def _sommen(cellen: list[Cel]) -> Iterator[Band]:
    for as_, dimensie in enumerate(codes.DIMENSIES, start=3):
        gesplitst = [cel for cel in cellen if cel[as_] != codes.TOTAAL]
        for totaal, delen in _groepeer(((*c[:as_], codes.TOTAAL, *c[as_ + 1 :]), c) for c in gesplitst).items():
            overlap = dimensie in grootheid(totaal[0]).overlap
            yield Band(f"{dimensie} en totaal", totaal, tuple(delen), -1 if overlap else 0, rest=True, groep=True)
            yield from (Band("totaal minstens een categorie", totaal, (cel,), 1) for cel in delen if overlap)


def _stromen(kennis: Kennis, relatie: Stroom) -> Iterator[Band]:
    plekken = {cel[1:] for cel in kennis.onder if cel[0] in relatie.namen}
    actief, begin, instroom, eind, uitstroom = relatie.namen
    assen = [SLEUTEL.index(naam) - 1 for naam in relatie.per_jaar]
    for plek in sorted(plekken):
        if sum((naam, *plek) in kennis.onder for naam in relatie.namen) < 2:
            continue
        yield Band("beginstand en instroom", (actief, *plek), ((begin, *plek), (instroom, *plek)))
        yield Band("eindstand en uitstroom", (actief, *plek), ((eind, *plek), (uitstroom, *plek)))
        later = (plek[0], str(Periode.lees(plek[1]).volgende), *plek[2:])
        wisselt = later[1].endswith("H1") and any(plek[as_] != codes.TOTAAL for as_ in assen)
        if later in plekken and not wisselt:
            yield Band("eindstand en volgende beginstand", (eind, *plek), ((begin, *later),))


def _paren(kennis: Kennis, relatie: Deel | Hoogstens) -> Iterator[Band]:
    klein, groot = relatie.paar
    vast = {SLEUTEL.index(naam): code for naam, code in groot.vast}
    for cel in [cel for cel in kennis.onder if cel[0] == klein]:
        ander = (groot.grootheid, *(vast.get(as_, deel) for as_, deel in enumerate(cel[1:], start=1)))
        if ander not in kennis.onder:
            continue
        if isinstance(relatie, Deel):
            soort = {"rest": True, "groep": relatie.over_personen, "nul": relatie.nul_onthult}
            yield Band("deel en geheel", ander, (cel,), 1, **soort)
        else:
            yield Band("hoogstens", ander, (cel,), 1)


def resten(kennis: Kennis, alle: Iterable[Band]) -> list[tuple[Cel, Cel]]:
    """(total, part) of which the remainder must stay unknown; only the strict attacker can tell which."""
    gevuld = {(cel[0], *cel[3:]) for cel, waarde in kennis.waarheid.items() if waarde > 0}
    paren: dict[tuple[Cel, Cel], None] = {}
    for band in alle:
        keus = band.teken == 1 or len({cel[3:] for cel in band.delen if (cel[0], *cel[3:]) in gevuld}) > 1
        for cel in band.delen if band.rest else ():
            groep = band.groep and keus and codes.ONBEKEND not in cel
            if _gevoelig(kennis, band.totaal, cel, groep=groep):
                paren[band.totaal, cel] = None
            if band.nul and kennis.waarheid.get(cel) == 0 and kennis.waarheid.get(band.totaal, 0.0) > 0:
                kennis.verborgen.add(cel)
                kennis.geheim.add(cel)
    return list(paren)


def _gevoelig(kennis: Kennis, totaal: Cel, deel: Cel, *, groep: bool) -> bool:
    rest = kennis.waarheid.get(totaal, np.nan) - kennis.waarheid.get(deel, np.nan)
    return bool(
        kennis.waarheid.get(deel, 0.0) > 0 and (0 < rest < kennis.drempels.minimum or (groep and rest == 0))
    )
