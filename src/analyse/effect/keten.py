"""All measures of the register at once: from series to the tables that the gate and the analyst see.

Once for the whole region and never per report: measures that are tested together correct each other's p-values,
and a report that measured for itself would test something else. Where trajecten come from is somebody else's
business: this room asks a `Bron` for series and durations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Protocol

import pandas as pd

from analyse.effect.businesscase import jaren
from analyse.effect.donoren import lees_paneel
from analyse.effect.effect import Effect
from analyse.effect.oordeel import GRENZEN, Bewijs
from analyse.effect.reeks import Reeks, Uitsluiting, lees_reeks
from analyse.effect.register import Doelgroep, Maatregel, ook_bezig
from analyse.effect.schat import corrigeer, niet_meetbaar, schat, schat_duur
from analyse.effect.teksten import samenloopzin
from analyse.kern.effecten import Effectmeting
from analyse.kern.fouten import LeveringFout

_GEEN_GEGEVENS = {
    "reeks": "Over deze indicator is geen reeks te maken.",
    "duur": "Over deze indicator zijn geen duren te meten.",
    "scores": "Er zijn geen scores van voor en na aangeleverd.",
    "registratie": "Er zijn alleen aantallen deelnemers.",
}
DUURINDICATOREN = ("trajectduur.", "verblijf.duur")
# Followed for this long at least before durations are compared over one year, or over two.
EEN_JAAR, TWEE_JAAR = 365, 730
NAN = float("nan")


class Bron(Protocol):
    """Where series come from; `analyse.meten.reeksen.Reeksen` is one."""

    @property
    def indicatoren(self) -> Sequence[str]:
        """The indicators that a series can be made of."""

    def maand(self, doelgroep: Doelgroep, indicator: str) -> pd.DataFrame:
        """gebied, periode, aantal, bevolking."""

    def halfjaar(self, doelgroep: Doelgroep, indicator: str) -> pd.DataFrame:
        """gebied, periode, aantal, rest."""

    def duur(self, doelgroep: Doelgroep, start: dict[str, date], *, niet: Sequence[str] = ()) -> pd.DataFrame:
        """persoon, dagen, geëindigd, na, behandeld."""


@dataclass(frozen=True, eq=False)
class Keten:
    """A register, a source of series and a donor panel; `effecten` are the outcomes."""

    register: Mapping[str, Maatregel]
    bron: Bron
    peildatum: date
    donoren: Path | None = None
    namen: Mapping[str, str] | None = None

    @cached_property
    def effecten(self) -> tuple[Effect, ...]:
        """Every measure on each of its indicators, in the order of the register, corrected together (Holm)."""
        return corrigeer(
            [self._schat(m, doel.indicator) for m in self.register.values() for doel in m.doelindicatoren]
        )

    def _schat(self, maatregel: Maatregel, indicator: str) -> Effect:
        if maatregel.gegevens == "duur" and indicator.startswith(DUURINDICATOREN):
            return self._duur(maatregel)
        if maatregel.gegevens == "reeks" and indicator in self.bron.indicatoren:
            try:
                return self._reeks(maatregel, indicator)
            except LeveringFout as fout:
                # One series with a gap must not take the reports of the whole region along.
                return niet_meetbaar(maatregel, fout.regel, namen=self.namen)
        return niet_meetbaar(maatregel, _GEEN_GEGEVENS[maatregel.gegevens], namen=self.namen)

    def _reeks(self, maatregel: Maatregel, indicator: str) -> Effect:
        tabel = self.bron.maand(maatregel.doelgroep, indicator)
        if tabel.empty:
            return niet_meetbaar(maatregel, "Er zijn geen cijfers geleverd om aan te meten.", namen=self.namen)
        reeks = lees_reeks(
            tabel,
            indicator=indicator,
            hulpvorm=maatregel.doelgroep.hulpvorm,
            uitsluitingen=korter_geleverd(tabel),
        )
        donoren = self._panelen.get(indicator)
        return schat(maatregel, reeks, donoren, register=self.register, namen=self.namen)

    @cached_property
    def _panelen(self) -> Mapping[str, Reeks]:
        return lees_paneel(self.donoren) if self.donoren else {}

    def _duur(self, maatregel: Maatregel) -> Effect:
        if not maatregel.start:
            return niet_meetbaar(maatregel, "De maatregel is nog niet gestart.", namen=self.namen)
        gevolgd = (self.peildatum - max(maatregel.start.values())).days + 1
        if gevolgd < EEN_JAAR * GRENZEN.jaren_na:
            vroeg = niet_meetbaar(maatregel, "", namen=self.namen)
            return replace(vroeg, bewijs=Bewijs(jaren_na=gevolgd / EEN_JAAR))
        niet = ook_bezig(maatregel, maatregel.doelindicatoren[0].indicator, self.register)
        tabel = self.bron.duur(maatregel.doelgroep, dict(maatregel.start), niet=sorted(niet))
        tot = TWEE_JAAR if gevolgd >= 2 * TWEE_JAAR else EEN_JAAR
        try:
            return schat_duur(maatregel, tabel, tot=tot, namen=self.namen)
        except LeveringFout:
            return niet_meetbaar(
                maatregel, "Er zijn te weinig trajecten om de duur te vergelijken.", namen=self.namen
            )


def korter_geleverd(tabel: pd.DataFrame) -> tuple[Uitsluiting, ...]:
    """A gemeente whose delivery ends before that of others is left out from then on, with that reason."""
    laatste = tabel["periode"].max()
    eind = (pd.Period(laatste, "M")).end_time.date()
    per_gebied = tabel.groupby("gebied", sort=True)["periode"].max()
    return tuple(
        Uitsluiting(
            pd.Period(maand, "M").end_time.date() + timedelta(days=1), eind, "Levering loopt korter.", str(g)
        )
        for g, maand in per_gebied.items()
        if maand < laatste
    )


def leg_vast(keten: Keten, quickwins: pd.DataFrame) -> Effectmeting:
    """The outcomes as tables. INTERN."""
    effecten, register = keten.effecten, keten.register
    eerste = {effect.maatregel.id: effect for effect in reversed(effecten)}
    return Effectmeting(
        {
            "maatregelen": pd.DataFrame([_rij(effect) for effect in effecten]),
            "gemeenten": _rijen(_gemeenten(m) for m in register.values()),
            "doelgroepen": _rijen(_doelgroep(m) for m in register.values()),
            "schattingen": _samen((e, e.tabel) for e in effecten),
            "controles": _samen((e, e.controletabel) for e in effecten),
            "verloop": _samen((e, e.verloop) for e in effecten),
            "halfjaren": _samen((e, _halfjaren(keten, e)) for e in effecten),
            "geld": pd.concat([jaren(eerste[naam], tot=keten.peildatum) for naam in register] or [pd.DataFrame()]),
            "aannames": _rijen(
                [{"maatregel": m.id, **a.model_dump()} for a in m.aannames] for m in register.values()
            ),
            "quickwins": quickwins,
        }
    )


def _rijen(delen: Iterable[Sequence[Mapping[str, object]]]) -> pd.DataFrame:
    return pd.DataFrame([rij for deel in delen for rij in deel])


def _samen(delen: Iterable[tuple[Effect, pd.DataFrame]]) -> pd.DataFrame:
    """Tables of effects under each other, with whose they are."""
    gevuld = [t.assign(maatregel=e.maatregel.id, indicator=e.indicator) for e, t in delen if len(t)]
    return pd.concat(gevuld, ignore_index=True) if gevuld else pd.DataFrame()


def _gemeenten(maatregel: Maatregel) -> list[dict[str, object]]:
    return [
        {"maatregel": maatregel.id, "gemeente": code, "sinds": _dag(dag), "tot": _dag(maatregel.einde[code])}
        for code, dag in maatregel.start.items()
    ]


def _doelgroep(maatregel: Maatregel) -> list[dict[str, object]]:
    return [
        {"maatregel": maatregel.id, "dimensie": dimensie, "code": code}
        for dimensie in ("hulpvorm", "verwijzer", "leeftijd", "aanbieder")
        for code in getattr(maatregel.doelgroep, dimensie)
    ]


def _halfjaren(keten: Keten, effect: Effect) -> pd.DataFrame:
    """Counts of the treated gemeenten per half-year, for what has a course to draw."""
    if effect.verloop.empty:
        return pd.DataFrame()
    tabel = keten.bron.halfjaar(effect.maatregel.doelgroep, effect.indicator)
    eigen = tabel[tabel["gebied"].isin(list(effect.maatregel.start))]
    return eigen.rename(columns={"gebied": "gemeente"})


def _dag(dag: date | None) -> str:
    return dag.isoformat() if dag else ""


def _rij(effect: Effect) -> dict[str, object]:
    """One row of `maatregelen`."""
    m = effect.maatregel
    return {
        **{naam: getattr(m, naam) for naam in ("naam", "onderdeel", "idee", "eigenaar", "disclaimer")},
        "maatregel": m.id,
        "indicator": effect.indicator,
        "doelgroep": m.doelgroep.omschrijving,
        "stand": m.stand_van_zaken.stand,
        "stand_datum": _dag(m.stand_van_zaken.datum),
        "stand_zin": m.stand_van_zaken.zin,
        "oordeel": effect.oordeel.value,
        "reden": effect.bewijs.belemmering,
        "zin": effect.zin,
        "tekst": effect.tekst,
        "ontwerp": effect.ontwerp.naam,
        "waarom_ontwerp": effect.ontwerp.waarom,
        "soort": effect.ontwerp.soort,
        "kleinste": effect.kleinste_effect,
        "tegelijk": samenloopzin(effect.tegelijk, effect.namen),
        "getoetst": effect.aantal_getoetst,
        **_uitkomst(effect),
    }


def _uitkomst(effect: Effect) -> dict[str, object]:
    """Effect and limits, in percent or in days; empty where nothing was measured."""
    leeg = dict.fromkeys(("effect", "onder", "boven", "log", "marge", "p", "werkelijk", "basis", "groep"), NAN)
    if effect.duur is not None:
        onder, boven = effect.duur.interval
        duur = {"effect": effect.duur.effect, "onder": onder, "boven": boven, "p": effect.duur.p}
        return {**leeg, **duur, "groep": float(effect.duur.tabel["trajecten"].min()), "eenheid": "dagen"}
    if (hoofd := effect.hoofd) is None:
        return {**leeg, "eenheid": ""}
    onder, boven = hoofd.interval
    voor = effect.verloop[effect.verloop["verwacht_na"].eq(0)]
    return {
        **leeg,
        **{"effect": hoofd.procent, "onder": onder, "boven": boven, "log": hoofd.log, "p": hoofd.p},
        "marge": hoofd.boven - hoofd.log,
        "werkelijk": hoofd.werkelijk,
        "basis": min(float(voor["werkelijk"].sum()), hoofd.verwacht) if len(voor) else hoofd.verwacht,
        "eenheid": "procent",
    }
