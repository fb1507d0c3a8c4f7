"""One table of CBS as rows in our own words, every gemeente and the country.

Titles come from the service itself (`DataProperties` for columns, one part per dimension for rows). Keys carry
trailing spaces (`GM0200 `): filters need them, our rows must not have them. An empty value means that CBS hides it
or that it doesn't exist; a gemeente without any value in a period did not exist then and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analyse.cbs.klant import CbsFout, Klant
from analyse.cbs.tabellen import Kolom, Patronen, Tabel, betekenis

KOLOMMEN = ["maat", "gebied", "periode", "categorie", "waarde", "eenheid", "status", "bron", "datum"]
SLEUTEL = ["maat", "gebied", "periode", "categorie"]
NIET_GEPUBLICEERD = "niet gepubliceerd"
LAND = "NL"
# The maat of single years of age; with `_jongens` and `_meisjes` behind it.
LEEFTIJD = "inwoners_leeftijd"
_STATUS = {"definitief": "definitief", "voorlopig": "voorlopig", "nadervoorlopig": "nader voorlopig"}
_HALFJAAR = (("30 juni", "H1"), ("1e halfjaar", "H1"), ("31 december", "H2"), ("2e halfjaar", "H2"))


@dataclass(frozen=True)
class Gelezen:
    """One table: its rows (columns `KOLOMMEN`), titles that nothing fits, and the names of gemeenten if asked."""

    rijen: pd.DataFrame
    onbekend: tuple[str, ...]
    namen: dict[str, str]


@dataclass
class _Vorm:
    """What the service says about itself: titles, units, and what we take of each dimension."""

    datum: str
    eenheden: dict[str, str]
    maten: dict[str, Kolom]
    regio: str
    perioden: dict[str, tuple[str, str]]
    onbekend: list[str]
    # Per dimension: key (with its spaces) to what it means here.
    indelingen: dict[str, dict[str, str]] = field(default_factory=dict)
    vast: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def filter(self) -> str:
        """Rows that we want; the service sends the rest of a table of millions otherwise."""
        regios = f"(startswith({self.regio},'GM') or startswith({self.regio},'NL'))"
        delen = [_een_van("Perioden", self.perioden)]
        delen += [_een_van(naam, keuze) for naam, keuze in (self.indelingen | self.vast).items()]
        return " and ".join([regios, *delen])


def lees(klant: Klant, tabel: Tabel, *, jaren: int) -> Gelezen:
    """Fetch one table: the last `jaren` years that it holds. Raises CbsFout when it isn't what we know."""
    vorm = _vorm(klant, tabel, jaren)
    kolommen = (vorm.regio, "Perioden", *vorm.indelingen, *vorm.maten)
    gevonden = klant.rijen(tabel.id, "TypedDataSet", filter_=vorm.filter, kolommen=kolommen)
    rijen = _zonder_wat_niet_bestond(pd.DataFrame(_lang(gevonden, vorm), columns=KOLOMMEN[:-2]))
    if rijen.empty:
        raise CbsFout("Deze tabel van CBS heeft geen cijfers meer die wij kennen.", waar=tabel.id)
    rijen = _met_opgetelde_leeftijden(rijen).assign(bron=f"CBS StatLine {tabel.id}", datum=vorm.datum)
    rijen = rijen[KOLOMMEN].sort_values(SLEUTEL, ignore_index=True)
    namen = _namen(klant.rijen(tabel.id, vorm.regio)) if tabel.namen else {}
    return Gelezen(rijen, () if tabel.ruim else tuple(sorted(set(vorm.onbekend))), namen)


def _namen(regios: Iterable[dict[str, Any]]) -> dict[str, str]:
    gevonden = {_gebied(rij["Key"]): str(rij.get("Title") or "").strip() for rij in regios}
    return {code: naam for code, naam in gevonden.items() if code not in (None, LAND) and naam}


def _vorm(klant: Klant, tabel: Tabel, jaren: int) -> _Vorm:
    info = next(iter(klant.rijen(tabel.id, "TableInfos")), {})
    eigenschappen = list(klant.rijen(tabel.id, "DataProperties"))
    dimensies = [str(e["Key"]) for e in eigenschappen if str(e.get("Type", "")).endswith("Dimension")]
    onderwerpen = [e for e in eigenschappen if e.get("Type") == "Topic"]
    maten, onbekend = _maten(tabel, eigenschappen, onderwerpen)
    vorm = _Vorm(
        datum=str(info.get("Modified") or "")[:10],
        eenheden={str(e["Key"]): str(e.get("Unit") or "") for e in onderwerpen},
        maten=maten,
        regio=_zoek(dimensies, "Regio", tabel),
        perioden=_perioden(klant.rijen(tabel.id, "Perioden"), jaren),
        onbekend=onbekend,
    )
    _met_indelingen(klant, tabel, vorm, dimensies)
    return vorm


def _maten(
    tabel: Tabel, eigenschappen: list[dict[str, Any]], onderwerpen: list[dict[str, Any]]
) -> tuple[dict[str, Kolom], list[str]]:
    """Key to our column: by the title, then with the headings above it, then by the words in the key.

    Of several keys for one column the first stays: CBS puts the total before its parts.
    """
    boven = {str(e["ID"]): e for e in eigenschappen if e.get("ID") is not None}
    maten: dict[str, Kolom] = {}
    onbekend = []
    for onderwerp in onderwerpen:
        titels = [
            *(_titel(onderwerp, boven, diep=diep) for diep in (False, True)),
            _woorden(str(onderwerp["Key"])),
        ]
        kolom = next((k for titel in titels for k in tabel.kolommen if k.past(titel)), None)
        if kolom is None:
            onbekend.append(titels[1])
        elif kolom not in maten.values():
            maten[str(onderwerp["Key"])] = kolom
    if not maten:
        raise CbsFout(
            "In deze tabel van CBS herkennen wij geen enkele kolom.",
            ontvangen="; ".join(onbekend[:5]),
            waar=tabel.id,
            doe="Meld dit aan de beheerder; de oude cijfers blijven staan.",
        )
    return maten, onbekend


def _titel(onderwerp: dict[str, Any], boven: dict[str, dict[str, Any]], *, diep: bool) -> str:
    delen = [str(onderwerp.get("Title") or "")]
    ouder = boven.get(str(onderwerp.get("ParentID")))
    while diep and ouder is not None and len(delen) < 6:
        delen.insert(0, str(ouder.get("Title") or ""))
        ouder = boven.get(str(ouder.get("ParentID")))
    eenheid = str(onderwerp.get("Unit") or "")
    return " > ".join(delen) + (" (%)" if eenheid.strip() == "%" else "")


def _woorden(sleutel: str) -> str:
    """`JongerenMetJeugdzorg_1` as words: what is left when the title is only a heading."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", re.sub(r"_\d+$", "", sleutel))


def _zoek(dimensies: list[str], begin: str, tabel: Tabel) -> str:
    for naam in dimensies:
        if naam.lower().startswith(begin.lower()):
            return naam
    raise CbsFout(f"De tabel van CBS heeft geen indeling {begin}.", ontvangen=", ".join(dimensies), waar=tabel.id)


def _perioden(rijen: Iterable[dict[str, Any]], jaren: int) -> dict[str, tuple[str, str]]:
    """Key as delivered to (our period, status), of the last `jaren` years."""
    gevonden = {str(rij["Key"]): (periode_van(rij), _status(rij)) for rij in rijen}
    bekend = {sleutel: (periode, status) for sleutel, (periode, status) in gevonden.items() if periode}
    laatste = max((int(periode[:4]) for periode, _ in bekend.values()), default=0)
    return {sleutel: deel for sleutel, deel in bekend.items() if int(deel[0][:4]) > laatste - jaren}


def periode_van(rij: dict[str, Any]) -> str:
    """`2022JJ00` is 2022, `2022HJ01` is 2022-H1; a reference date by its title; else empty (quarters, months)."""
    sleutel, titel = str(rij["Key"]).strip(), str(rij.get("Title") or "").lower()
    if treffer := re.fullmatch(r"(\d{4})(JJ00|HJ0([12]))", sleutel):
        return treffer[1] + (f"-H{treffer[3]}" if treffer[3] else "")
    jaar = re.match(r"\d{4}", sleutel)
    deel = next((helft for woord, helft in _HALFJAAR if woord in titel), "")
    return f"{jaar[0]}-{deel}" if jaar and deel else ""


def _status(rij: dict[str, Any]) -> str:
    return _STATUS.get(str(rij.get("Status") or "").lower().replace(" ", ""), "onbekend")


def _een_van(naam: str, sleutels: Collection[str]) -> str:
    if not sleutels:
        raise CbsFout("De tabel van CBS heeft geen rijen die wij kennen.", waar=naam)
    return "(" + " or ".join(f"{naam} eq '{sleutel}'" for sleutel in sorted(sleutels)) + ")"


def _met_indelingen(klant: Klant, tabel: Tabel, vorm: _Vorm, dimensies: list[str]) -> None:
    """What we take of each other dimension. The categorie comes first; then what becomes a suffix."""
    for begin, patronen in ((tabel.indeling, tabel.rijen), (tabel.soort, tabel.soorten)):
        if begin:
            naam = _zoek(dimensies, begin, tabel)
            vorm.indelingen[naam], over = _kies(klant.rijen(tabel.id, naam), patronen)
            vorm.onbekend.extend(over)
    for begin, patroon in tabel.vast:
        naam = _zoek(dimensies, begin, tabel)
        vorm.vast[naam], _ = _kies(klant.rijen(tabel.id, naam), ((patroon, "totaal"),))


def _kies(rijen: Iterable[dict[str, Any]], patronen: Patronen) -> tuple[dict[str, str], list[str]]:
    """Key to meaning (the first row of each meaning), and the titles that nothing fits."""
    gekozen: dict[str, str] = {}
    over = []
    for rij in rijen:
        titel = str(rij.get("Title") or "")
        woord = betekenis(patronen, titel)
        if woord is None:
            over.append(titel.strip())
        elif woord not in gekozen.values():
            gekozen[str(rij["Key"])] = woord
    return gekozen, over


def _lang(rijen: Iterable[dict[str, Any]], vorm: _Vorm) -> list[tuple[object, ...]]:
    """One tuple per figure. What the service sends although we didn't ask for it is dropped."""
    perioden = {sleutel.strip(): deel for sleutel, deel in vorm.perioden.items()}
    indelingen = {
        naam: {sleutel.strip(): woord for sleutel, woord in keuze.items()}
        for naam, keuze in vorm.indelingen.items()
    }
    uit: list[tuple[object, ...]] = []
    for rij in rijen:
        gebied = _gebied(rij.get(vorm.regio))
        periode = perioden.get(str(rij.get("Perioden")).strip())
        woorden = [keuze.get(str(rij.get(naam)).strip()) for naam, keuze in indelingen.items()]
        if gebied is None or periode is None or None in woorden:
            continue
        onderwerp, _, categorie = (str(woorden[0]) if woorden else "totaal").rpartition(":")
        for sleutel, kolom in vorm.maten.items():
            waarde = _waarde(rij.get(sleutel), vorm.eenheden.get(sleutel, ""), kolom)
            maat = kolom.maat.format(onderwerp) + "".join(map(str, woorden[1:]))
            status = periode[1] if waarde is not None else NIET_GEPUBLICEERD
            uit.append((maat, gebied, periode[0], categorie, waarde, kolom.eenheid, status))
    return uit


def _gebied(sleutel: object) -> str | None:
    code = str(sleutel).strip()
    if code.startswith("NL"):
        return LAND
    return code if re.fullmatch(r"GM\d{4}", code) else None


def _waarde(waarde: object, eenheid: str, kolom: Kolom) -> float | None:
    if waarde is None or str(waarde).strip() in ("", "."):
        return None
    duizend = kolom.eenheid == "euro" and re.search(r"1\s?[ .]?000", eenheid)
    return float(str(waarde)) * (1000 if duizend else 1)


def _zonder_wat_niet_bestond(rijen: pd.DataFrame) -> pd.DataFrame:
    """Without gemeente and period of which every figure is empty."""
    bestaat = rijen["waarde"].notna().groupby([rijen["gebied"], rijen["periode"]]).transform("any")
    return rijen[bestaat.astype(bool)]


def _met_opgetelde_leeftijden(rijen: pd.DataFrame) -> pd.DataFrame:
    """Single years of age also as 0-17 and 0-22, where none is missing: what other figures are counted per."""
    jaren = rijen[rijen["maat"].eq(LEEFTIJD) & rijen["waarde"].notna()]
    delen = [rijen]
    for tot in (17, 22):
        groepen = jaren[jaren["categorie"].astype(int) <= tot].groupby(["gebied", "periode"], as_index=False)
        som = groepen.agg(
            waarde=("waarde", "sum"),
            aantal=("waarde", "size"),
            eenheid=("eenheid", "first"),
            status=("status", "first"),
        )
        delen.append(som[som["aantal"] == tot + 1].assign(maat="inwoners", categorie=f"0-{tot}"))
    return pd.concat(delen, ignore_index=True)
