"""Which products are a maatregel, and whose answer counts for a person of two gemeenten."""

from __future__ import annotations

import ibis
import pandas as pd
from basis_bouwer import GEMEENTEN, leveringen_van, spell
from gevallen import meet_gevallen

from analyse.kern.motor import verbinding
from analyse.meten import verblijf
from analyse.meten.maatregelen import is_maatregel

KOLOMMEN = ["productcode", "productcategorie", "maatregeltype"]
PRODUCTEN = pd.DataFrame(
    [("48A01", "48", "11"), ("48A03", "48", "21"), ("47A05", "47", "50"), ("", "48", "11"), ("", "54", "")],
    columns=KOLOMMEN,
)


def herkend(*spells: tuple[str | None, str], producten: pd.DataFrame = PRODUCTEN) -> list[bool]:
    tabel = ibis.memtable(
        pd.DataFrame(spells, columns=KOLOMMEN[:2]).assign(nr=range(len(spells))),
        schema={"productcode": "string", "productcategorie": "string", "nr": "int64"},
    )
    uit = verbinding(threads=1).execute(tabel.mutate(m=is_maatregel(tabel, producten)).order_by("nr"))
    return uit["m"].tolist()


def test_maatregel_op_code_of_op_categorie():
    """OTS and voogdij by code; without a code the fallback of the categorie; jeugdreclassering never."""
    spells = (
        ("48A01", "48"),
        ("48A03", "48"),
        ("47A05", "47"),
        (None, "48"),
        ("", "48"),
        ("48X99", "48"),
        (None, "54"),
    )
    assert herkend(*spells) == [True, True, False, True, True, False, False]


def test_lijst_zonder_maatregelen():
    assert herkend(("48A01", "48"), producten=PRODUCTEN.assign(maatregeltype="")) == [False]


def test_een_gemeente_die_levert_is_genoeg_voor_nee(tmp_path):
    """A person in two gemeenten, of which one gave maatregelen: `onbekend` here, `nee` there and in the region."""
    leveringen = [
        *leveringen_van(GEMEENTEN[:1], maatregelen_geleverd=False),
        *leveringen_van(GEMEENTEN[1:], maatregelen_geleverd=True),
    ]
    samen = [[spell("2024-01-01", None, hulpvorm="11")], [spell("2024-01-01", None, hulpvorm="11", persoon_nr=-9)]]
    meting = meet_gevallen(tmp_path, samen, verblijf.JEUGDIGEN, leveringen=leveringen)
    deel = meting.kies(verblijf.JEUGDIGEN, periode="2024-H1", per="maatregel")
    antwoord = {r.gebied: r.maatregel for r in deel[deel["waarde"].gt(0)].itertuples()}
    assert antwoord == {GEMEENTEN[0]: "onbekend", GEMEENTEN[1]: "nee", "REGIO": "nee"}
