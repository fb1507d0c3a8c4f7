"""Trajecten out of spells: what one aanbieder does for one jeugdige in one hulpvorm, administration taken out.

The key and the merging rule are those of CBS (Informatieprotocol Beleidsinformatie Jeugd versie 7, par. 3.3),
with two choices of the region in `Rekenregels`: how many days may lie between (`max_gat_dagen`; −1 is
CBS-strict) and whether an administrative end is bridged (`administratief_doortellen`).
"""

from __future__ import annotations

import ibis
from ibis.expr.types import BooleanColumn, Table

from analyse.kern.periode import ONEINDIG
from analyse.meten.eilanden import dagnummer, markeer, met_slot
from analyse.params import Rekenregels

SLEUTEL = ("gemeente", "persoon_nr", "aanbieder", "hulpvorm")
# iJw JZ588: end because of a change of contract or product.
REDEN_EINDE_ADMINISTRATIEF = ("36", "37")
# iJw JZ002: changed allocation, contract or gemeente; the help itself goes on.
REDEN_WIJZIGING_ADMINISTRATIEF = ("03", "10", "11", "14")
# The aanbieder itself reported the date (start or stop message).
BESTE_BRON = "regiebericht"
# More than the zwaarteladder has rungs, so that a day and a rung make one number.
TREDEN = 16
# Added to a day number it gives six digits, which sort as text.
_ZES_CIJFERS = 200_000


def administratief_einde(spells: Table) -> BooleanColumn:
    """Whether a spell ended on paper only: reason 36 or 37, or no reason and an administrative change."""
    reden = spells.reden_beeindiging.fill_null("")
    wijziging = spells.reden_wijziging.fill_null("")
    op_papier = reden.isin(REDEN_EINDE_ADMINISTRATIEF) | (
        (reden == "") & wijziging.isin(REDEN_WIJZIGING_ADMINISTRATIEF)
    )
    return spells.eind.notnull() & op_papier


def maak_trajecten(spells: Table, regels: Rekenregels) -> Table:
    """Merge spells into trajecten, one row each.

    Columns: `SLEUTEL`, `begin` and `slot` (days included; ONEINDIG while open), `open`, `spells` (how many were
    merged); of the earliest spell `verwijzer`, `sggz`, `zwaarte` and `begin_gemeld` (the aanbieder reported the
    date), of the one that ends last `reden`, `zwaarte_eind` and `eind_gemeld`. When several begin or end on that
    day: the lowest verwijzer code (so a known one before `onbekend`), the heaviest, an administrative reason
    before another, and one that says yes is enough. A zwaarte that nobody gave is 0.
    `spells` must have a hulpvorm and an aanbieder in every row.
    """
    regels = regels.effectief
    spells = met_slot(spells).mutate(administratief=administratief_einde(spells))
    brug = regels.administratief_gat_dagen if regels.administratief_doortellen else None
    t = markeer(spells, SLEUTEL, max_gat=regels.max_gat_dagen, brug=brug)
    trede = t.zwaarte.fill_null(0).cast("int64")
    # The largest of these is the last end, with what belongs to it behind it.
    einde = dagnummer(t.slot) * 2 + (t.datumbron_eind.fill_null("") == BESTE_BRON).cast("int64")
    reden = (dagnummer(t.slot) * 2 + t.administratief.cast("int64") + _ZES_CIJFERS).cast("string")
    trajecten = t.group_by([*SLEUTEL, "eiland"]).agg(
        begin=t.begin.min(),
        slot=t.slot.max(),
        spells=t.count(),
        verwijzer=t.verwijzer.min(where=t.opent),
        sggz=t.sggz.fill_null(False).any(where=t.opent),
        begin_gemeld=(t.datumbron_begin.fill_null("") == BESTE_BRON).any(where=t.opent),
        zwaarte=trede.max(where=t.opent).cast("int8"),
        zwaarte_eind=((dagnummer(t.slot) * TREDEN + trede).max() % TREDEN).cast("int8"),
        eind_gemeld=einde.max() % 2 == 1,
        reden=(reden + t.reden_beeindiging.fill_null("")).max().substr(6).nullif(""),
    )
    return trajecten.mutate(open=trajecten.slot == ibis.literal(ONEINDIG, type="date")).drop("eiland")


def met_herhaald(trajecten: Table, *, jaren: int) -> Table:
    """Add `herhaald`: the person had help that ended at most `jaren` years before, at least one free day between.

    Help of every gemeente, aanbieder and hulpvorm counts; periods that touch are one. Equal to: some period of
    help of the person ended in [begin − jaren, begin − 2]. The nearest earlier one decides, because the others end
    before it.
    """
    rijen = markeer(trajecten, ["persoon_nr"], max_gat=0)
    vroegst = dagnummer((rijen.begin - ibis.interval(years=jaren)).cast("date"))
    return rijen.mutate(herhaald=(rijen.vorig >= vroegst).fill_null(False)).drop(
        "eiland", "opent", "vorig", "volgend"
    )
