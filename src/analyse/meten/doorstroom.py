"""What comes after a traject: other help, up or down the zwaarteladder, or no help at all.

Every end gets one answer, so that the answers add up to the ends: `naar_…` new other help, `blijft` help that
went on anyway, `uit` no help. New means begun from `doorstroom_dagen` before the end to as many after it, later
than the ended traject, and of another hulpvorm or aanbieder. Of several new ones the heaviest counts, because up
or down is what the figure is about; then the earliest, then the lowest hulpvorm. Help of every gemeente of the
region is looked at: who moves house and keeps help is not out, and gemeenten add up to the region.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import ibis
from ibis.expr.types import BooleanColumn, Table

from analyse.kern.codes import HULPVORM
from analyse.kern.motor import bewaar
from analyse.meten import cijfers
from analyse.meten.bron import ASSEN, Bron, plaats
from analyse.meten.eilanden import dagnummer
from analyse.meten.indicator import Indicator
from analyse.meten.trajecten import SLEUTEL

AANTAL, AANDEEL, ANDERE = "doorstroom.aantal", "doorstroom.aandeel", "doorstroom.andere_aanbieder"
ZWAARDER, LICHTER, GELIJK = "doorstroom.zwaarder", "doorstroom.lichter", "doorstroom.gelijk"
BLIJFT, UIT = "doorstroom.blijft", "doorstroom.uit"
NAAR = {code: f"doorstroom.naar_{code}" for code in HULPVORM}
INDICATOREN = (AANTAL, AANDEEL, ZWAARDER, LICHTER, GELIJK, ANDERE, *NAAR.values(), BLIJFT, UIT)

# How long after an end a new begin is looked for; `resultaat` counts with these.
NIEUWE_START_MAANDEN = (6, 12)
_KIJKDAGEN = 31 * max(NIEUWE_START_MAANDEN)
_EINDE = ("begin", "slot", "verwijzer", "sggz", "reden", "zwaarte_eind", "geboortejaar", "peildatum")
_VERVOLG = ("naar", "zwaarte", "andere_aanbieder", "in_hulp", "nieuwe_start")
# More days than a calendar has, so that zwaarte, day and hulpvorm make one number.
_DAGEN, _VORMEN = 1 << 18, len(HULPVORM)


@dataclass(frozen=True)
class Einden:
    """Ended trajecten and what the person got next; shared by the families that start from an end."""

    bron: Bron

    @cached_property
    def vervolg(self) -> Table:
        """Ended trajecten with what followed.

        `naar` (place of the hulpvorm of the new help), its `zwaarte` and whether it is of an `andere_aanbieder`,
        all null when there is none; `in_hulp` (any other help within the days after); `nieuwe_start` (first begin
        of whatever help after the end, null when none within a year).
        """
        t = self.bron.trajecten
        einden, ander = t.filter(~t.open).select(*SLEUTEL, *_EINDE), _anderen(t)
        ver = ibis.interval(days=max(_KIJKDAGEN, self._dagen))
        bij = [einden.persoon_nr == ander.wie, ander.tot > einden.slot, ander.van <= einden.slot + ver]
        samen = einden.left_join(ander, bij)
        # The same aanbieder goes before another one when all else is equal.
        rang = samen.rang * 2 + (samen.bij == samen.aanbieder).cast("int64")
        per_einde = samen.group_by([*SLEUTEL, *_EINDE]).agg(
            keuze=rang.max(where=self._nieuw(samen)),
            in_hulp=(samen.van <= samen.slot + ibis.interval(days=self._dagen)).any().fill_null(False),
            nieuwe_start=samen.van.min(where=samen.van > samen.slot),
        )
        return _ontleed(per_einde)

    @property
    def _dagen(self) -> int:
        return self.bron.params.regio.rekenregels.doorstroom_dagen

    def _nieuw(self, samen: Table) -> ibis.Value:
        anders = (samen.vorm != samen.hulpvorm) | (samen.bij != samen.aanbieder)
        speling = ibis.interval(days=self._dagen)
        rond = samen.van.between(samen.slot - speling, samen.slot + speling)
        return anders & rond & (samen.van > samen.begin)

    @cached_property
    def in_periode(self) -> Table:
        """`vervolg` × the period of the end; stored."""
        eigen = ("gemeente", "sggz", "reden", "slot", "peildatum", "zwaarte_eind")
        return self.bron.op_dag(self.vervolg, self.vervolg.slot, *ASSEN, *eigen, *_VERVOLG).pipe(bewaar)


def _anderen(trajecten: Table) -> Table:
    """All trajecten under other names; `rang` is largest for the new help that counts."""
    t = trajecten
    vroeg, laag = _DAGEN - 1 - dagnummer(t.begin), _VORMEN - 1 - t.hulpvorm.cast("int64")
    rang = (t.zwaarte.cast("int64") * _DAGEN + vroeg) * _VORMEN + laag
    return t.select(wie=t.persoon_nr, van=t.begin, tot=t.slot, vorm=t.hulpvorm, bij=t.aanbieder, rang=rang)


def _ontleed(per_einde: Table) -> Table:
    """What was put into `keuze`, taken out again."""
    rang = (per_einde.keuze // 2).cast("int64")
    return per_einde.mutate(
        naar=(_VORMEN - 1 - rang % _VORMEN).cast("int8"),
        zwaarte=(rang // (_VORMEN * _DAGEN)).cast("int8"),
        andere_aanbieder=per_einde.keuze % 2 == 0,
    ).drop("keuze")


def _op_ladder(t: Table) -> BooleanColumn:
    """Ends with new help, both on a known rung: one that nobody gave is 0 and compares with nothing."""
    return t.naar.notnull() & (t.zwaarte > 0) & (t.zwaarte_eind > 0)


def lichter(t: Table) -> BooleanColumn:
    """Rows of `Einden.in_periode` with new help on a lower rung."""
    return _op_ladder(t) & (t.zwaarte < t.zwaarte_eind)


def doorstroom(einden: Einden) -> list[Indicator]:
    """The indicators of this family."""
    t = einden.in_periode
    nieuw = t.naar.notnull()
    soorten = {
        AANTAL: nieuw,
        ZWAARDER: _op_ladder(t) & (t.zwaarte > t.zwaarte_eind),
        LICHTER: lichter(t),
        GELIJK: _op_ladder(t) & (t.zwaarte == t.zwaarte_eind),
        ANDERE: nieuw & t.andere_aanbieder,
        **{naam: nieuw & (t.naar == plaats("hulpvorm", code)) for code, naam in NAAR.items()},
        BLIJFT: ~nieuw & t.in_hulp,
        UIT: ~nieuw & ~t.in_hulp,
    }
    deel = {"x": nieuw.sum(), "n": t.count()}
    return [
        *(Indicator(naam, t, {"n": vlag.sum()}, cijfers.telling_stroom) for naam, vlag in soorten.items()),
        Indicator(AANDEEL, t, deel, cijfers.telling_aandeel),
    ]
