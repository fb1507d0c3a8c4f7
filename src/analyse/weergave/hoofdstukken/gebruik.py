"""Chapter gebruik: how many jeugdigen have help and how many trajecten run, by age and hulpvorm, beside CBS."""

from __future__ import annotations

import pandas as pd

from analyse.kern import codes
from analyse.weergave import Figuur, Tabel, Tekst, Waarschuwing, opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.hoofdstukken import bouw
from analyse.weergave.hoofdstukken.bouw import cbs
from analyse.weergave.hoofdstukken.bouw.gemeen import met_namen
from analyse.weergave.hoofdstukken.bouw.landelijk import landelijk as landelijke_figuur
from analyse.weergave.hoofdstukken.bouw.leeftijdsverhouding import leeftijdsverhouding

_JEUGDIGEN, _PER_1000, _TRAJECTEN = "jeugdigen.actief", "jeugdigen.per_1000", "trajecten.actief"
_MATEN = {
    "Jeugdigen met hulp": bouw.Maat(_JEUGDIGEN),
    "Per 1.000 jeugdigen": bouw.Maat(_PER_1000),
    "Trajecten in het halfjaar": bouw.Maat(_TRAJECTEN),
    "Trajecten aan het eind": bouw.Maat("trajecten.eindstand"),
}


def omvang(beeld: Beeld) -> Tabel:
    """Persons and trajecten: per half-year for a gemeente, per gemeente for the region."""
    maak = bouw.per_gebied if beeld.is_regio else bouw.per_periode
    wanneer = f"{beeld.periode.naam}, per gemeente" if beeld.is_regio else "per halfjaar"
    return maak(
        beeld,
        _MATEN,
        id="gebruik-omvang",
        titel=bouw.titel_van(beeld, _JEUGDIGEN, _TRAJECTEN),
        ondertitel=f"Jeugdigen en trajecten in {beeld.waar}, {wanneer}",
    )


def verloop(beeld: Beeld) -> Figuur | Waarschuwing:
    """Jeugdigen with help per 1,000 inhabitants through time."""
    return bouw.verloop(beeld, bouw.Maat(_PER_1000), id="gebruik-verloop")


def leeftijd(beeld: Beeld) -> Figuur | Waarschuwing:
    """Jeugdigen with help by age group."""
    return bouw.samenstelling(
        beeld,
        _JEUGDIGEN,
        "leeftijd",
        id="gebruik-leeftijd",
        wat_="jeugdigen met jeugdhulp naar leeftijd",
    )


def hulpvorm(beeld: Beeld) -> Figuur | Tabel | Waarschuwing:
    """Trajecten by hulpvorm: bars for a gemeente, a table of all gemeenten for the region."""
    wat_ = "trajecten naar hulpvorm"
    if beeld.is_regio:
        return bouw.per_categorie(beeld, _TRAJECTEN, "hulpvorm", id="gebruik-hulpvorm", wat_=wat_)
    return bouw.samenstelling(beeld, _TRAJECTEN, "hulpvorm", id="gebruik-hulpvorm", wat_=wat_)


def naar_leeftijd(beeld: Beeld) -> Figuur | Tabel | Waarschuwing:
    """Jeugdigen with help against what fits the ages of the children."""
    return leeftijdsverhouding(beeld, _JEUGDIGEN, id="gebruik-naar-leeftijd", wat_="jeugdigen met hulp")


def landelijk(beeld: Beeld) -> Figuur | Waarschuwing:
    """This gemeente among all Dutch gemeenten, by figures of CBS."""
    return landelijke_figuur(beeld, id="gebruik-landelijk")


def naast_cbs(beeld: Beeld) -> Tabel:
    """Our figures beside those of CBS for the same gebied and the country."""
    eigen = {maat: beeld.rijen(maat, periodes=[beeld.periode]) for maat in (_JEUGDIGEN, _PER_1000, _TRAJECTEN)}
    ons = [bouw.cellen(rijen)[0] for rijen in eigen.values()]
    rijen = [[f"{bouw.kort(beeld, beeld.gebied)}, {beeld.periode.naam}, dit rapport", *ons]]
    gemeente, bron_gemeente = _cbs_gemeente(beeld)
    land, bron_land = _cbs_land(beeld)
    return Tabel(
        id="gebruik-naast-cbs",
        titel=f"Jeugdhulp in {beeld.waar} naast de cijfers van het CBS",
        ondertitel="Het CBS telt ook hulp die niet via berichten aan gemeenten loopt",
        tabel=pd.DataFrame(
            [*rijen, gemeente, land], columns=["Bron", "Jeugdigen", "Per 1.000 jeugdigen", "Trajecten"]
        ),
        bron=cbs.bronregel(beeld, [bron_gemeente, bron_land]),
        noten=("Een heel jaar telt meer jeugdigen en trajecten dan een halfjaar.", *cbs.NOTEN),
        data=met_namen(beeld, pd.concat(eigen.values(), ignore_index=True)),
        intern=beeld.intern,
    )


def _cbs_gemeente(beeld: Beeld) -> tuple[list[str], str]:
    """CBS counts jeugdzorg per gemeente: jeugdhulp, jeugdbescherming and jeugdreclassering."""
    jongeren = cbs.nieuwste(beeld, "jongeren_jeugdzorg", cbs.gemeenten(beeld))
    trajecten = cbs.nieuwste(beeld, "trajecten_jeugdzorg", cbs.gemeenten(beeld))
    waar = f"CBS, {bouw.kort(beeld, beeld.gebied)}, {jongeren.periode}".rstrip(", ")
    return [f"{waar}, jeugdzorg", jongeren.cel(), opmaak.GEEN_WAARNEMING, trajecten.cel()], jongeren.bron


def _cbs_land(beeld: Beeld) -> tuple[list[str], str]:
    rijen = beeld.cbs("jongeren_jeugdhulp_procent", codes.NEDERLAND)
    per_1000 = opmaak.GEEN_WAARNEMING
    periode = str(rijen["periode"].iloc[0]) if len(rijen) else None
    if len(rijen):
        status = "voorlopig" if "voorlopig" in str(rijen["status"].iloc[0]) else "definitief"
        per_1000 = opmaak.cel(10 * float(rijen["waarde"].iloc[0]), "aantal", status)
    jongeren = cbs.landelijk(beeld, "jongeren_jeugdhulp", periode)
    trajecten = cbs.landelijk(beeld, "trajecten_jeugdhulp", periode)
    waar = f"CBS, Nederland, {jongeren.periode}".rstrip(", ")
    return [f"{waar}, jeugdhulp in natura", jongeren.cel(), per_1000, trajecten.cel()], jongeren.bron


def bewijst_niet(beeld: Beeld) -> Waarschuwing | Tekst:
    """What these figures don't prove."""
    return bouw.bewijst_niet(beeld, _JEUGDIGEN)
