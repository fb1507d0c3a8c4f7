"""A plausible Vrijgave without the hops before it: every gebied, half-year and split, hidden and provisional.

Values come from a seeded generator, so texts made from them can stand in a test as literal text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from analyse.kern import codes
from analyse.kern.periode import Periode, halfjaren
from analyse.kern.resultaat import Vrijgave
from analyse.kern.schema import RESULTAAT
from analyse.params import Params
from analyse.vrijgave.overgangen import HALFJAREN, geef_overgangen_vrij, overgangen
from analyse.weergave.beeld import Beeld

WORTEL = Path(__file__).resolve().parents[2]
INWONERS = {
    "GM0200": 40_000,
    "GM0213": 4_700,
    "GM0232": 7_800,
    "GM0244": 3_300,
    "GM0246": 4_700,
    "GM0262": 7_500,
    "GM0285": 6_200,
    "GM0301": 11_500,
}
PERIODES = tuple(halfjaren(Periode(2019, "H1"), Periode(2025, "H2")))
HULPVORMEN = dict(zip(codes.HULPVORM, (0.08, 0.55, 0.06, 0.19, 0.05, 0.02, 0.005, 0.045), strict=True))
LEEFTIJDEN = dict(zip(codes.LEEFTIJD, (0.06, 0.45, 0.4, 0.09, 0.0), strict=True))
VERWIJZERS = dict(zip(codes.VERWIJZER, (0.47, 0.28, 0.02, 0.09, 0.07, 0.04, 0.005, 0.025), strict=True))
VERBLIJF = dict(zip(codes.VERBLIJF, (0.42, 0.17, 0.04, 0.37), strict=True))
MAATREGELEN = dict(zip(codes.MAATREGEL, (0.4, 0.5, 0.1), strict=True))

# indicator: per 1,000 inhabitants a half-year, then the splits that exist
TELLINGEN: dict[str, tuple[float, dict[str, dict[str, float]]]] = {
    "trajecten.beginstand": (75, {}),
    "trajecten.instroom": (
        34,
        {"hulpvorm": HULPVORMEN, "leeftijd": LEEFTIJDEN, "verwijzer": VERWIJZERS},
    ),
    "trajecten.uitstroom": (33, {"hulpvorm": HULPVORMEN}),
    "trajecten.actief": (109, {"hulpvorm": HULPVORMEN, "leeftijd": LEEFTIJDEN}),
    "trajecten.eindstand": (76, {"hulpvorm": HULPVORMEN}),
    "trajecten.herhaald": (9, {}),
    "jeugdigen.actief": (85, {"hulpvorm": HULPVORMEN, "leeftijd": LEEFTIJDEN}),
    "jeugdigen.instroom": (21, {"leeftijd": LEEFTIJDEN}),
    "verwijzingen.aantal": (34, {"verwijzer": VERWIJZERS}),
    "verwijzingen.huisarts_sggz": (6, {}),
    "verblijf.jeugdigen": (8, {"hulpvorm": VERBLIJF, "leeftijd": LEEFTIJDEN, "maatregel": MAATREGELEN}),
    "verblijf.nieuw": (2.2, {"hulpvorm": VERBLIJF}),
    "verblijf.gedwongen": (3.0, {}),
    "verblijf.naar_huis": (1.4, {}),
}
DUREN = {
    "trajectduur.gemiddeld": 410.0,
    "trajectduur.mediaan": 290.0,
    "trajectduur.mediaan_km": 335.0,
    "verblijf.duur_km": 480.0,
}


@dataclass(frozen=True)
class Referentie:
    """Stands in for `analyse.referentie.Referentie`."""

    bevolking: pd.DataFrame
    cbs: pd.DataFrame
    aanbieders: dict[str, str] = field(default_factory=dict)


def referentie(*, cbs: bool = True) -> Referentie:
    """Population of the eight gemeenten and the national CBS table, with or without rows."""
    rijen = [
        (gebied, jaar, "0-22", float(aantal)) for gebied, aantal in INWONERS.items() for jaar in range(2019, 2026)
    ]
    tabel = pd.read_csv(WORTEL / "data" / "referentie" / "cbs_landelijk.csv", sep=";", dtype=str)
    tabel = tabel.fillna("").astype({"waarde": "float64"})
    gemeente = pd.DataFrame(
        [
            (
                "jongeren_jeugdzorg",
                "GM0200",
                "2022",
                "totaal",
                4700.0,
                "aantal",
                "voorlopig",
                "CBS StatLine 85335NED",
                "",
            ),
            (
                "trajecten_jeugdzorg",
                "GM0200",
                "2022",
                "totaal",
                7335.0,
                "aantal",
                "voorlopig",
                "CBS StatLine 85335NED",
                "",
            ),
            ("verwijzer", "GM0200", "2022", "01", 3755.0, "aantal", "voorlopig", "CBS StatLine 85335NED", ""),
            ("verwijzer", "GM0200", "2022", "02", 1385.0, "aantal", "voorlopig", "CBS StatLine 85335NED", ""),
        ],
        columns=tabel.columns,
    )
    tabel = pd.concat([tabel, gemeente], ignore_index=True)
    return Referentie(
        pd.DataFrame(rijen, columns=["gebied", "jaar", "leeftijd", "aantal"]), tabel if cbs else tabel.iloc[:0]
    )


def _rij(indicator: str, gebied: str, periode: Periode, **rest: object) -> dict[str, object]:
    leeg = dict.fromkeys(("teller", "noemer", "waarde", "onder", "boven"))
    dims = dict.fromkeys(codes.DIMENSIES, codes.TOTAAL)
    return {
        "indicator": indicator,
        "gebied": gebied,
        "periode": str(periode),
        **dims,
        **leeg,
        "methode": "",
        **rest,
    }


def _tellingen(rng: np.random.Generator) -> Iterator[dict[str, object]]:
    for indicator, (tempo, splitsingen) in TELLINGEN.items():
        for periode in PERIODES:
            per_gemeente: dict[str, float] = {}
            for gebied, inwoners in INWONERS.items():
                per_gemeente[gebied] = float(rng.poisson(tempo * inwoners / 1000))
            per_gemeente[codes.REGIO] = sum(per_gemeente.values())
            for gebied, aantal in per_gemeente.items():
                yield _rij(indicator, gebied, periode, teller=aantal, waarde=aantal, eenheid="aantal")
                for dimensie, delen in splitsingen.items():
                    for code, deel in delen.items():
                        n = float(round(aantal * deel))
                        rest = {dimensie: code, "teller": n, "waarde": n, "eenheid": "aantal"}
                        yield _rij(indicator, gebied, periode, **rest)


def _duren(rng: np.random.Generator) -> Iterator[dict[str, object]]:
    for indicator, midden in DUREN.items():
        for periode in PERIODES:
            for gebied in (*INWONERS, codes.REGIO):
                dagen = float(round(midden * rng.uniform(0.93, 1.07)))
                rest = {"waarde": dagen, "eenheid": "dagen", "noemer": 40.0}
                if indicator.endswith("_km"):
                    rest |= {"onder": dagen - 30, "boven": dagen + 40, "methode": "kaplan_meier"}
                yield _rij(indicator, gebied, periode, **rest)


EURO = {
    "uitgaven.bedrag": (900.0, {"hulpvorm": HULPVORMEN, "verwijzer": VERWIJZERS}),
    "uitgaven.verschil_jeugdigen": (12.0, {}),
    "uitgaven.verschil_volume": (-8.0, {}),
    "uitgaven.verschil_mix": (5.0, {}),
    "uitgaven.verschil_index": (30.0, {}),
    "uitgaven.verschil_prijs": (-2.0, {}),
}
GEMIDDELD = {"uitgaven.per_jeugdige": 5_400.0, "uitgaven.per_traject": 6_100.0, "uitgaven.per_inwoner": 900.0}


def _euro(rng: np.random.Generator) -> Iterator[dict[str, object]]:
    """Amounts that add up to the region, an estimate with an interval, and means with one."""
    for indicator, (per_inwoner, splitsingen) in EURO.items():
        for periode in PERIODES:
            per_gemeente = {g: float(round(per_inwoner * n * rng.uniform(0.9, 1.1))) for g, n in INWONERS.items()}
            per_gemeente[codes.REGIO] = sum(per_gemeente.values())
            for gebied, bedrag in per_gemeente.items():
                yield _rij(indicator, gebied, periode, waarde=bedrag, eenheid="euro")
                if indicator == "uitgaven.bedrag":
                    rest = {
                        "waarde": bedrag * 1.1,
                        "onder": bedrag * 1.05,
                        "boven": bedrag * 1.2,
                        "eenheid": "euro",
                    }
                    yield _rij("uitgaven.verwacht", gebied, periode, methode="chain_ladder", **rest)
                for dimensie, delen in splitsingen.items():
                    for code, deel in delen.items():
                        rest = {dimensie: code, "waarde": float(round(bedrag * deel)), "eenheid": "euro"}
                        yield _rij(indicator, gebied, periode, **rest)
    yield from _gemiddelden(rng)


def _gemiddelden(rng: np.random.Generator) -> Iterator[dict[str, object]]:
    for indicator, midden in GEMIDDELD.items():
        for periode in PERIODES:
            for gebied in (*INWONERS, codes.REGIO):
                for hulpvorm in (codes.TOTAAL, *(HULPVORMEN if indicator != "uitgaven.per_inwoner" else ())):
                    waarde = float(round(midden * rng.uniform(0.9, 1.1)))
                    rest = {"waarde": waarde, "onder": 0.9 * waarde, "boven": 1.1 * waarde, "noemer": 40.0}
                    yield _rij(indicator, gebied, periode, hulpvorm=hulpvorm, eenheid="euro", **rest)


# After an end: out, other help that goes on, or new help of some hulpvorm; shares of uitstroom per hulpvorm.
NA_EINDE = {
    **{f"doorstroom.naar_{code}": 0.12 * deel for code, deel in HULPVORMEN.items()},
    "doorstroom.blijft": 0.3,
    "doorstroom.uit": 0.58,
}
OVERSTAP = {"zwaarder": 0.04, "gelijk": 0.05, "lichter": 0.03, "aantal": 0.12, "andere_aanbieder": 0.1}
# Percentage, and its denominator per 1,000 inhabitants a half-year.
AANDELEN = {
    "doorstroom.aandeel": (12.0, 33.0),
    "geen_nieuwe_start.6_maanden": (84.0, 30.0),
    "geen_nieuwe_start.12_maanden": (79.0, 30.0),
    "uitval.strikt": (12.0, 29.0),
    "uitval.breed": (24.0, 29.0),
    "uitval.zonder_reden": (11.0, 33.0),
    "tevredenheid.acht_of_hoger": (62.0, 11.0),
    "tevredenheid.respons": (33.0, 33.0),
    "zonder_hulp.verder": (41.0, 11.0),
    "zonder_hulp.respons": (34.0, 33.0),
    "doelrealisatie.behaald": (55.0, 11.0),
    "doelrealisatie.respons": (35.0, 33.0),
    "verzilvering.aandeel": (86.0, 70.0),
    "verzilvering.nooit_gestart": (5.0, 70.0),
    "verzilvering.onbekend": (9.0, 80.0),
    "wachttijd.terugwerkend": (23.0, 30.0),
    "wachttijd.zonder_verzoek": (57.0, 34.0),
    "zorgpad.sggz_afschaling": (14.0, 8.0),
    "aanbieder.concentratie": (66.0, 900.0),
    "uitgaven.pgb_aandeel": (3.0, 900.0),
}
# Known only some months after the end.
LATER = {"geen_nieuwe_start.6_maanden": "2025-H1", "geen_nieuwe_start.12_maanden": "2024-H2"}
WACHTTIJD = {"verzoek_toewijzing": 5.0, "verzoek_start": 21.0, "toewijzing_start": 16.0, "ingang_start": 9.0}


def _na_einde(rng: np.random.Generator) -> Iterator[dict[str, object]]:
    """What came after an end: per hulpvorm of origin and together."""
    for periode in PERIODES:
        for gebied in (*INWONERS, codes.REGIO):
            inwoners = sum(INWONERS.values()) if gebied == codes.REGIO else INWONERS[gebied]
            einden = float(rng.poisson(33 * inwoners / 1000))
            for indicator, deel in NA_EINDE.items():
                for hulpvorm, eigen in {codes.TOTAAL: 1.0, **HULPVORMEN}.items():
                    n = float(round(einden * deel * eigen))
                    rest = {"hulpvorm": hulpvorm, "teller": n, "waarde": n, "eenheid": "aantal"}
                    yield _rij(indicator, gebied, periode, **rest)
            for naam, deel in OVERSTAP.items():
                n = float(round(einden * deel * rng.uniform(0.9, 1.1)))
                yield _rij(f"doorstroom.{naam}", gebied, periode, teller=n, waarde=n, eenheid="aantal")


def _uitkomsten(rng: np.random.Generator) -> Iterator[dict[str, object]]:
    """Shares with their denominators, waiting times, a mark, and how many aanbieders there are."""
    for periode in PERIODES:
        for gebied in (*INWONERS, codes.REGIO):
            inwoners = sum(INWONERS.values()) if gebied == codes.REGIO else INWONERS[gebied]
            for indicator, (procent, tempo) in AANDELEN.items():
                n = float(round(tempo * inwoners / 1000))
                teller = float(round(n * procent / 100 * rng.uniform(0.9, 1.1)))
                rest = {"teller": min(teller, n), "noemer": n, "eenheid": "procent"}
                if str(periode) <= LATER.get(indicator, "9"):
                    yield _rij(indicator, gebied, periode, **rest)
            for naam, dagen in {**WACHTTIJD, **{f"{k}_p90": 3 * v for k, v in WACHTTIJD.items()}}.items():
                waarde = float(round(dagen * rng.uniform(0.85, 1.15)))
                yield _rij(f"wachttijd.{naam}", gebied, periode, waarde=waarde, eenheid="dagen")
            sggz = float(round(270 * rng.uniform(0.9, 1.1)))
            yield _rij("zorgpad.sggz_duur", gebied, periode, waarde=sggz, eenheid="dagen")
            cijfer = round(7.5 * rng.uniform(0.97, 1.03), 1)
            yield _rij("tevredenheid.gemiddeld", gebied, periode, waarde=cijfer, eenheid="cijfer")
            for naam, midden in (("aantal", 19), ("toetreders", 2), ("uittreders", 1)):
                aantal = float(rng.poisson(midden))
                yield _rij(f"aanbieder.{naam}", gebied, periode, waarde=aantal, eenheid="aantal")


def _verhoudingen(tabel: pd.DataFrame) -> Iterator[dict[str, object]]:
    """Shares and rates, from the rounded counts, as hop 3 does."""
    wijzer = tabel.set_index(["indicator", "gebied", "periode", "verwijzer", "hulpvorm", "leeftijd", "maatregel"])
    tellers = wijzer["teller"].to_dict()

    def telt(indicator: str, gebied: str, periode: Periode, verwijzer: str = "totaal") -> float:
        return tellers[(indicator, gebied, str(periode), verwijzer, "totaal", "totaal", "totaal")]

    for periode in PERIODES:
        for gebied in (*INWONERS, codes.REGIO):
            inwoners = sum(INWONERS.values()) if gebied == codes.REGIO else INWONERS[gebied]
            yield _rij(
                "jeugdigen.per_1000", gebied, periode, eenheid="per_1000",
                teller=telt("jeugdigen.actief", gebied, periode), noemer=float(inwoners),
            )  # fmt: skip
            eind = telt("trajecten.eindstand", gebied, periode)
            lang = round(eind * 0.18)
            yield _rij(
                "trajectduur.langlopend", gebied, periode, eenheid="procent", teller=float(lang), noemer=eind
            )
            alle = telt("verwijzingen.aantal", gebied, periode)
            onbekend = telt("verwijzingen.aantal", gebied, periode, "onbekend")
            for code in codes.VERWIJZER:
                n = telt("verwijzingen.aantal", gebied, periode, code)
                noemer = alle if code == codes.ONBEKEND else alle - onbekend
                yield _rij(
                    "verwijzingen.aandeel",
                    gebied,
                    periode,
                    verwijzer=code,
                    eenheid="procent",
                    teller=n,
                    noemer=noemer,
                )


def _beschermd(tabel: pd.DataFrame) -> pd.DataFrame:
    """Hide below 10, round to 5, recompute rates; 2025-H2 is provisional."""
    geteld = tabel["teller"].notna()
    verborgen = geteld & tabel["teller"].gt(0) & tabel["teller"].lt(10)
    for kolom in ("teller", "noemer"):
        tabel[kolom] = (tabel[kolom] / 5).round() * 5
    factor = tabel["eenheid"].map({"procent": 100.0, "per_1000": 1000.0})
    tabel["waarde"] = tabel["waarde"].mask(geteld, tabel["teller"])
    verhouding = factor.notna() & tabel["noemer"].gt(0)
    tabel["waarde"] = tabel["waarde"].mask(verhouding, factor * tabel["teller"] / tabel["noemer"])
    tabel["status"] = np.where(tabel["periode"].eq("2025-H2"), "voorlopig", "definitief")
    return verberg(tabel, verborgen)


def verberg(tabel: pd.DataFrame, masker: pd.Series) -> pd.DataFrame:
    """The same table with the rows of `masker` hidden: null figures, status `verborgen`."""
    tabel = tabel.copy()
    maten = ["teller", "noemer", "waarde", "onder", "boven"]
    tabel[maten] = tabel[maten].mask(masker)
    tabel["status"] = tabel["status"].mask(masker, "verborgen")
    return tabel


def maak_tabel(zaad: int = 7) -> pd.DataFrame:
    """The rows of a Vrijgave."""
    rng = np.random.default_rng(zaad)
    basis = pd.DataFrame([*_tellingen(rng), *_duren(rng)])
    # Last, so that what is drawn before stays what the literal texts of the tests say.
    delen = [basis, pd.DataFrame(list(_verhoudingen(basis))), pd.DataFrame(list(_euro(rng)))]
    delen += [pd.DataFrame([*_na_einde(rng), *_uitkomsten(rng)])]
    tabel = pd.concat(delen, ignore_index=True)
    tabel["status"] = "definitief"
    return _beschermd(tabel[list(RESULTAAT)].astype(dict.fromkeys(RESULTAAT[8:13], "float64")))


KWALITEIT = pd.DataFrame(
    [
        ("GM0200", "stop_ontbreekt", "waarschuwing", "Een traject zonder stopbericht.", "Vraag erom.", 45.0),
        ("GM0200", "product_onbekend", "blokkerend", "Een onbekende productcode.", "Vul de lijst aan.", None),
        ("GM0232", "start_laat", "informatie", "Een laat startbericht.", "", 120.0),
    ],
    columns=["gebied", "code", "ernst", "regel", "doe", "aantal"],
)  # fmt: skip


PADEN = pd.DataFrame(
    [
        ("REGIO", "2025-H2", "reeks", "02", 900.0, 2000.0),
        ("REGIO", "2025-H2", "reeks", "02 > 04 > 02+14 > 11 > …", 15.0, 2000.0),
        ("REGIO", "2025-H2", "combinatie", "02 + 04", 120.0, 1500.0),
        ("GM0200", "2025-H2", "reeks", "02", 400.0, None),
    ],
    columns=["gebied", "periode", "soort", "pad", "personen", "noemer"],
)  # fmt: skip


def maak_beeld(gebied: str = "REGIO", *, tabel: pd.DataFrame | None = None, cbs: bool = True) -> Beeld:
    """A Beeld of 2025-H2 on the table of this factory (or another)."""
    params = Params.open(WORTEL)
    rijen = maak_tabel() if tabel is None else tabel
    twee_jaar = [str(periode) for periode in PERIODES[-HALFJAREN:]]
    drempels = params.regio.drempels
    return Beeld(
        vrijgave=Vrijgave(rijen, KWALITEIT),
        params=params,
        editie=params.editie("2025-H2"),
        gebied=gebied,
        referentie=referentie(cbs=cbs),
        padenbron=lambda: PADEN,
        overgangenbron=lambda: geef_overgangen_vrij(overgangen(rijen, twee_jaar), drempels),
    )
