"""What the toewijzingen of the demo region really say: waiting, outcomes and what is unknown.

Read straight from the facts of the archive, one toewijzingnummer at a time. A number opens help when the child had
none of that kind at that aanbieder in the month before it, and closes help when none follows in the month after.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from analyse.demo.aanbod import CONTRACTWIJZIGING, ONBEKEND_PRODUCT, ZORGSOORTEN, Product
from analyse.demo.bijlagen import uitkomst_regels
from analyse.demo.feiten import Archief, Melding, Versie
from analyse.demo.tabellen import Rij
from analyse.demo.waarheid_wereld import PERIODEN

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

    @cached_property
    def nu(self) -> Versie:
        """The version that counts."""
        return max(self.versies, key=lambda v: v.stempel)

    @cached_property
    def eerste(self) -> Versie:
        """The first version."""
        return min(self.versies, key=lambda v: v.stempel)

    @cached_property
    def product(self) -> Product:
        """What was allocated."""
        return self.nu.product

    @cached_property
    def hulpvorm(self) -> str:
        """Code, or '' for help that makes no traject."""
        return _HULPVORM[self.product.categorie, self.product.code]

    @cached_property
    def sleutel(self) -> tuple[int, str, str]:
        """Child, aanbieder and hulpvorm."""
        return self.nu.persoon.nr, self.nu.agb, self.hulpvorm

    @cached_property
    def start(self) -> date | None:
        """First day that the aanbieder reported and did not take back."""
        weg = {m.begin for m in self.meldingen if m.status == "3" and not m.eind}
        return min((m.begin for m in self.meldingen if not m.eind and m.begin not in weg), default=None)

    @cached_property
    def stop(self) -> Melding | None:
        """The last stop that stands and isn't a pause."""
        weg = {(m.begin, m.eind) for m in self.meldingen if m.status == "3"}
        staat = [m for m in self.meldingen if m.eind and m.reden != "20" and (m.begin, m.eind) not in weg]
        return max(staat, key=lambda m: (m.eind or date.min, m.bericht), default=None)

    @cached_property
    def gemeld(self) -> date | None:
        """First day of help as the aanbieder told it: a stop without a start tells it as well."""
        stop = self.stop
        return self.start or (stop.begin if stop else None)

    @cached_property
    def begin(self) -> date:
        """First day of help as far as anybody knows."""
        return self.gemeld or self.nu.ingang

    @cached_property
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


_VAN, _TOT = PERIODEN[0].begin, PERIODEN[-1].eind


def in_venster(dag: date | None) -> bool:
    """Whether a day lies in the periods that are counted."""
    return dag is not None and _VAN <= dag <= _TOT


def registratiecijfers(
    archieven: Mapping[str, Archief], per: Mapping[str, list[Nummer]], *, zaad: int
) -> dict[str, float]:
    """Waiting, outcomes, and what of the help is unknown; `per`: the numbers of each gemeente."""
    alle = [n for rij in per.values() for n in rij]
    open_ = [n for n in alle if n.hulpvorm and n.opent and in_venster(n.begin)]
    dicht = [n for n in alle if n.hulpvorm and n.sluit and in_venster(n.einde)]
    return {
        **_wachten(open_),
        **_uitkomsten(archieven, per, zaad),
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
    zonder = [n for n in alle if not n.hulpvorm]
    return sum(
        n.begin <= eind and (n.einde is None or n.einde >= begin)
        for begin, eind in ((p.begin, p.eind) for p in PERIODEN)
        for n in zonder
    )


def _wachten(open_: list[Nummer]) -> dict[str, float]:
    """Mean over the half-years of the median and the ninetieth percentile."""
    soorten: dict[str, Callable[[Nummer], tuple[date | None, date | None]]] = {
        "verzoek_start": lambda n: (n.verzocht, n.gemeld),
        "verzoek_toewijzing": lambda n: (n.verzocht, n.eerste.datum),
        "toewijzing_start": lambda n: (n.eerste.datum, n.gemeld),
        "ingang_start": lambda n: (n.eerste.ingang, n.gemeld),
    }
    halven = [
        [n for n in open_ if begin <= n.begin <= eind] for begin, eind in ((p.begin, p.eind) for p in PERIODEN)
    ]
    uit: dict[str, float] = {}
    for naam, paar in soorten.items():
        per = [[_dagen(*paar(n)) for n in rij] for rij in halven]
        bekend = [[d for d in dagen if d is not None] for dagen in per]
        uit[f"wachttijd.{naam}"] = float(np.mean([np.median(d) for d in bekend if d]))
        uit[f"wachttijd.{naam}_p90"] = float(np.mean([np.quantile(d, 0.9) for d in bekend if d]))
    na = [_dagen(n.eerste.datum, n.gemeld) for n in open_]
    uit["wachttijd.terugwerkend"] = 100 * sum(d < 0 for d in na if d is not None) / sum(d is not None for d in na)
    return uit


def _dagen(van: date | None, tot: date | None) -> int | None:
    return (tot - van).days if van and tot else None


def _uitkomsten(
    archieven: Mapping[str, Archief], per_gemeente: Mapping[str, list[Nummer]], zaad: int
) -> dict[str, float]:
    """Answers that came back, each with the ends of help that lie around its day."""
    einden = gegeven = 0
    cijfers: list[float] = []
    verder, doel = [], []
    for gemeente, archief in archieven.items():
        dicht = [n for n in per_gemeente[gemeente] if n.hulpvorm and n.sluit and in_venster(n.einde)]
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
