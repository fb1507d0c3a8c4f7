"""Everything about money and aanbieders that isn't an amount itself, against the oracle, on messy regions."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from basis_bouwer import bevolking, bouw, params_met
from orakel_kas import GEMEENTEN, Kasregio, Uitkomst

from analyse.kern.periode import Periode
from analyse.meten import meet

ORAKELS: dict[str, Callable[[Kasregio, object], Uitkomst]] = {
    "uitgaven.per_inwoner": lambda k, _: k.per_inwoner(),
    "uitgaven.leeftijdsindex": lambda k, _: k.leeftijdsindex(),
    "uitgaven.pgb": lambda k, _: k.pgb_van(aandeel=False),
    "uitgaven.pgb_aandeel": lambda k, _: k.pgb_van(aandeel=True),
    "uitgaven.landelijk_aandeel": lambda k, _: k.landelijk(),
    "uitgaven.landelijk": lambda k, _: k.landelijk_euro(),
    "uitgaven.aansluiting": lambda k, _: k.aansluiting(),
    "uitgaven.verwacht": lambda k, _: k.verwacht(jaar=False),
    "uitgaven.verwacht_jaar": lambda k, _: k.verwacht(jaar=True),
    "verwijzingen.huisarts_toegang": lambda k, _: k.toegang(),
    "aanbieder.concentratie": lambda k, _: k.concentratie(),
    **{f"aanbieder.{s}": lambda k, o, s=s: k.aanbieders(o, s) for s in ("aantal", "toetreders", "uittreders")},
    **{
        f"uitgaven.verschil_{deel}": lambda k, _, deel=deel: k.verschil(deel)
        for deel in ("jeugdigen", "volume", "mix", "prijs", "index")
    },
}


@pytest.fixture(scope="module", params=[1, 2, 3])
def gemeten(request, tmp_path_factory):
    kas = Kasregio(request.param)
    params = params_met(*ORAKELS)
    extra = {naam: getattr(kas, naam) for naam in ("populatie", "pgb", "begroting", "aanmeldingen")}
    basis = bouw(
        tmp_path_factory.mktemp("kas"),
        kas.regio["spells"],
        geboortejaren=kas.regio["geboortejaren"],
        declaraties=kas.regio["declaraties"],
        **extra,
    )
    meting = meet(basis, params=params, bevolking=bevolking())
    return kas, kas.orakel(params.regio.rekenregels), meting


@pytest.mark.parametrize("indicator", ORAKELS)
def test_kas_gelijk_aan_orakel(gemeten, indicator):
    """Every gemeente and the region, every half-year: the figure by hand, or none where there is none."""
    kas, orakel, meting = gemeten
    verwacht = ORAKELS[indicator](kas, orakel)
    rijen = meting.kies(indicator)
    rijen = rijen[rijen["gebied"].isin([*GEMEENTEN, "REGIO"])]
    gevonden = {(r.gebied, Periode.lees(r.periode)): r.waarde for r in rijen.itertuples()}
    assert set(gevonden) == set(verwacht)
    bekend = [k for k, w in verwacht.items() if w is not None]
    assert len(bekend) >= 6 and any(verwacht[k] for k in bekend)
    for k, waarde in gevonden.items():
        echt = verwacht[k]
        klopt = math.isnan(waarde) if echt is None else waarde == pytest.approx(echt, rel=1e-9, abs=1e-6)
        assert klopt, (indicator, k, waarde, echt)
