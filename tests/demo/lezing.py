"""The lists of the back office once more, read from the delivered tables by hand: loops, no engine, no Basis.

Only how long help has gone on is read from spells, because starts and stops are a story of their own.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations
from math import comb
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "meten"))  # the oracle of trajecten

PEILDATUM, JAAR_TERUG, CIJFERS_BINNEN = date(2025, 12, 31), date(2024, 12, 31), date(2025, 9, 30)
VER = date(9999, 12, 31)
Nummer = tuple[str, str]  # gemeente, toewijzingnummer


@dataclass
class Staat:
    """The newest version of a number, how often only its end was moved, and who referred."""

    gemeente: str
    rij: dict[str, str]
    verlengd: int
    verwijzer: str

    @property
    def nummer(self) -> Nummer:
        return self.gemeente, self.rij["toewijzingnummer"]

    @property
    def begin(self) -> date:
        return date.fromisoformat(self.rij["ingangsdatum"])

    @property
    def eind(self) -> date | None:
        return date.fromisoformat(self.rij["einddatum"]) if self.rij["einddatum"] else None

    @property
    def product(self) -> str:
        return self.rij["productcode"] or "categorie " + self.rij["productcategorie"]

    @property
    def recent(self) -> bool:
        return (self.eind or VER) > JAAR_TERUG

    @property
    def loopt(self) -> bool:
        return (self.eind or VER) >= PEILDATUM


def tabel(map_: Path, gemeente: str, naam: str) -> list[dict[str, str]]:
    with (map_ / gemeente / f"{naam}.csv").open(encoding="utf-8", newline="") as bestand:
        return list(csv.DictReader(bestand, delimiter=";"))


class Lezing:
    """All toewijzingen of a demo in the form of tables."""

    def __init__(self, map_: Path) -> None:
        self.map = map_
        self.gemeenten = sorted(pad.name for pad in map_.glob("GM*"))
        self.alle = [s for g in self.gemeenten for s in self._staten(g) if s.begin <= PEILDATUM]

    def _staten(self, gemeente: str) -> Iterator[Staat]:
        versies = defaultdict(list)
        for rij in tabel(self.map, gemeente, "toewijzingen"):
            versies[rij["toewijzingnummer"]].append(rij)
        verzocht = {}
        for v in sorted(
            tabel(self.map, gemeente, "verzoeken"), key=lambda v: (v["dagtekening"], v["verwijzer_type"])
        ):
            if v["berichttype"] == "315":
                verzocht[v["aanbieder_agb"], v["referentie_aanbieder"]] = v["verwijzer_type"]
        backoffice = {r["toewijzingnummer"]: r["verwijzer_type"] for r in tabel(self.map, gemeente, "verwijzers")}
        for nummer, rijen in versies.items():
            rijen.sort(key=lambda r: (r["toewijzingsdatum"], r["toewijzingstijd"]))
            laatste = rijen[-1]
            weg = laatste["reden_wijziging"] == "01" and laatste["einddatum"] == laatste["ingangsdatum"]
            if weg or laatste["reden_wijziging"] == "13":
                continue
            via = [verzocht.get((r["aanbieder_agb"], r["referentie_aanbieder"])) for r in rijen]
            verwijzer = next(filter(None, via), backoffice.get(nummer, ""))
            yield Staat(gemeente, laatste, sum(map(_verlenging, rijen, rijen[1:])), verwijzer)

    def signalen(self) -> dict[str, set[Nummer]]:
        """The numbers on each list, but for help that has gone on long."""
        return {
            "generiek": {s.nummer for s in self.alle if s.recent and not s.rij["productcode"]},
            "zonder_einddatum": {s.nummer for s in self.alle if s.eind is None},
            "meer_verwijzers": set(self._meer_verwijzers()),
            "verlengd_zonder_wijziging": set(self._verlengd()),
            "vreemde_combinatie": set(self._vreemd()),
            "boven_toewijzing": set(self._boven()),
        }

    def _meer_verwijzers(self) -> Iterator[Nummer]:
        per_kind = defaultdict(list)
        for s in self.alle:
            if s.begin > JAAR_TERUG and s.verwijzer not in ("", "06"):
                per_kind[s.gemeente, s.rij["client_id"]].append(s)
        for rij in per_kind.values():
            if len({s.verwijzer for s in rij}) > 1:
                yield from (s.nummer for s in rij)

    def _verlengd(self) -> Iterator[Nummer]:
        """Chains of numbers of the same help; the last one stands for the chain."""
        ketens = defaultdict(list)
        for s in sorted(self.alle, key=lambda s: (s.begin, s.nummer)):
            ketens[s.gemeente, s.rij["client_id"], s.rij["aanbieder_agb"], s.product].append(s)
        for rij in ketens.values():
            keer = 0
            for plek, s in enumerate(rij):
                sluit_aan = plek > 0 and _sluit_aan(rij[plek - 1], s)
                keer = s.verlengd + (keer + 1 if sluit_aan else 0)
                laatste = plek + 1 == len(rij) or not _sluit_aan(s, rij[plek + 1])
                if laatste and keer >= 2 and s.recent:
                    yield s.nummer

    # Products that seldom go together

    @cached_property
    def vreemde_paren(self) -> set[tuple[str, str]]:
        per_kind = defaultdict(set)
        for s in self.alle:
            per_kind[s.rij["client_id"]].add(s.product)
        meer = [producten for producten in per_kind.values() if len(producten) > 1]
        los = Counter(p for producten in meer for p in producten)
        uit = set()
        for a, b in combinations(sorted(p for p, n in los.items() if n >= 20), 2):
            samen = sum({a, b} <= producten for producten in meer)
            verwacht = los[a] * los[b] / len(meer)
            if 0 < samen <= verwacht / 5 and _kans(samen, los[a], los[b], len(meer)) < 0.01:
                uit |= {(a, b), (b, a)}
        return uit

    def _vreemd(self) -> Iterator[Nummer]:
        per_kind = defaultdict(list)
        for s in self.alle:
            if s.recent:
                per_kind[s.gemeente, s.rij["client_id"]].append(s)
        for rij in per_kind.values():
            for s in rij:
                if any(
                    (s.product, t.product) in self.vreemde_paren
                    and s.begin <= (t.eind or VER)
                    and t.begin <= (s.eind or VER)
                    for t in rij
                ):
                    yield s.nummer

    # More declared than allocated

    def _boven(self) -> Iterator[Nummer]:
        geleverd: Counter[Nummer] = Counter()
        for g in self.gemeenten:
            for d in tabel(self.map, g, "declaraties"):
                if d["status"] == "toegekend":
                    geleverd[g, d["toewijzingnummer"]] += int(d["volume"]) * (
                        -1 if d["debet_credit"] == "C" else 1
                    )
        vormen = self._met_hulpvorm()
        for s in self.alle:
            code, categorie = s.rij["productcode"], s.rij["productcategorie"]
            telt = s.recent and s.begin <= CIJFERS_BINNEN and (code, "" if code else categorie) in vormen
            mag = _toegewezen(s)
            if telt and mag and geleverd[s.nummer] > 1.01 * mag:
                yield s.nummer

    @staticmethod
    def _met_hulpvorm() -> set[tuple[str, str]]:
        with (Path(__file__).parents[2] / "params/producten.csv").open(encoding="utf-8", newline="") as bestand:
            rijen = list(csv.DictReader(bestand, delimiter=";"))
        return {
            (r["productcode"], "" if r["productcode"] else r["productcategorie"]) for r in rijen if r["hulpvorm"]
        }


def _verlenging(vorig: dict[str, str], nu: dict[str, str]) -> bool:
    """A version that moves the end and nothing else; a total grows with it."""
    vast = ["aanbieder_agb", "productcategorie", "productcode", "eenheid", "frequentie"]
    vast += [] if nu["frequentie"] == "6" else ["volume"]
    later = (nu["einddatum"] or str(VER)) > (vorig["einddatum"] or str(VER))
    return later and all(vorig[k] == nu[k] for k in vast)


def _sluit_aan(vorig: Staat, nu: Staat) -> bool:
    zelfde = all(vorig.rij[k] == nu.rij[k] for k in ("volume", "eenheid", "frequentie"))
    return zelfde and vorig.eind is not None and 0 < (nu.begin - vorig.eind).days <= 32


def _kans(samen: int, a: int, b: int, alle: int) -> float:
    """That chance would put at most so many together."""
    return sum(comb(b, k) * comb(alle - b, a - k) for k in range(samen + 1)) / comb(alle, a)


def _toegewezen(s: Staat) -> float | None:
    """Units over the whole validity; of an open number over what can be seen."""
    if not s.rij["volume"] or (s.rij["frequentie"] == "6" and s.eind is None):
        return None
    tot, volume = s.eind or CIJFERS_BINNEN, int(s.rij["volume"])
    weken = (tot.toordinal() - 1) // 7 - (s.begin.toordinal() - 1) // 7 + 1
    maanden = (tot.year - s.begin.year) * 12 + tot.month - s.begin.month + 1
    return volume * {"2": weken, "4": maanden, "6": 1}[s.rij["frequentie"]] if tot >= s.begin else None


def langlopend(basis: object, regels: object) -> set[Nummer]:
    """Running numbers of help that began two years ago or more, by the oracle of trajecten."""
    from orakel import trajecten

    s = basis.pandas("spells")  # type: ignore[attr-defined]
    s = s[s["hulpvorm"].notna() & s["domein"].eq("Jw")].astype(object).where(s.notna(), None)
    rijen = s.to_dict("records")
    for rij in rijen:
        rij["begin"], rij["eind"] = rij["begin"].date(), rij["eind"].date() if rij["eind"] else None
    w = basis.pandas("toewijzingen")  # type: ignore[attr-defined]
    nu = w[w["einddatum"].isna() | (w["einddatum"] >= str(PEILDATUM))]
    lopend = set(zip(nu["gemeente"], nu["toewijzingnummer"], strict=True))
    lang = {
        (t.gemeente, t.persoon, t.aanbieder, t.hulpvorm)
        for t in trajecten(rijen, regels)  # type: ignore[arg-type]
        if t.eind is None and t.begin <= date(2023, 12, 31)
    }
    open_ = {
        (r["gemeente"], r["toewijzingnummer"])
        for r in rijen
        if r["eind"] is None and (r["gemeente"], r["persoon_nr"], r["aanbieder"], r["hulpvorm"]) in lang
    }
    return open_ & lopend
