"""Where the huisarts refers to, per quarter: specialistische ggz, other help, and the local toegang.

Quarters are no period of the result table, so this is a small table of its own. INTERN: it holds counts of one.
How often a huisarts sends a child to the toegang is in no message and in no table that gemeenten deliver: the
toegang must write it down. What can be seen is help that it gave with the huisarts as verwijzer: less than all.
"""

from __future__ import annotations

import ibis
import pandas as pd

from analyse.kern.basis import Basis
from analyse.meten.bron import JEUGDWET, Bron, plaats
from analyse.meten.trajecten import SLEUTEL
from analyse.params import Params

KOLOMMEN = ("gebied", "kwartaal", "naar", "aantal", "status")
SGGZ, ANDERE_HULP, VIA_TOEGANG, TOEGANG = "sggz", "andere_hulp", "via_toegang", "toegang"
HUISARTS, BACKOFFICE = "02", "backoffice"


def kwartalen(basis: Basis, params: Params) -> pd.DataFrame:
    """Trajecten begun per quarter (`2025-K3`) with the huisarts as verwijzer, of every gebied: `KOLOMMEN`.

    `naar` sggz and andere_hulp add up to all; via_toegang is the part of both that the toegang gave; toegang, all
    that were sent there, is `niet_leverbaar` with an empty `aantal`. `status` is that of the half-year. INTERN.
    """
    bron = Bron(basis, params)
    rooster = _rooster(bron)
    geteld = _geteld(bron).set_index(["gebied", "kwartaal", "naar"])["aantal"]
    sleutel = pd.MultiIndex.from_frame(rooster[["gebied", "kwartaal", "naar"]])
    aantal = geteld.reindex(sleutel, fill_value=0).to_numpy(dtype="float64")
    onbekend = rooster["status"].eq("niet_leverbaar").to_numpy()
    return rooster.assign(aantal=pd.Series(aantal).mask(onbekend))[list(KOLOMMEN)]


def _rooster(bron: Bron) -> pd.DataFrame:
    r = bron.rooster
    rijen = [
        (gebied, f"{p.jaar}-K{2 * int(p.deel[1]) - 1 + deel}", naar, r.status(gebied, p))
        for gebied in r.gebieden
        for p in r.perioden
        for deel in (0, 1)
        for naar in (SGGZ, ANDERE_HULP, VIA_TOEGANG, TOEGANG)
    ]
    tabel = pd.DataFrame(rijen, columns=["gebied", "kwartaal", "naar", "status"])
    return tabel.assign(status=tabel["status"].where(tabel["naar"].ne(TOEGANG), "niet_leverbaar"))


def _geteld(bron: Bron) -> pd.DataFrame:
    t = bron.trajecten.inner_join(_gegeven(bron), [*SLEUTEL, "begin"])
    t = bron.op_dag(t.filter(t.verwijzer == plaats("verwijzer", HUISARTS)), t.begin)
    kwartaal = t.begin.year().cast("string") + "-K" + t.begin.quarter().cast("string")
    vlaggen = {SGGZ: t.sggz, ANDERE_HULP: ~t.sggz, VIA_TOEGANG: t.door_toegang}
    per = t.group_by(["gebied", kwartaal.name("kwartaal")]).agg(**{naam: v.sum() for naam, v in vlaggen.items()})
    lang = per.to_pandas().melt(["gebied", "kwartaal"], var_name="naar", value_name="aantal")
    return lang.assign(gebied=[bron.rooster.gebieden[nr] for nr in lang["gebied"]])


def _gegeven(bron: Bron) -> ibis.Table:
    """Per begin of a spell whether the back office, and so the toegang, said who referred."""
    s, w = bron.alle_spells, bron.basis.tabel("toewijzingen")
    s = s.filter(s.hulpvorm.notnull()).select(*SLEUTEL, "begin", "code", "toewijzingnummer")
    w = w.filter(w.domein == JEUGDWET).select("toewijzingnummer", code="gemeente", zegt="verwijzerbron")
    samen = s.left_join(w, ["code", "toewijzingnummer"])
    return samen.group_by([*SLEUTEL, "begin"]).agg(door_toegang=(samen.zegt == BACKOFFICE).any().fill_null(False))
