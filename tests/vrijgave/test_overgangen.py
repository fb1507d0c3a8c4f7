"""The matrix of transitions: sums per row and column as they are printed never give a hidden count back."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analyse.kern import codes
from analyse.kern.schema import RESULTAAT
from analyse.params import Drempels
from analyse.vrijgave.overgangen import NAAR, bescherm, geef_overgangen_vrij, grenzen, overgangen

DREMPELS = Drempels()


def test_een_verborgen_cel_krijgt_gezelschap() -> None:
    aantal = np.array([[40.0, 3.0, 60.0], [25.0, 30.0, 0.0], [80.0, 12.0, 14.0]])
    verborgen = bescherm(aantal, DREMPELS)
    assert verborgen[0, 1]
    # Alone in its row and its column it would be the difference of what is shown.
    assert verborgen[0].sum() >= 2 and verborgen[:, 1].sum() >= 2
    alleen = np.zeros_like(verborgen)
    alleen[0, 1] = True
    laag, hoog = grenzen(aantal, alleen, (0, 1))
    assert (round(laag, 6), round(hoog, 6)) == (3.0, 3.0)


def test_een_zeldzame_bestemming_verbergt_niet_de_hele_tabel() -> None:
    """A sum below the minimum is printed nowhere, so a row of a few needs no large count for company."""
    aantal = np.array(
        [
            [0, 0, 0, 0, 0, 0, 0, 0],
            [0, 122, 7, 40, 2, 3, 2, 5],
            [0, 19, 5, 3, 0, 1, 0, 1],
            [0, 43, 4, 9, 1, 0, 1, 1],
            [0, 1, 0, 4, 1, 0, 0, 0],
            [0, 6, 0, 2, 0, 1, 0, 0],
            [0, 2, 0, 1, 0, 0, 1, 0],
            [0, 8, 2, 4, 0, 1, 0, 3],
            [0, 692, 80, 256, 15, 20, 5, 41],
            [0, 1563, 129, 457, 28, 23, 1, 46],
        ],
        dtype=float,
    )
    verborgen = bescherm(aantal, DREMPELS)
    assert verborgen[6, [1, 3, 6]].all()
    assert not verborgen[1, 1] and not verborgen[-1, :4].any()
    # Also when there is only one such row, whose sum would follow from all the others were these exact.
    minder = bescherm(np.delete(np.delete(aantal, [0, 4, 5], axis=0), 0, axis=1), DREMPELS)
    assert not minder[-1, :3].any()


def test_wie_allemaal_dezelfde_kant_op_gaan_wordt_niet_gezegd() -> None:
    aantal = np.array([[40.0, 0.0], [25.0, 30.0], [12.0, 0.0]])
    assert bescherm(aantal, DREMPELS)[:, 1].all()


@settings(max_examples=60, deadline=None)
@given(arrays(np.int64, (4, 5), elements=st.one_of(st.just(0), st.integers(0, 12), st.integers(0, 90))))
def test_de_aanvaller_wint_nooit(getallen: np.ndarray) -> None:
    aantal = getallen.astype(float)
    verborgen = bescherm(aantal, DREMPELS)
    assert verborgen[(aantal > 0) & (aantal < DREMPELS.minimum)].all()
    if verborgen.all():  # nothing is published
        return
    for rij, kolom in np.argwhere(verborgen):
        laag, hoog = grenzen(aantal, verborgen, (int(rij), int(kolom)), DREMPELS)
        assert hoog - laag >= DREMPELS.beschermingsinterval - 1e-5


def _meting(waarden: dict[tuple[str, str, str], float]) -> pd.DataFrame:
    leeg = dict.fromkeys(RESULTAAT, "totaal") | {"status": "definitief", "eenheid": "aantal", "methode": ""}
    maten = {"teller": np.nan, "noemer": 3.0, "onder": 1.0, "boven": 9.0}
    rijen = [
        {
            **leeg,
            **maten,
            "indicator": naar,
            "gebied": codes.REGIO,
            "periode": periode,
            "hulpvorm": van,
            "waarde": n,
        }
        for (naar, van, periode), n in waarden.items()
    ]
    return pd.DataFrame(rijen)[list(RESULTAAT)]


def test_telt_halfjaren_op_en_rondt_af() -> None:
    meting = _meting(
        {
            ("doorstroom.naar_03", "02", "2025-H1"): 11,
            ("doorstroom.naar_03", "02", "2025-H2"): 12,
            ("doorstroom.uit", "02", "2025-H2"): 51,
            ("doorstroom.naar_03", "02", "2023-H2"): 500,
        }
    )
    rijen = overgangen(meting, ["2025-H1", "2025-H2"])
    assert len(rijen) == len(NAAR) * len(codes.HULPVORM)
    vrij = geef_overgangen_vrij(rijen, DREMPELS).set_index(["indicator", "hulpvorm"])
    assert vrij.loc[("overgang.naar_03", "02"), "waarde"] == 25
    assert vrij.loc[("overgang.uit", "02"), "waarde"] == 50
    assert set(vrij["periode"]) == {"2025-H2"}
    assert vrij[["noemer", "onder", "boven"]].isna().all(axis=None)


def test_zonder_meting_niets() -> None:
    leeg = pd.DataFrame(columns=list(RESULTAAT))
    assert geef_overgangen_vrij(overgangen(leeg, ["2025-H2"]), DREMPELS).empty
