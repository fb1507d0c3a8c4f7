"""Chapter zorgpaden: what comes after help ends, up or down the zwaarteladder, and which paths jeugdigen follow.

A change of help is neither good nor bad, so nothing is ranked. Most transitions are rare: much of the matrix is
hidden in a gemeente, and the chart says so instead of drawing a rest.
"""

from __future__ import annotations

import pandas as pd

from analyse.kern import codes
from analyse.weergave import Figuur, Tabel, Tekst, Waarschuwing, grafiek, opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.grafiek.noten import tekens
from analyse.weergave.hoofdstukken import bouw
from analyse.weergave.hoofdstukken.bouw.gemeen import bij_methode, bron, heeft_inhoud, leeg, met_namen

_UIT, _BLIJFT, _AANTAL, _AANDEEL = (f"doorstroom.{naam}" for naam in ("uit", "blijft", "aantal", "aandeel"))
_NA = {
    "Geen hulp meer": bouw.Maat(_UIT),
    "Andere hulp liep door": bouw.Maat(_BLIJFT),
    "Nieuwe hulp": bouw.Maat(_AANTAL),
    "Aandeel nieuwe hulp": bouw.Maat(_AANDEEL),
    "Zwaardere hulp": bouw.Maat("doorstroom.zwaarder"),
    "Bij een andere aanbieder": bouw.Maat("doorstroom.andere_aanbieder"),
}
_RICHTING = (
    bouw.Lijn("Zwaarder", "doorstroom.zwaarder"),
    bouw.Lijn("Even zwaar", "doorstroom.gelijk"),
    bouw.Lijn("Lichter", "doorstroom.lichter"),
)
_SGGZ = {
    "Verwachte duur in dagen": bouw.Maat("zorgpad.sggz_duur"),
    "Daarna lichtere hulp": bouw.Maat("zorgpad.sggz_afschaling"),
}
_NUL_NOOT = "Soorten hulp waarna of waarheen niemand ging, staan er niet in."
_SOORTEN = {"reeks": "pad", "combinatie": "tegelijk"}
_VERDER = "…"  # how a path goes on after its first steps
_MEEST = 8  # paths of each kind in the table
_PADEN_NOOT = (
    "Paden met te weinig jeugdigen staan er niet in. Een pad begint bij binnenkomst, na een jaar zonder hulp. "
    "Een aandeel is van alle jeugdigen die binnenkwamen (pad) of hulp hadden op de laatste dag (tegelijk)."
)
# Per half-year and gemeente nearly every transition is too small to show.
_TWEE_JAAR = "twee jaar tot en met het"
_VAN = {codes.TOTAAL: "Alle soorten hulp", **codes.HULPVORM}
_DOOR, _WEG = "overgang.blijft", "overgang.uit"
_LOOPT, _GEEN = "Andere hulp liep door", "Geen hulp meer"
# In the order in which they stand on the right of the chart and in the matrix.
_NAAR = {
    **{f"overgang.naar_{code}": naam for code, naam in codes.HULPVORM.items()},
    _DOOR: _LOOPT,
    _WEG: _GEEN,
}


def na_einde(beeld: Beeld) -> Tabel:
    """What came after the trajecten that ended: per half-year for a gemeente, per gemeente for the region."""
    maak = bouw.per_gebied if beeld.is_regio else bouw.per_periode
    wanneer = f"{beeld.periode.naam}, per gemeente" if beeld.is_regio else "per halfjaar"
    return maak(
        beeld,
        _NA,
        id="zorgpaden-na-einde",
        titel=bouw.titel_van(beeld, _AANDEEL, _UIT, verschil=not beeld.is_regio),
        ondertitel=f"Wat er na een beëindigd traject kwam in {beeld.waar}, {wanneer}",
    )


def richting(beeld: Beeld) -> Figuur | Waarschuwing:
    """New help that was heavier, as heavy or lighter, through time."""
    return bouw.reeksen(
        beeld,
        _RICHTING,
        id="zorgpaden-richting",
        titel=bouw.titel_van(beeld, "doorstroom.zwaarder", "doorstroom.lichter"),
        wat_="overstappen naar zwaardere, even zware en lichtere hulp",
    )


def stroom(beeld: Beeld) -> Figuur | Waarschuwing:
    """From the hulpvorm that ended to what came within thirty days, as bands; only what may be seen."""
    rijen = _overgangen(beeld)
    if not heeft_inhoud(rijen):
        return leeg(beeld, "overgangen tussen soorten hulp", rijen)
    banden = rijen.rename(columns={"waarde": "aantal"}).assign(
        van=rijen["hulpvorm"].map(_VAN), naar=rijen["indicator"].map(_NAAR)
    )
    return Figuur(
        id="zorgpaden-stroom",
        titel=_titel_stroom(beeld, rijen),
        ondertitel=f"Beëindigde trajecten en wat er binnen een maand kwam, {_TWEE_JAAR} {beeld.periode.naam}",
        bron=bron(beeld),
        grafiek=grafiek.stroom(
            banden,
            koppen=("Hulp die eindigde", "Wat daarna kwam"),
            wat="beëindigde trajecten",
            rustig={_LOOPT, _GEEN},
        ),
        noten=bij_methode(rijen),
        data=met_namen(beeld, rijen),
        intern=beeld.intern,
    )


def _overgangen(beeld: Beeld) -> pd.DataFrame:
    """Every transition of the region in two years: hulpvorm of origin by what came next, in code order."""
    alle = beeld.overgangen
    if alle.empty:
        return beeld.rijen(_AANTAL, periodes=[beeld.periode]).assign(waarde=float("nan"), status="niet_leverbaar")
    van = {code: plek for plek, code in enumerate(codes.HULPVORM)}
    naar = {naam: plek for plek, naam in enumerate(_NAAR)}
    plek = alle["hulpvorm"].map(van).astype(float) * len(naar) + alle["indicator"].map(naar).astype(float)
    return alle.loc[plek.sort_values(kind="stable").index].reset_index(drop=True)


def _titel_stroom(beeld: Beeld, rijen: pd.DataFrame) -> str:
    """The largest change of help; no share, because the whole isn't the sum of what can be seen."""
    nieuw = rijen[rijen["waarde"].gt(0) & ~rijen["indicator"].isin((_WEG, _DOOR))]
    if nieuw.empty:
        return "Welke hulp na welke hulp begint in de regio: te kleine aantallen om te tonen"
    grootste = nieuw.sort_values("waarde", ascending=False, kind="stable").iloc[0]
    van, naar = _VAN[str(grootste["hulpvorm"])], _NAAR[str(grootste["indicator"])]
    aantal = opmaak.getal(float(grootste["waarde"]))
    wat = "dezelfde soort hulp bij een andere aanbieder" if van == naar else _klein(naar)
    return f"Na {_klein(van)} volgde in de regio {aantal} keer {wat}: de vaakst geziene overstap"


def _klein(naam: str) -> str:
    return naam[0].lower() + naam[1:]


def overgangen(beeld: Beeld) -> Tabel | Waarschuwing | Tekst:
    """From hulpvorm (rows) to what came next (columns), as counts; nothing where hulpvormen aren't published."""
    rijen = _overgangen(beeld)
    if rijen["hulpvorm"].eq(codes.TOTAAL).all():
        return Tekst("")
    if not heeft_inhoud(rijen):
        return leeg(beeld, "overgangen tussen soorten hulp", rijen)
    getoond = rijen
    for as_ in ("hulpvorm", "indicator"):
        iets = getoond.groupby(as_)["waarde"].transform(lambda waarden: waarden.fillna(1).ne(0).any())
        getoond = getoond[iets]
    breed = opmaak.breed(
        getoond.assign(van=getoond["hulpvorm"].map(codes.HULPVORM), naar=getoond["indicator"].map(_NAAR)),
        rijen="van",
        kolommen="naar",
        eenheid="aantal",
    )
    return Tabel(
        id="zorgpaden-overgangen",
        titel="Van welke hulp naar welke hulp in de regio",
        ondertitel=f"Beëindigde trajecten, {_TWEE_JAAR} {beeld.periode.naam}; rij: wat eindigde",
        tabel=breed.rename(columns={breed.columns[0]: "Van"}),
        bron=bron(beeld),
        noten=(_NUL_NOOT, *tekens(getoond["status"]), *bij_methode(rijen)),
        data=met_namen(beeld, rijen),
        intern=beeld.intern,
    )


def sggz(beeld: Beeld) -> Tabel:
    """How long specialistische ggz lasts, and how often lighter help comes after it."""
    maak = bouw.per_gebied if beeld.is_regio else bouw.per_periode
    wanneer = f"{beeld.periode.naam}, per gemeente" if beeld.is_regio else "per halfjaar"
    return maak(
        beeld,
        _SGGZ,
        id="zorgpaden-sggz",
        titel=bouw.titel_van(beeld, "zorgpad.sggz_duur", "zorgpad.sggz_afschaling", verschil=not beeld.is_regio),
        ondertitel=f"Specialistische ggz in {beeld.waar}, {wanneer}",
    )


def paden(beeld: Beeld) -> Tabel | Waarschuwing:
    """The paths that most jeugdigen of the region followed, with how many of the gemeente did."""
    regio = beeld.paden[beeld.paden["gebied"].eq(codes.REGIO)]
    if regio.empty:
        return Waarschuwing(
            titel=f"Vaak gevolgde paden in {beeld.waar}: niet te zien",
            tekst="Er zijn te weinig jeugdigen die hetzelfde pad volgden, of de paden zijn niet gemeten.",
            soort="uitleg",
            intern=beeld.intern,
        )
    meest = pd.concat([_meest(regio, soort) for soort in _SOORTEN], ignore_index=True)
    eigen = meest[["periode", "soort", "pad"]].merge(
        beeld.paden[beeld.paden["gebied"].eq(beeld.gebied)], how="left", on=["periode", "soort", "pad"]
    )
    gemeente = {} if beeld.is_regio else {beeld.naam: _cellen(eigen["personen"], "aantal")}
    return Tabel(
        id="zorgpaden-paden",
        titel="Vaak gevolgde paden in de regio" + ("" if beeld.is_regio else f", en hoe vaak in {beeld.naam}"),
        ondertitel=f"Jeugdigen per pad, stand van het {beeld.periode.naam}",
        tabel=pd.DataFrame(
            {
                "Pad": [_in_woorden(str(pad)) for pad in meest["pad"]],
                "Soort": meest["soort"].map(_SOORTEN).to_list(),
                **gemeente,
                "Regio": _cellen(meest["personen"], "aantal"),
                "Aandeel": _cellen(100 * meest["personen"] / meest["noemer"], "procent"),
            }
        ),
        bron=bron(beeld),
        noten=(_PADEN_NOOT, *tekens(["verborgen"] if gemeente and eigen["personen"].isna().any() else [])),
        data=_pad_data(beeld, meest, eigen),
        intern=beeld.intern,
    )


def _meest(paden_: pd.DataFrame, soort: str) -> pd.DataFrame:
    """The paths with the most jeugdigen."""
    eigen = paden_[paden_["soort"].eq(soort)]
    return eigen.sort_values(["personen", "pad"], ascending=[False, True], kind="stable").head(_MEEST)


def _cellen(getallen: pd.Series, eenheid: str) -> list[str]:
    return [opmaak.cel(n, eenheid, "verborgen" if pd.isna(n) else "definitief") for n in getallen]


def _pad_data(beeld: Beeld, meest: pd.DataFrame, eigen: pd.DataFrame) -> pd.DataFrame:
    """The rows of the table: counts of the gebied and the region, and the share in the region."""
    delen = [
        meest.assign(waarde=100 * meest["personen"] / meest["noemer"], eenheid="procent"),
        meest.assign(waarde=meest["personen"], eenheid="aantal"),
    ]
    if not beeld.is_regio:
        delen.append(eigen.assign(gebied=beeld.gebied, waarde=eigen["personen"], eenheid="aantal"))
    samen = pd.concat(delen, ignore_index=True)
    velden = zip(samen["soort"], samen["pad"], samen["eenheid"], strict=True)
    namen = [codes.pad_indicator(soort, pad, aandeel=eenheid == "procent") for soort, pad, eenheid in velden]
    status = samen["waarde"].isna().map({True: "verborgen", False: "definitief"})
    kolommen = ["indicator", "gebied", "periode", "soort", "pad", "noemer", "waarde", "onder", "boven", "eenheid"]
    vol = samen.assign(indicator=namen, onder=float("nan"), boven=float("nan"))
    return met_namen(beeld, vol[kolommen].assign(status=status))


def _in_woorden(pad: str) -> str:
    """Codes of hulpvormen as names: 'Ambulant bij de aanbieder, daarna Pleegzorg en Daghulp bij de aanbieder'."""
    stappen = [[_naam(code.strip()) for code in stap.split("+")] for stap in pad.split(">")]
    return ", daarna ".join(opmaak.opsomming(namen) for namen in stappen)


def _naam(code: str) -> str:
    return "meer hulp" if code == _VERDER else codes.HULPVORM.get(code, code)


def bewijst_niet(beeld: Beeld) -> Waarschuwing | Tekst:
    """What these figures don't prove."""
    return bouw.bewijst_niet(beeld, _AANTAL)
