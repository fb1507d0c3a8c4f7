"""Chapter verwijzingen: who refers, how many are unknown, the huisarts to toegang and s-ggz, and CBS beside it.

Shares are of the trajecten whose verwijzer is known; the unknown share is of all and stands beside them.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analyse.kern import codes
from analyse.weergave import Figuur, Tabel, Tekst, Waarschuwing, grafiek, opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.boodschap import Kandidaat
from analyse.weergave.boodschap_woorden import zin
from analyse.weergave.hoofdstukken import bouw
from analyse.weergave.hoofdstukken.bouw import cbs, huisarts
from analyse.weergave.hoofdstukken.bouw.gemeen import bron, is_zichtbaar, leeg, met_namen, op, spanne

_AANDEEL, _SGGZ = "verwijzingen.aandeel", "verwijzingen.huisarts_sggz"
_HUISARTS = "02"
# What a line chart can hold: the verwijzers that matter most to policy, and how many are unknown.
_IN_BEELD = ("01", "02", "03", "04", "05", codes.ONBEKEND)
_VERSCHIL = (
    "De gemeentecijfers van het CBS gaan over alle trajecten in een heel jaar, "
    "onze cijfers en die over Nederland over begonnen trajecten in een halfjaar."
)


def aandeel(beeld: Beeld) -> Figuur | Waarschuwing:
    """Share of every verwijzer in the newest half-year."""
    return bouw.samenstelling(
        beeld, _AANDEEL, "verwijzer", id="verwijzingen-aandeel", wat_="begonnen trajecten naar verwijzer"
    )


def verloop(beeld: Beeld) -> Figuur | Tabel | Waarschuwing:
    """Shares through time for a gemeente; a table of all gemeenten for the region."""
    if beeld.is_regio:
        wat_ = "begonnen trajecten naar verwijzer"
        return bouw.per_categorie(beeld, _AANDEEL, "verwijzer", id="verwijzingen-verloop", wat_=wat_)
    return _lijnen(beeld)


def _lijnen(beeld: Beeld) -> Figuur | Waarschuwing:
    rijen = beeld.rijen(_AANDEEL, per="verwijzer")
    rijen = rijen[rijen["verwijzer"].isin(_IN_BEELD)].reset_index(drop=True)
    zichtbaar = [deel for _, deel in rijen.groupby("verwijzer", sort=False) if is_zichtbaar(deel)]
    if not zichtbaar:
        eigen = rijen if len(rijen) else beeld.rijen(_AANDEEL)
        return leeg(beeld, "verwijzingen", eigen)
    getoond = pd.concat(zichtbaar, ignore_index=True)
    return Figuur(
        id="verwijzingen-verloop",
        titel=_titel_huisarts(beeld, getoond),
        ondertitel=f"Begonnen trajecten in {beeld.waar} naar verwijzer, in procenten, {spanne(beeld)}",
        bron=bron(beeld),
        grafiek=grafiek.lijn(
            getoond.assign(reeks=getoond["verwijzer"].map(codes.VERWIJZER)),
            eenheid="procent",
            breuken=grafiek.breuken_voor(beeld.params.regio.breuken, _AANDEEL),
        ),
        noten=(
            "Onbekend is een deel van alle begonnen trajecten; de andere lijnen van die met bekende verwijzer.",
        ),
        data=met_namen(beeld, getoond),
        intern=beeld.intern,
    )


def _titel_huisarts(beeld: Beeld, rijen: pd.DataFrame) -> str:
    eigen = rijen[rijen["verwijzer"].eq(_HUISARTS)]
    nu = op(eigen, beeld.gebied, beeld.periode)
    if nu is None:
        return f"Verwijzingen van de huisarts in {beeld.waar}: {bouw.VERBORGEN if len(eigen) else 'geen gegevens'}"
    verschil = bouw.verandering(beeld, Kandidaat(_AANDEEL, "", "", verwijzer=_HUISARTS))
    return zin(nu, beeld.waar) + (f", {verschil}" if verschil else "")


def huisarts_sggz(beeld: Beeld) -> Figuur | Waarschuwing:
    """Referrals by the huisarts to specialistische ggz per 1,000 inhabitants."""
    return bouw.verloop(beeld, bouw.Maat(_SGGZ, per_1000=True), id="verwijzingen-huisarts-sggz")


def toegang_en_sggz(beeld: Beeld) -> Figuur | Waarschuwing:
    """Referrals by the huisarts to the local toegang beside those to s-ggz, where the toegang counts them."""
    return huisarts.toegang_en_sggz(beeld)


def naast_cbs(beeld: Beeld) -> Tabel:
    """Our shares beside those of CBS: begun trajecten nationally, all trajecten of the gemeente."""
    eigen = beeld.rijen(_AANDEEL, per="verwijzer", periodes=[beeld.periode])
    gebied = bouw.kort(beeld, beeld.gebied)
    tellingen = {
        f"CBS, {gebied}": cbs.nieuwste(beeld, "verwijzer", cbs.gemeenten(beeld)),
        "CBS, Nederland": cbs.nieuwste(beeld, "verwijzer_begonnen", (codes.NEDERLAND,)),
    }
    return Tabel(
        id="verwijzingen-naast-cbs",
        titel=f"Verwijzers in {beeld.waar} naast de cijfers van het CBS",
        ondertitel="Deel van de trajecten met bekende verwijzer, in procenten",
        tabel=_naast_cbs(eigen, f"{gebied}, {opmaak.periode_kort(beeld.periode)}", tellingen),
        bron=cbs.bronregel(beeld, [telling.bron for telling in tellingen.values()]),
        noten=(_VERSCHIL, *cbs.NOTEN),
        data=met_namen(beeld, eigen),
        intern=beeld.intern,
    )


def _naast_cbs(eigen: pd.DataFrame, kop: str, tellingen: Mapping[str, cbs.Telling]) -> pd.DataFrame:
    ons = dict(zip(eigen["verwijzer"], bouw.cellen(eigen), strict=True))
    namen = {code: naam for code, naam in codes.VERWIJZER.items() if code != codes.ONBEKEND}
    kolommen = {"Verwijzer": list(namen.values()), kop: [ons.get(code, opmaak.NIET_LEVERBAAR) for code in namen]}
    for waar, telling in tellingen.items():
        kolommen[f"{waar}, {telling.periode}".rstrip(", ")] = [
            telling.aandeel(code, list(namen)) for code in namen
        ]
    return pd.DataFrame(kolommen)


def bewijst_niet(beeld: Beeld) -> Waarschuwing | Tekst:
    """What these figures don't prove."""
    return bouw.bewijst_niet(beeld, _AANDEEL)
