"""Trajecten out of spells: what one aanbieder does for one jeugdige in one hulpvorm, administration taken out.

The key and the merging rule are those of CBS (Informatieprotocol Beleidsinformatie Jeugd versie 7, par. 3.3),
with two choices of the region in `Rekenregels`: how many days may lie between (`max_gat_dagen`; −1 is
CBS-strict) and whether an administrative end is bridged (`administratief_doortellen`).
"""

from __future__ import annotations

import ibis
from ibis.expr.types import BooleanColumn, Table

from analyse.kern.periode import ONEINDIG
from analyse.meten.eilanden import markeer, met_eiland, met_slot
from analyse.params import Rekenregels

SLEUTEL = ("gemeente", "persoon_nr", "aanbieder", "hulpvorm")
# iJw JZ588: end because of a change of contract or product.
REDEN_EINDE_ADMINISTRATIEF = ("36", "37")
# iJw JZ002: changed allocation, contract or gemeente; the help itself goes on.
REDEN_WIJZIGING_ADMINISTRATIEF = ("03", "10", "11", "14")


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
    merged), `verwijzer`, `sggz` and `bron_begin` of the earliest spell, `reden` and `bron_eind` of the spell
    that ends last. `spells` must have a hulpvorm and an aanbieder in every row.
    """
    spells = met_slot(spells).mutate(administratief=administratief_einde(spells))
    brug = regels.administratief_gat_dagen if regels.administratief_doortellen else None
    orde = ("verwijzer", "toewijzingnummer", "productcode")  # a known verwijzer before `onbekend`
    rijen = markeer(spells, SLEUTEL, max_gat=regels.max_gat_dagen, brug=brug, orde=orde)
    trajecten = rijen.group_by([*SLEUTEL, "eiland"]).agg(
        begin=rijen.begin.min(),
        slot=rijen.slot.max(),
        spells=rijen.count(),
        verwijzer=rijen.verwijzer.max(where=rijen.eerste),
        sggz=rijen.sggz.max(where=rijen.eerste),
        bron_begin=rijen.datumbron_begin.max(where=rijen.eerste),
        reden=rijen.reden_beeindiging.fill_null("").argmax(rijen.rang_slot).nullif(""),
        bron_eind=rijen.datumbron_eind.fill_null("").argmax(rijen.rang_slot).nullif(""),
    )
    return trajecten.mutate(open=trajecten.slot == ibis.literal(ONEINDIG, type="date")).drop("eiland")


def met_herhaald(trajecten: Table, *, jaren: int) -> Table:
    """Add `herhaald`: the person had help before, that ended at most `jaren` years and at least one free day earlier.

    Help of every gemeente, aanbieder and hulpvorm counts; periods that touch are one. Equal to: some period of
    help of the person ended in [begin − jaren, begin − 2]. The nearest earlier one decides, because the others end
    before it.
    """
    rijen = met_eiland(markeer(trajecten, ["persoon_nr"], max_gat=0), ["persoon_nr"])
    vroegst = rijen.begin - ibis.interval(years=jaren)
    rijen = rijen.mutate(herhaald=(rijen.vorig_slot >= vroegst).fill_null(False))
    return rijen.drop("eiland", "eerste", "rang_slot", "eiland_begin", "eiland_slot", "vorig_slot", "volgend_begin")
