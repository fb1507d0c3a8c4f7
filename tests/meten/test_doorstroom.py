"""Doorstroom against the oracle, its identities, and the edges of the window by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from basis_bouwer import spell
from gevallen import meet_gevallen, waarden
from orakel_einden import Eindregio, vergelijk

from analyse.kern.codes import HULPVORM
from analyse.meten import doorstroom as d
from analyse.meten.stroom import UITSTROOM

VARIANTEN = [(11, {}), (12, {"doorstroom_dagen": 0, "max_gat_dagen": 30}), (13, {"doorstroom_dagen": 400})]


@pytest.fixture(scope="module", params=VARIANTEN, ids=[str(zaad) for zaad, _ in VARIANTEN])
def gemeten(request, tmp_path_factory):
    regio = Eindregio(request.param[0], **request.param[1])
    return regio, *regio.meet(tmp_path_factory.mktemp("basis"), *d.INDICATOREN, UITSTROOM)


def vlaggen(regio: Eindregio) -> dict[str, Callable]:
    return {
        d.AANTAL: lambda t: regio.gekozen(t),
        d.ZWAARDER: lambda t: regio.stap(t) == 1,
        d.LICHTER: lambda t: regio.stap(t) == -1,
        d.GELIJK: lambda t: regio.stap(t) == 0,
        d.ANDERE: lambda t: regio.gekozen(t) and regio.gekozen(t).aanbieder != t.aanbieder,
        **{
            naam: lambda t, code=code: regio.gekozen(t) and regio.gekozen(t).hulpvorm == code
            for code, naam in d.NAAR.items()
        },
        d.BLIJFT: lambda t: not regio.gekozen(t) and regio.in_hulp(t),
        d.UIT: lambda t: not regio.gekozen(t) and not regio.in_hulp(t),
    }


@pytest.mark.parametrize("indicator", d.INDICATOREN)
def test_doorstroom_gelijk_aan_orakel(gemeten, indicator):
    regio, tabel, params = gemeten
    for splitsing in params.kaarten[indicator].splitsingen:
        if indicator == d.AANDEEL:
            verwacht = regio.deel(regio.gekozen, lambda t: True, splitsing)
        else:
            verwacht = regio.tel(vlaggen(regio)[indicator], splitsing)
        vergelijk(tabel, indicator, splitsing, verwacht)


def test_elk_einde_heeft_een_vervolg(gemeten):
    """naar + blijft + uit = uitstroom and naar together = doorstroom, in every cell; the region adds up."""
    _, tabel, _ = gemeten
    tabel = tabel[
        tabel["aanbieder"].eq("totaal") & tabel["leeftijd"].eq("totaal") & tabel["verwijzer"].eq("totaal")
    ]
    breed = tabel.pivot(index=["gebied", "periode", "hulpvorm"], columns="indicator", values="waarde")
    breed = breed[breed.index.get_level_values("hulpvorm").isin([*HULPVORM, "totaal"])].dropna(subset=[d.UIT])
    naar = breed[list(d.NAAR.values())].sum(axis=1)
    totaal = breed[breed[UITSTROOM].notna()]
    assert len(totaal) and totaal[UITSTROOM].sum() > 0
    assert (naar + breed[d.BLIJFT] + breed[d.UIT])[totaal.index].eq(totaal[UITSTROOM]).all()
    assert naar.eq(breed[d.AANTAL]).all()
    assert (breed[[d.ZWAARDER, d.LICHTER, d.GELIJK]].sum(axis=1) <= breed[d.AANTAL]).all()
    regio, rest = breed.loc["REGIO"], breed.drop("REGIO").groupby(["periode", "hulpvorm"]).sum()
    assert regio[d.UIT].eq(rest[d.UIT].reindex(regio.index)).all()


A = spell("2024-01-01", "2024-06-30")
# What begins around the end of A on 30 June 2024 -> aantal, blijft, uit
GEVALLEN = [
    (spell("2024-05-31", None, hulpvorm="14"), (1, 0, 0)),  # thirty days before the end
    (spell("2024-05-30", None, hulpvorm="14"), (0, 1, 0)),  # ran already: goes on
    (spell("2024-07-30", None, hulpvorm="14"), (1, 0, 0)),  # thirty days after
    (spell("2024-07-31", None, hulpvorm="14"), (0, 0, 1)),
    (spell("2024-07-15", None), (0, 1, 0)),  # the same help again
    (spell("2024-07-15", None, aanbieder="A2"), (1, 0, 0)),  # the same, elsewhere
    (spell("2024-06-10", "2024-06-29", hulpvorm="14"), (0, 1, 1)),  # over before the end; of this one A goes on
    (spell("2024-06-10", "2024-07-01", hulpvorm="14"), (1, 0, 0)),
]


def test_randen_van_het_venster(tmp_path):
    rijen = [[A, ander] for ander, _ in GEVALLEN]
    meting = meet_gevallen(tmp_path, rijen, d.AANTAL, d.BLIJFT, d.UIT)
    gevonden = zip(*(waarden(meting, naam, "2024-H1", 8) for naam in (d.AANTAL, d.BLIJFT, d.UIT)), strict=True)
    assert [tuple(map(int, g)) for g in gevonden] == [verwacht for _, verwacht in GEVALLEN]


def test_zwaarste_nieuwe_hulp_telt(tmp_path):
    """Ambulant ends; daghulp and verblijf begin: one step up, to verblijf. Who moves house stays in help."""
    twee = [{**A, "zwaarte": 2}, spell("2024-07-01", None, hulpvorm="03", zwaarte=4)]
    verblijf = spell("2024-07-20", None, hulpvorm="14", zwaarte=7, aanbieder="A2")
    meting = meet_gevallen(tmp_path, [[*twee, verblijf], twee], *d.INDICATOREN)
    assert waarden(meting, d.ZWAARDER, "2024-H1", 2) == [1, 1]
    assert waarden(meting, d.NAAR["14"], "2024-H1", 2) == [1, 0]
    assert waarden(meting, d.NAAR["03"], "2024-H1", 2) == [0, 1]
    assert waarden(meting, d.ANDERE, "2024-H1", 2) == [1, 0]


def test_verhuizing_is_geen_uitstroom(tmp_path):
    """The same help goes on in another gemeente of the region."""
    rijen = [[A], [spell("2024-07-01", None, persoon_nr=1 - 10)]]  # `meet_gevallen` adds 10 per case
    meting = meet_gevallen(tmp_path, rijen, d.BLIJFT, d.UIT, d.AANTAL)
    assert [waarden(meting, naam, "2024-H1", 1) for naam in (d.BLIJFT, d.UIT, d.AANTAL)] == [[1], [0], [0]]
