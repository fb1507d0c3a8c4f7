"""A sample report with every kind of block, as a notebook: invented figures, realistic wording."""

from __future__ import annotations

import base64
import struct
import zlib
from datetime import date

import pandas as pd
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analyse.kern.schema import RESULTAAT
from analyse.params import Breuk
from analyse.weergave import (
    Boodschap,
    Boodschappen,
    Figuur,
    Kaartje,
    Kaartjes,
    Tabel,
    Tekst,
    Waarschuwing,
    Weergave,
    grafiek,
)

PERIODEN = [f"{jaar}-{helft}" for jaar in range(2021, 2026) for helft in ("H1", "H2")]
GEMEENTEN = ["Apeldoorn", "Brummen", "Epe", "Hattem", "Heerde", "Lochem", "Voorst", "Zutphen"]
BREUKEN = (
    Breuk(
        datum=date(2022, 1, 1),
        naam="Woonplaatsbeginsel",
        uitleg="Een andere regel bepaalt welke gemeente betaalt.",
    ),
)
GEGEVENS = {
    "titel": "Halfjaarrapport jeugdhulp",
    "gebied": "GM0200",
    "gebied_naam": "Apeldoorn",
    "periode": "2025-H2",
    "periode_naam": "2e halfjaar 2025",
    "rubricering": "BESTUURLIJK",
    "editie": "2025-H2",
    "voor": "Portefeuillehouders en beleidsadviseurs",
    "peildatum": "2025-12-31",
    "csv_map": "tabellen",
}


def _png() -> bytes:
    """One grey dot: the smallest picture there is."""
    delen = (
        (b"IHDR", struct.pack(">2I5B", 1, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\x80")),
        (b"IEND", b""),
    )
    brokken = (struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in delen)
    return b"\x89PNG\r\n\x1a\n" + b"".join(brokken)


PNG = base64.b64encode(_png()).decode()


def reeks(naam: str, begin: float) -> pd.DataFrame:
    """Ten half-years; the last provisional, one hidden when the numbers are small."""
    rijen = pd.DataFrame({"reeks": naam, "periode": PERIODEN})
    rijen["waarde"] = [begin + (i * 7) % 5 * begin / 20 for i in range(10)]
    rijen["status"] = ["definitief"] * 9 + ["voorlopig"]
    if begin < 10:
        rijen.loc[3, ["waarde", "status"]] = [None, "verborgen"]
    return rijen


def resultaat(rijen: pd.DataFrame) -> pd.DataFrame:
    """The same rows with the columns of the result table."""
    vast = dict.fromkeys(RESULTAAT, "totaal") | {"indicator": "trajecten.instroom", "gebied": "GM0200"}
    maten = dict.fromkeys(["teller", "noemer", "onder", "boven"])
    uit = rijen.assign(**{k: v for k, v in (vast | maten).items() if k not in rijen.columns})
    return uit.assign(eenheid="aantal", methode="", verwijzer="02")[list(RESULTAAT)]


def cel(*uitvoer: object) -> NotebookNode:
    """An executed code cell that shows objects of ours, or outputs as they are."""
    uit = [
        new_output("display_data", data=o._repr_mimebundle_()) if isinstance(o, Weergave) else o for o in uitvoer
    ]
    return new_code_cell("geheime_broncode = 1", outputs=uit)


def _samenvatting() -> list[NotebookNode]:
    items = [
        Boodschap(
            tekst="Er begonnen **1.245 trajecten**. Dat zijn er 110 meer dan een jaar eerder.",
            cijfer="1.245",
            richting="omhoog",
            soort="signaal",
            figuur="instroom-reeks",
        ),
        Boodschap(
            tekst="De helft van de trajecten duurt korter dan 212 dagen.", cijfer="212 dagen", richting="omlaag"
        ),
        Boodschap(tekst="Dit cijfer staat in een ander rapport.", figuur="bestaat-niet"),
        Boodschap(tekst="Te klein om te tonen.", cijfer=".", richting="onbekend", soort="onvoldoende gegevens"),
    ]
    return [
        new_markdown_cell(
            "# Samenvatting\n\nWat valt op? Zie ook [instroom](#instroom) en [niets](#bestaat-niet)."
        ),
        cel(Boodschappen(items), Waarschuwing(tekst="De laatste cijfers zijn **voorlopig**.")),
    ]


def _instroom() -> list[NotebookNode]:
    huisarts = reeks("Huisarts", 145)
    punten = pd.DataFrame({"naam": GEMEENTEN, "waarde": range(90, 130, 5)}).assign(
        onder=lambda r: r["waarde"] - 12, boven=lambda r: r["waarde"] + 14
    )
    vast = {"bron": "iJw-berichten van de gemeenten", "ondertitel": "Trajecten, Apeldoorn, 2021 tot en met 2025"}
    return [
        new_markdown_cell(
            "# Instroom\n\n#### Hoeveel trajecten beginnen er?\n\nBron: https://www.cbs.nl/nl-nl.\n\n"
            "- Een kind kan meer dan één traject hebben.\n  1. ook tegelijk\n- Een verlenging telt niet.\n\n"
            "> Een citaat."
        ),
        cel(
            Figuur(
                id="instroom-reeks",
                titel="De instroom bleef rond de 150 trajecten",
                grafiek=grafiek.lijn(huisarts, eenheid="aantal", breuken=BREUKEN),
                data=resultaat(huisarts),
                **vast,
            )
        ),
        cel(
            Figuur(
                id="instroom-gemeenten",
                titel="Gemeenten verschillen weinig",
                grafiek=grafiek.punten(punten, eenheid="per_1000", accent="Apeldoorn"),
                **vast,
            ),
            Figuur(
                id="instroom-veel",
                titel="Nergens een duidelijke stijging",
                grafiek=grafiek.kleine_veelvouden(
                    pd.concat(
                        [
                            reeks(naam, 40 + 9 * i).rename(columns={"reeks": "paneel"})
                            for i, naam in enumerate(GEMEENTEN)
                        ]
                    ),
                    eenheid="per_1000",
                    accent="Apeldoorn",
                ),
                **vast,
            ),
        ),
    ]


def _verwijzingen() -> list[NotebookNode]:
    reeksen = pd.concat([reeks("Huisarts", 140), reeks("Gecertificeerde instelling", 40), reeks("Rechter", 9)])
    laatste = reeksen[reeksen["periode"].eq("2025-H2")].rename(columns={"reeks": "naam"})
    vast = {"bron": "iJw-berichten van de gemeenten", "ondertitel": "Trajecten per verwijzer, Apeldoorn"}
    breed = [f"Categorie met een lange naam {i}" for i in range(7)]
    return [
        new_markdown_cell("# Verwijzingen\n\n## Wie verwijst?"),
        cel(
            Figuur(
                id="verwijzingen-reeks",
                titel="De huisarts verwijst het vaakst",
                grafiek=grafiek.lijn(reeksen, eenheid="aantal", breuken=BREUKEN),
                **vast,
            ),
            Figuur(
                id="verwijzingen-nu",
                titel="Bijna driekwart komt via de huisarts",
                grafiek=grafiek.staven(laatste, eenheid="aantal"),
                **vast,
            ),
        ),
        cel(
            Tabel(
                id="verwijzingen-tabel",
                titel="Een brede tabel met veel kolommen",
                tabel=pd.DataFrame([["Huisarts", *["1.234*"] * 7]], columns=["Verwijzer", *breed]),
            ),
            Tabel(
                id="verwijzingen-lang",
                titel="Een lange tabel",
                ondertitel="Aantal per aanbieder",
                bron="Eigen telling",
                tabel=pd.DataFrame({"Aanbieder": [f"Aanbieder {i}" for i in range(70)], "Aantal": ["10"] * 70}),
            ),
        ),
    ]


def _uit_de_losse_hand() -> list[NotebookNode]:
    frame = pd.DataFrame({"gemeente": ["Epe", "Voorst"], "aantal": [12, 13]})
    return [
        new_markdown_cell(
            "# Wat een analist zelf laat zien\n\n| soort | n |\n|---|--:|\n| markdown | 1 |\n\n```\ncode\n```"
        ),
        cel(
            new_output("execute_result", data={"text/html": frame._repr_html_(), "text/plain": "frame"}),
            new_output("display_data", data={"image/png": PNG}, metadata={"alt": "Een grijze stip"}),
            new_output("stream", name="stdout", text="uitvoer van print\n"),
            new_output("stream", name="stderr", text="waarschuwing van een bibliotheek\n"),
            new_output("execute_result", data={"text/plain": "'kale waarde'"}),
            Tekst("Berekende **tekst**.\n\n### Berekende kop"),
        ),
        new_markdown_cell("# Verantwoording"),
        cel(Kaartjes([Kaartje(titel="Instroom", velden=(("Vraag", "Hoeveel?"), ("Bron", "iJw")))])),
    ]


def notebook(**gegevens: str) -> NotebookNode:
    """The whole sample; `gegevens` overrides fields of metadata `analyse`."""
    cellen = [*_samenvatting(), *_instroom(), *_verwijzingen(), *_uit_de_losse_hand()]
    for nummer, deze in enumerate(cellen):
        deze["id"] = f"cel-{nummer}"
    return new_notebook(cells=cellen, metadata={"analyse": {**GEGEVENS, **gegevens}})
