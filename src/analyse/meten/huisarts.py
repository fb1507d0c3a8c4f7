"""Where the huisarts refers to, per quarter: specialistische ggz, other help, and the local toegang.

Quarters are no period of the result table: with them every figure would be three, and most of them too small to
show. So this is a table of its own. INTERN: it holds counts of one; what may be seen of it goes through a gate of
its own. Which help the toegang gave with the huisarts as verwijzer is less than all that it was sent.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analyse.kern import codes
from analyse.kern.basis import Basis
from analyse.kern.periode import Periode
from analyse.kern.schema import RESULTAAT
from analyse.meten import aanmeldingen, verwijzingen
from analyse.meten.bron import JEUGDWET, Bron, plaats
from analyse.meten.rooster import NIET_LEVERBAAR, Rooster
from analyse.meten.trajecten import SLEUTEL
from analyse.params import Params
from analyse.statistiek import interval

KOLOMMEN = ("gebied", "kwartaal", "naar", "aantal", "status", "voorbehoud")
SGGZ, ANDERE_HULP, VIA_TOEGANG, TOEGANG = "sggz", "andere_hulp", "via_toegang", "toegang"
HUISARTS, BACKOFFICE = "02", "backoffice"
INDICATOR = {
    SGGZ: verwijzingen.SGGZ,
    ANDERE_HULP: "verwijzingen.huisarts_andere_hulp",
    VIA_TOEGANG: "verwijzingen.huisarts_via_toegang",
    TOEGANG: aanmeldingen.TOEGANG,
}


def kwartalen(basis: Basis, params: Params) -> pd.DataFrame:
    """Referrals by the huisarts per quarter (`2025-K3`), of every gebied: `KOLOMMEN`.

    `naar` sggz and andere_hulp are trajecten begun and add up to all; via_toegang is the part of both that the
    toegang gave; toegang, all that were sent there as the toegang counted them. `status` and `voorbehoud` are
    those of the half-year; `aantal` is null where `niet_leverbaar`. INTERN.
    """
    bron = Bron(basis, params)
    aangemeld = aanmeldingen.per_kwartaal(basis)
    geteld = {**_begonnen(bron), **{(g, k, TOEGANG): n for (g, k), n in aangemeld.items()}}
    met_toegang = aanmeldingen.aanmeldrooster(bron.rooster, aangemeld)
    roosters = {**dict.fromkeys((SGGZ, ANDERE_HULP, VIA_TOEGANG), bron.rooster), TOEGANG: met_toegang}
    rijen = [rij for naar, rooster in roosters.items() for rij in _rijen(rooster, naar, geteld)]
    tabel = pd.DataFrame(rijen, columns=list(KOLOMMEN))
    return tabel.sort_values(["gebied", "kwartaal"], kind="stable").reset_index(drop=True)


def _rijen(rooster: Rooster, naar: str, geteld: dict[tuple[str, str, str], float]) -> Iterator[tuple[object, ...]]:
    for gebied in rooster.gebieden:
        for periode in rooster.perioden:
            status, wie = rooster.status(gebied, periode), rooster.leveraars(gebied, periode)
            for kwartaal in map(str, periode.kwartalen):
                som = sum(geteld.get((gemeente, kwartaal, naar), 0.0) for gemeente in wie)
                aantal = np.nan if status == NIET_LEVERBAAR else som
                yield gebied, kwartaal, naar, aantal, status, rooster.voorbehoud(gebied, periode)


def _begonnen(bron: Bron) -> dict[tuple[str, str, str], float]:
    """Trajecten begun with the huisarts as verwijzer, per gemeente, kwartaal and `naar`."""
    t = bron.trajecten.filter(bron.trajecten.verwijzer == plaats("verwijzer", HUISARTS))
    t = t.select(*SLEUTEL, "begin", "sggz").to_pyarrow().to_pandas(date_as_object=False)
    t = t.merge(_gegeven(bron), how="left", on=[*SLEUTEL, "begin"])
    vlaggen = {
        SGGZ: t["sggz"].astype(bool),
        ANDERE_HULP: ~t["sggz"].astype(bool),
        VIA_TOEGANG: t["door_toegang"].notna(),
    }
    gemeenten = bron.rooster.gemeenten
    plek = [gemeenten[nr] for nr in t["gemeente"]], [str(Periode.kwartaal_van(d.date())) for d in t["begin"]]
    return {
        (str(gemeente), str(kwartaal), naar): float(n)
        for naar, vlag in vlaggen.items()
        for (gemeente, kwartaal), n in vlag.astype(float).groupby([np.array(deel) for deel in plek]).sum().items()
    }


def _gegeven(bron: Bron) -> pd.DataFrame:
    """The begins of help by the huisarts of which the back office, and so the toegang, said who referred."""
    s, w = bron.alle_spells, bron.basis.tabel("toewijzingen")
    s = s.filter(s.hulpvorm.notnull() & (s.verwijzer == plaats("verwijzer", HUISARTS)))
    w = w.filter((w.domein == JEUGDWET) & (w.verwijzerbron == BACKOFFICE))
    samen = s.inner_join(w.select("toewijzingnummer", code="gemeente"), ["code", "toewijzingnummer"])
    sleutels = samen.select(*SLEUTEL, "begin").distinct().to_pyarrow().to_pandas(date_as_object=False)
    return sleutels.assign(door_toegang=True)


def als_cijfers(tabel: pd.DataFrame) -> pd.DataFrame:
    """`kwartalen` as rows of the result table with the interval of a Poisson count; `periode` is the quarter."""
    onder, boven = interval.telling(tabel["aantal"].to_numpy(dtype=float))
    methode = np.where(tabel["aantal"].isna(), "", interval.methode_telling(tabel["aantal"].to_numpy(dtype=float)))
    rijen = tabel.assign(
        indicator=tabel["naar"].map(INDICATOR),
        periode=tabel["kwartaal"],
        **dict.fromkeys(codes.DIMENSIES, codes.TOTAAL),
        teller=tabel["aantal"],
        noemer=np.nan,
        waarde=tabel["aantal"],
        onder=onder,
        boven=boven,
        methode=pd.Series(methode, index=tabel.index, dtype="str") + tabel["voorbehoud"],
        eenheid="aantal",
    )
    return rijen[list(RESULTAAT)]
