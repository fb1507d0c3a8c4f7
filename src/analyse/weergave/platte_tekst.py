"""A node as plain text: for terminals, logs and whoever searches a notebook."""

from __future__ import annotations

from analyse.weergave.knoop import Knoop
from analyse.weergave.markdown import platte_tekst, tekst_van

INTERN = "INTERN: niet beveiligd tegen herkenning, niet verspreiden"


def van(knoop: Knoop) -> str:
    """The whole node, its numbers included; a chart is told by its alt text and table."""
    tekst = _VORMEN[knoop["soort"]](knoop)
    return f"{INTERN}\n{tekst}" if knoop.get("intern") else tekst


def _tabel(knoop: Knoop) -> str:
    koppen = [kolom["naam"] for kolom in knoop["kolommen"]]
    rijen = [koppen, *knoop["rijen"]]
    breedten = [max(len(rij[i]) for rij in rijen) for i in range(len(koppen))]
    rechts = [kolom["rechts"] for kolom in knoop["kolommen"]]
    regels = [
        "  ".join(
            cel.rjust(b) if r else cel.ljust(b) for cel, b, r in zip(rij, breedten, rechts, strict=True)
        ).rstrip()
        for rij in rijen
    ]
    return "\n".join(regels)


def _met_tabel(knoop: Knoop) -> str:
    bron = f"Bron: {knoop['bron']}" if knoop.get("bron") else ""
    delen = [knoop["titel"], knoop["ondertitel"], knoop.get("alt", ""), _tabel(knoop), bron, *knoop["noten"]]
    return "\n".join(deel for deel in delen if deel)


def _boodschappen(knoop: Knoop) -> str:
    regels = [
        f"{i}. {tekst_van(item['inhoud'])} [{', '.join(filter(None, (item['cijfer'], item['soort'])))}]"
        + (f"\n   {tekst_van(item['toelichting'])}" if item["toelichting"] else "")
        for i, item in enumerate(knoop["items"], start=1)
    ]
    return "\n".join(regels)


def _kaartjes(knoop: Knoop) -> str:
    kaarten = [
        "\n".join([item["titel"], *(f"  {naam}: {tekst}" for naam, tekst in item["velden"])])
        for item in knoop["items"]
    ]
    return "\n\n".join(kaarten)


_VORMEN = {
    "figuur": _met_tabel,
    "tabel": _met_tabel,
    "boodschappen": _boodschappen,
    "kaartjes": _kaartjes,
    "kader": lambda knoop: f"{knoop['titel']}\n{platte_tekst(knoop['blokken'])}",
    "tekst": lambda knoop: platte_tekst(knoop["blokken"]),
}
