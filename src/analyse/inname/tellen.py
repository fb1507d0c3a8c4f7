"""Nothing lost: every record read is gebruikt, vervangen, verwijderd or opzij, per file and table.

gebruikt: it counts in Basis. vervangen: a repeat, or a newer record took its place. verwijderd: the source took
it back. opzij: a rule put it aside, and there is a finding that says so. Messages are counted as records too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pyarrow as pa

from analyse.inname.levering import Bestand
from analyse.inname.meldingen import veilig
from analyse.inname.soorten import ALLEEN_GETELD
from analyse.inname.uitvoer import schema
from analyse.inname.werk import Werk

LOTEN = ("gebruikt", "vervangen", "verwijderd", "opzij")
_ZICHT = {
    "clienten": "client_lot",
    "toewijzingen": "versies",
    "leveringen": "levering_lot",
    "verzoeken": "verzoek_lot",
    "declaraties": "declaratie_lot",
    "maatregelen": "maatregel_lot",
    "verwijzers": "verwijzer_lot",
    "retour": "retour_lot",
    "uitkomsten": "uitkomst_lot",
    "pgb": "pgb_lot",
    "jbt": "jbt_lot",
    "populatie": "populatie_lot",
    "begroting": "begroting_lot",
    "aanmeldingen": "aanmelding_lot",
}


def tel(werk: Werk, bestanden: Sequence[Bestand], vooraf: Counter[tuple[int, str]]) -> pa.Table:
    """The table `telling` of Basis; `vooraf` are rows that were put aside before they became rows."""
    aantallen: Counter[tuple[int, str, str]] = Counter()
    for (bron, tabel), aantal in vooraf.items():
        aantallen[bron, tabel, "opzij"] += aantal
    delen = [
        f"SELECT bron, '{t}' AS tabel, lot, count(*) AS n FROM {zicht} GROUP BY ALL" for t, zicht in _ZICHT.items()
    ]
    weg = f"fout IS NOT NULL OR soort IN {ALLEEN_GETELD}"
    delen.append(
        f"SELECT bron, 'berichten', CASE WHEN {weg} THEN 'opzij' ELSE 'gebruikt' END, count(*) "
        "FROM berichten GROUP BY ALL"
    )
    for rij in werk.rijen(" UNION ALL ".join(delen)):
        aantallen[rij["bron"], rij["tabel"], rij["lot"]] += rij["n"]
    return _tabel(aantallen, bestanden)


def _tabel(aantallen: Counter[tuple[int, str, str]], bestanden: Sequence[Bestand]) -> pa.Table:
    sleutels = sorted({(bron, tabel) for bron, tabel, _ in aantallen})
    rijen = [
        {
            "gebied": bestanden[bron].gemeente,
            "bestand": veilig(bestanden[bron].naam),
            "tabel": tabel,
            "gelezen": sum(aantallen[bron, tabel, lot] for lot in LOTEN),
            **{lot: aantallen[bron, tabel, lot] for lot in LOTEN},
        }
        for bron, tabel in sleutels
    ]
    return pa.Table.from_pylist(rijen, schema=schema("telling"))
