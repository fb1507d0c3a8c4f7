"""What the toewijzingen of the demo region really say: waiting, unknown shares, and use of what was allocated.

Read straight from the facts of the archive, one toewijzingnummer at a time. A number opens help when the child had
none of that kind at that aanbieder in the month before it, and closes help when none follows in the month after.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from analyse.demo.aanbod import CONTRACTWIJZIGING, ONBEKEND_PRODUCT, ZORGSOORTEN, Product
from analyse.demo.bijlagen import uitkomst_regels
from analyse.demo.feiten import Archief, Melding, Versie
from analyse.demo.tabellen import Rij
from analyse.demo.waarheid_wereld import PERIODEN
from analyse.demo.wereld import PEILDATUM
from analyse.kern.periode import Periode

_MAAND = timedelta(days=32)
_INHOUD = ("31", "32", "33", "34", "35")
_ROND = timedelta(days=31)  # an outcome belongs to the end that is at most so far away
_ACHT, _VERDER = 8, ("03", "04")


def _hulpvormen() -> dict[tuple[str, str], str]:
    per = {(p.categorie, p.code): soort.hulpvorm for soort in ZORGSOORTEN for p, _ in soort.producten}
    for oud, nieuw in CONTRACTWIJZIGING.items():
        per[nieuw.categorie, nieuw.code] = per[oud[:2], oud]
    return per | {(ONBEKEND_PRODUCT.categorie, ONBEKEND_PRODUCT.code): ""}


_HULPVORM = _hulpvormen()


@dataclass
class Nummer:
    """One toewijzingnummer that still stands: its versions, its starts and stops, and what was paid on it."""

    versies: list[Versie]
    meldingen: list[Melding] = field(default_factory=list)
    verzocht: date | None = None
    verwijzer_bekend: bool = False
    opent: bool = True
    sluit: bool = True
    betaald: bool = False

    @property
    def nu(self) -> Versie:
        """The version that counts."""
        return max(self.versies, key=lambda v: v.stempel)

    @property
    def eerste(self) -> Versie:
        """The first version."""
        return min(self.versies, key=lambda v: v.stempel)

    @property
    def product(self) -> Product:
        """What was allocated."""
        return self.nu.product

    @property
    def hulpvorm(self) -> str:
        """Code, or '' for help that makes no traject."""
        return _HULPVORM[self.product.categorie, self.product.code]

    @property
    def sleutel(self) -> tuple[int, str, str]:
        """Child, aanbieder and hulpvorm."""
        return self.nu.persoon.nr, self.nu.agb, self.hulpvorm

    @property
    def start(self) -> date | None:
        """First day that the aanbieder reported and did not take back."""
        weg = {m.begin for m in self.meldingen if m.status == "3" and not m.eind}
        return min((m.begin for m in self.meldingen if not m.eind and m.begin not in weg), default=None)

    @property
    def stop(self) -> Melding | None:
        """The last stop that stands and isn't a pause."""
        weg = {(m.begin, m.eind) for m in self.meldingen if m.status == "3"}
        staat = [m for m in self.meldingen if m.eind and m.reden != "20" and (m.begin, m.eind) not in weg]
        return max(staat, key=lambda m: (m.eind or date.min, m.bericht), default=None)

    @property
    def gemeld(self) -> date | None:
        """First day of help as the aanbieder told it: a stop without a start tells it as well."""
        stop = self.stop
        return self.start or (stop.begin if stop else None)

    @property
    def begin(self) -> date:
        """First day of help as far as anybody knows."""
        return self.gemeld or self.nu.ingang

    @property
    def einde(self) -> date | None:
        """Last day of help as far as anybody knows."""
        stop = self.stop
        return stop.eind if stop else self.nu.eind


def nummers(archief: Archief) -> list[Nummer]:
    """The numbers of one gemeente that still stand, with whether each opens and closes help."""
    alle: dict[int, Nummer] = {}
    for v in archief.versies:
        if not v.retourcode:
            alle.setdefault(v.nummer, Nummer([])).versies.append(v)
    alle = {nr: n for nr, n in alle.items() if not n.nu.verwijderd}
    for m in archief.meldingen:
        if m.nummer in alle:
            alle[m.nummer].meldingen.append(m)
    for r in archief.prestaties:
        if r.nummer in alle and not r.afgewezen:
            alle[r.nummer].betaald = True
    _verzoeken(archief, alle)
    _buren(alle.values())
    return list(alle.values())


def _verzoeken(archief: Archief, alle: Mapping[int, Nummer]) -> None:
    gevraagd = {(v.agb, v.referentie): v.bericht for v in archief.verzoeken if v.soort == "315"}
    for nr, n in alle.items():
        dagen = [gevraagd[v.agb, v.referentie] for v in n.versies if (v.agb, v.referentie) in gevraagd]
        n.verzocht = min(dagen, default=None)
        n.verwijzer_bekend = n.verzocht is not None or nr in archief.verwijzers


def _buren(alle: Iterable[Nummer]) -> None:
    per: dict[tuple[int, str, str], list[Nummer]] = defaultdict(list)
    for n in alle:
        per[n.sleutel].append(n)
    for rij in per.values():
        for een in rij:
            for ander in rij:
                if ander is not een and (ander.begin, ander.nu.nummer) < (een.begin, een.nu.nummer):
                    na, loopt = ander.einde, een.einde
                    een.opent &= na is not None and na + _MAAND < een.begin
                    ander.sluit &= na is not None and (loopt is None or na + _MAAND < een.begin)


def in_venster(dag: date | None) -> bool:
    """Whether a day lies in the periods that are counted."""
    return dag is not None and PERIODEN[0].begin <= dag <= PERIODEN[-1].eind


def registratiecijfers(archieven: Mapping[str, Archief], *, zaad: int) -> dict[str, float]:
    """Waiting, outcomes, and what of the help is unknown."""
    alle = [n for archief in archieven.values() for n in nummers(archief)]
    open_ = [n for n in alle if n.hulpvorm and n.opent and in_venster(n.begin)]
    dicht = [n for n in alle if n.hulpvorm and n.sluit and in_venster(n.einde)]
    return {
        **_wachten(open_),
        **_uitkomsten(archieven, zaad),
        "wachttijd.zonder_verzoek": _procent(open_, lambda n: n.verzocht is None),
        "kwaliteit.verwijzer_onbekend": _procent(open_, lambda n: not n.verwijzer_bekend),
        "kwaliteit.datumbron_begin": _procent(open_, lambda n: n.gemeld is None),
        "kwaliteit.datumbron_eind": _procent(dicht, lambda n: n.stop is None),
        "kwaliteit.zonder_hulpvorm": float(_zonder_hulpvorm(alle)),
        "uitval.zonder_reden": _procent(dicht, lambda n: n.stop is None or n.stop.reden not in _INHOUD),
    }


def _procent(rij: list[Nummer], vlag: Callable[[Nummer], bool]) -> float:
    return 100 * sum(map(vlag, rij)) / len(rij)


def _zonder_hulpvorm(alle: Iterable[Nummer]) -> int:
    """Numbers × half-years in which they run."""
    return sum(
        n.begin <= p.eind and (n.einde is None or n.einde >= p.begin)
        for n in alle
        if not n.hulpvorm
        for p in PERIODEN
    )


def _wachten(open_: list[Nummer]) -> dict[str, float]:
    """Mean over the half-years of the median and the ninetieth percentile."""
    soorten: dict[str, Callable[[Nummer], tuple[date | None, date | None]]] = {
        "verzoek_start": lambda n: (n.verzocht, n.gemeld),
        "verzoek_toewijzing": lambda n: (n.verzocht, n.eerste.datum),
        "toewijzing_start": lambda n: (n.eerste.datum, n.gemeld),
        "ingang_start": lambda n: (n.eerste.ingang, n.gemeld),
    }
    uit: dict[str, float] = {}
    for naam, paar in soorten.items():
        per = [[_dagen(*paar(n)) for n in open_ if p.begin <= n.begin <= p.eind] for p in PERIODEN]
        bekend = [[d for d in dagen if d is not None] for dagen in per]
        uit[f"wachttijd.{naam}"] = float(np.mean([np.median(d) for d in bekend if d]))
        uit[f"wachttijd.{naam}_p90"] = float(np.mean([np.quantile(d, 0.9) for d in bekend if d]))
    na = [_dagen(n.eerste.datum, n.gemeld) for n in open_]
    uit["wachttijd.terugwerkend"] = 100 * sum(d < 0 for d in na if d is not None) / sum(d is not None for d in na)
    return uit


def _dagen(van: date | None, tot: date | None) -> int | None:
    return (tot - van).days if van and tot else None


def _uitkomsten(archieven: Mapping[str, Archief], zaad: int) -> dict[str, float]:
    """Answers that came back, each with the ends of help that lie around its day."""
    einden = gegeven = 0
    cijfers: list[float] = []
    verder, doel = [], []
    for archief in archieven.values():
        dicht = [n for n in nummers(archief) if n.hulpvorm and n.sluit and in_venster(n.einde)]
        per: dict[tuple[int, str], list[Rij]] = defaultdict(list)
        for rij in uitkomst_regels(archief, zaad=zaad):
            per[int(str(rij[0])), str(rij[1])].append(rij)
        einden += len(dicht)
        for n in dicht:
            bij = [
                r for r in per[n.sleutel[:2]] if n.einde and abs(date.fromisoformat(str(r[2])) - n.einde) <= _ROND
            ]
            gegeven += bool(bij)
            punten = [float(str(r[3])) for r in bij if r[3] is not None]
            cijfers += [sum(punten) / len(punten)] if punten else []
            verder += [all(r[4] in _VERDER for r in bij)] if bij else []
            doel += [all(r[6] == "ja" for r in bij)] if bij else []
    return {
        "tevredenheid.gemiddeld": float(np.mean(cijfers)),
        "tevredenheid.acht_of_hoger": 100 * float(np.mean([c >= _ACHT for c in cijfers])),
        "tevredenheid.respons": 100 * len(cijfers) / einden,
        "zonder_hulp.verder": 100 * float(np.mean(verder)),
        "zonder_hulp.respons": 100 * gegeven / einden,
        "doelrealisatie.behaald": 100 * float(np.mean(doel)),
        "doelrealisatie.respons": 100 * gegeven / einden,
    }


# Use of what was allocated

_GRENS = date(PEILDATUM.year, 9, 30)  # declarations up to here are in
_PER_WEEK, _TOTAAL = "2", "6"


def verzilvering(archieven: Mapping[str, Archief]) -> dict[str, float]:
    """Delivered ÷ allocated at one price per product, and what can't be said or never began."""
    telling: dict[str, float] = defaultdict(float)
    for archief in archieven.values():
        betaald = _betaald(archief)
        for n in nummers(archief):
            v, tot = n.nu, min(n.nu.eind or _GRENS, _GRENS)
            if not n.hulpvorm or v.ingang > _GRENS or tot < v.ingang:
                continue
            mag = _toegewezen(v, tot)
            for p in PERIODEN:
                dagen = (min(tot, p.eind) - max(v.ingang, p.begin)).days + 1
                telling["alle"] += dagen > 0
                telling["onbekend"] += dagen > 0 and mag is None
                if mag is not None:
                    telling["mag"] += mag * max(dagen, 0) / ((tot - v.ingang).days + 1)
                    telling["geleverd"] += betaald[v.nummer, p]
            telling["begonnen"] += in_venster(v.ingang)
            telling["nooit"] += in_venster(v.ingang) and n.gemeld is None and not n.betaald
    return {
        "verzilvering.aandeel": 100 * telling["geleverd"] / telling["mag"],
        "verzilvering.onbekend": 100 * telling["onbekend"] / telling["alle"],
        "verzilvering.nooit_gestart": 100 * telling["nooit"] / telling["begonnen"],
    }


def _betaald(archief: Archief) -> Mapping[tuple[int, Periode], float]:
    """Approved units at the price of 2019, per number and half-year of delivery."""
    som: dict[tuple[int, Periode], float] = defaultdict(float)
    for r in archief.prestaties:
        if not r.afgewezen and r.begin <= _GRENS:
            waarde = r.volume * r.product.tarief_cent
            som[r.nummer, Periode.halfjaar_van(r.begin)] += -waarde if r.credit else waarde
    return som


def _toegewezen(v: Versie, tot: date) -> float | None:
    """Units × price from the first day up to and including `tot`; None when that can't be said."""
    if not v.volume or (v.product.frequentie == _TOTAAL and v.eind is None):
        return None
    if v.product.frequentie == _TOTAAL and v.eind is not None:
        keer = ((tot - v.ingang).days + 1) / ((v.eind - v.ingang).days + 1)
    elif v.product.frequentie == _PER_WEEK:
        keer = (tot.toordinal() - 1) // 7 - (v.ingang.toordinal() - 1) // 7 + 1
    else:
        keer = (tot.year - v.ingang.year) * 12 + tot.month - v.ingang.month + 1
    return float(v.volume * keer * v.product.tarief_cent)
