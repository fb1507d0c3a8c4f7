"""Tables: one row per gebied (region report), per half-year (gemeente report) or per category."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from analyse.kern import codes
from analyse.weergave import Tabel, Waarschuwing, opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.grafiek.noten import tekens
from analyse.weergave.hoofdstukken.bouw.gemeen import (
    Maat,
    bij_methode,
    bron,
    heeft_inhoud,
    hoofdletter,
    is_zichtbaar,
    kort,
    leeg,
    met_namen,
    rijen_van,
    waarom_niet,
)
from analyse.weergave.hoofdstukken.bouw.grootste import titel_gemeenten
from analyse.weergave.hoofdstukken.bouw.samenstelling import aandelen, zonder_inhoud


def per_gebied(beeld: Beeld, maten: Mapping[str, Maat], *, id: str, titel: str, ondertitel: str = "") -> Tabel:
    """One row per gebied, one column per measure, newest half-year."""
    delen = {kop: rijen_van(beeld, maat, beeld.gebieden) for kop, maat in maten.items()}
    delen = {kop: rijen[rijen["periode"].eq(str(beeld.periode))] for kop, rijen in delen.items()}
    namen = [kort(beeld, gebied) for gebied in beeld.gebieden]
    return _van_maten(beeld, {"Gebied": namen}, delen, id=id, koppen=(titel, ondertitel))


def per_periode(beeld: Beeld, maten: Mapping[str, Maat], *, id: str, titel: str, ondertitel: str = "") -> Tabel:
    """One row per half-year, one column per measure, this gebied."""
    delen = {kop: rijen_van(beeld, maat, [beeld.gebied]) for kop, maat in maten.items()}
    namen = [hoofdletter(periode.naam) for periode in beeld.periodes]
    return _van_maten(beeld, {"Periode": namen}, delen, id=id, koppen=(titel, ondertitel))


def _van_maten(
    beeld: Beeld,
    voor: Mapping[str, Sequence[str]],
    delen: Mapping[str, pd.DataFrame],
    *,
    id: str,
    koppen: tuple[str, str],
) -> Tabel:
    """A column per measure; one without any figure becomes a note, unless nothing would be left."""
    gezien = {kop: rijen for kop, rijen in delen.items() if is_zichtbaar(rijen)} or delen
    weg = tuple(f"{kop}: {waarom_niet(rijen)}." for kop, rijen in delen.items() if kop not in gezien)
    kolommen = {**voor, **{kop: cellen(rijen) for kop, rijen in gezien.items()}}
    getoond = pd.concat(list(gezien.values()), ignore_index=True)
    tabel = _tabel(beeld, kolommen, getoond, id=id, koppen=koppen)
    alle = pd.concat(list(delen.values()), ignore_index=True)
    return replace(tabel, noten=(*weg, *tabel.noten), data=met_namen(beeld, alle)) if weg else tabel


def per_categorie(beeld: Beeld, indicator: str, per: str, *, id: str, wat_: str) -> Tabel | Waarschuwing:
    """One row per gemeente, one column per category, shares of the newest half-year."""
    delen = [aandelen(beeld, indicator, per, gebied, beeld.periode) for gebied in beeld.gebieden]
    rijen = pd.concat(delen, ignore_index=True)
    if not heeft_inhoud(rijen):
        return leeg(beeld, wat_, rijen)
    getoond = rijen[~rijen[per].isin(zonder_inhoud(rijen, per))]
    lang = getoond.assign(
        gebied_naam=[kort(beeld, gebied) for gebied in getoond["gebied"]],
        kolom=[_kolomkop(per, str(code)) for code in getoond[per]],
    )
    breed = opmaak.breed(lang, rijen="gebied_naam", kolommen="kolom", eenheid="procent")
    return Tabel(
        id=id,
        titel=titel_gemeenten(beeld, rijen, per),
        ondertitel=f"{hoofdletter(wat_)} per gemeente, {beeld.periode.naam}, in procenten",
        tabel=breed.rename(columns={breed.columns[0]: "Gebied"}),
        bron=bron(beeld),
        noten=(*tekens(rijen["status"]), *bij_methode(rijen)),
        data=met_namen(beeld, rijen),
        intern=beeld.intern,
    )


def _kolomkop(per: str, code: str) -> str:
    """A category where there is little room."""
    if code == codes.ONBEKEND:
        return "Onbekend"
    return f"{code.replace('-', '–')} jaar" if per == "leeftijd" else codes.NAMEN[per].get(code, code)


def cellen(rijen: pd.DataFrame) -> list[str]:
    """Result rows as table cells."""
    velden = zip(rijen["waarde"], rijen["eenheid"], rijen["status"], strict=True)
    return [opmaak.cel(waarde, eenheid, status) for waarde, eenheid, status in velden]


def _tabel(
    beeld: Beeld,
    kolommen: Mapping[str, Sequence[str]],
    rijen: pd.DataFrame,
    *,
    id: str,
    koppen: tuple[str, str],
) -> Tabel:
    """A table with title and subtitle (`koppen`) and everything that belongs under it."""
    return Tabel(
        id=id,
        titel=koppen[0],
        ondertitel=koppen[1],
        tabel=pd.DataFrame(kolommen),
        bron=bron(beeld),
        noten=(*tekens(rijen["status"]), *bij_methode(rijen)),
        data=met_namen(beeld, rijen),
        intern=beeld.intern,
    )


_IN_WOORDEN = {"dagen": "Aantal dagen", "euro": "In euro", "aantal": "Aantallen", "procent": "In procenten"}


def naast_elkaar(
    beeld: Beeld, delen: Mapping[str, pd.DataFrame], *, per: str, id: str, wat_: str
) -> Tabel | Waarschuwing:
    """One row per category, one column per part (its key is the head); categories without figure are left out."""
    rijen = pd.concat(list(delen.values()), ignore_index=True)
    if not is_zichtbaar(rijen):
        return leeg(beeld, wat_, rijen)
    bekend = set(rijen.loc[~rijen["status"].isin(("geen_waarneming", "niet_leverbaar")), per])
    namen = {code: naam for code, naam in codes.NAMEN[per].items() if code in bekend}
    kolommen = {hoofdletter(per): list(namen.values())}
    for kop, deel in delen.items():
        cel = dict(zip(deel[per], cellen(deel), strict=True))
        kolommen[kop] = [cel.get(code, opmaak.NIET_LEVERBAAR) for code in namen]
    koppen = (
        f"{hoofdletter(wat_)} in {beeld.waar}",
        f"{_IN_WOORDEN[str(rijen['eenheid'].iloc[0])]}, {beeld.periode.naam}",
    )
    return _tabel(beeld, kolommen, rijen[rijen[per].isin(bekend)], id=id, koppen=koppen)
