"""One praktijk sees itself; of the others no more than sums and limits, and only where they are enough."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest
from fabriek import maak_beeld

from analyse.kern.fouten import ParameterFout
from analyse.weergave import Figuur, Tabel, Waarschuwing
from analyse.weergave.beeld import Beeld
from analyse.weergave.hoofdstukken import spiegelinformatie

EIGEN = "01000001"
PERIODES = [f"{jaar}-H{half}" for jaar in range(2021, 2026) for half in (1, 2)]


def lijst(aantal: int = 20, eigen: int = 12) -> pd.DataFrame:
    """`aantal` praktijken with 10 referrals a half-year per 500 children; the own one has `eigen`."""
    rijen = []
    for nr in range(1, aantal + 1):
        praktijk, n = f"010000{nr:02d}", 10
        for periode in PERIODES:
            aantallen = {"verwijzingen": eigen if praktijk == EIGEN else n, "sggz": 3, "euro": 1234.0 * nr}
            for hulpvorm in ("totaal", "02"):
                rijen.append({"praktijk": praktijk, "periode": periode, "hulpvorm": hulpvorm, **aantallen})
    return pd.DataFrame(rijen).assign(gebied="REGIO", ingeschreven=500.0)


def kwartalen(toegang: float = 3) -> pd.DataFrame:
    """Of two praktijken the quarters of all these years: `toegang` to the toegang and one to s-ggz in each."""
    rijen = [
        {"gebied": "REGIO", "praktijk": p, "kwartaal": f"{jaar}-K{k}", "sggz": 1.0, "toegang": n}
        for p, n in ((EIGEN, toegang), ("01000007", 777.0))
        for jaar in range(2021, 2026)
        for k in (1, 2, 3, 4)
    ]
    return pd.DataFrame(rijen)


Maak = Callable[..., Beeld]


@pytest.fixture
def beeld(tabel: pd.DataFrame) -> Maak:
    """An internal Beeld with such a list."""

    def maak(rijen: pd.DataFrame, toegang: float = 3) -> Beeld:
        lijsten = {"praktijken": rijen, "praktijk_kwartalen": kwartalen(toegang)}
        return replace(maak_beeld("REGIO", tabel=tabel), intern=True, lijstbron=lambda naam: lijsten[naam])

    return maak


def test_alleen_met_een_intern_beeld(tabel: pd.DataFrame) -> None:
    with pytest.raises(ParameterFout, match="intern"):
        spiegelinformatie.verloop(maak_beeld("REGIO", tabel=tabel), EIGEN)


def test_gewoon_rond_het_midden(beeld: Maak) -> None:
    figuur = spiegelinformatie.naast_de_regio(beeld(lijst()), EIGEN)
    assert isinstance(figuur, Figuur)
    assert (
        figuur.titel == "Uw praktijk verwijst niet opvallend meer of minder dan andere praktijken van deze grootte"
    )


def test_veel_meer_dan_gewoon(beeld: Maak) -> None:
    figuur = spiegelinformatie.naast_de_regio(beeld(lijst(eigen=60)), EIGEN)
    assert isinstance(figuur, Figuur)
    assert figuur.titel == "Uw praktijk verwijst duidelijk meer dan gewoon voor deze grootte"


def test_zonder_genoeg_andere_praktijken_geen_vergelijking(beeld: Maak) -> None:
    weinig = beeld(lijst(aantal=5))
    assert isinstance(spiegelinformatie.naast_de_regio(weinig, EIGEN), Waarschuwing)
    hulp, geld = spiegelinformatie.hulp(weinig, EIGEN), spiegelinformatie.geld(weinig, EIGEN)
    assert isinstance(hulp, Tabel) and isinstance(geld, Tabel)
    assert set(hulp.tabel["Aandeel in de regio"]) == {"–"}
    assert set(geld.tabel["Regio"]) == {"", "."}


def test_van_een_ander_staat_er_niets(beeld: Maak) -> None:
    """No code, no euros and no size of another praktijk in anything that is shown or handed over."""
    rijen = lijst()
    rijen.loc[rijen["praktijk"].eq("01000007"), ["euro", "ingeschreven"]] = [987654.0, 777.0]
    alles = [
        maak(beeld(rijen), EIGEN)
        for maak in (
            spiegelinformatie.verloop,
            spiegelinformatie.naast_de_regio,
            spiegelinformatie.hulp,
            spiegelinformatie.geld,
            spiegelinformatie.per_halfjaar,
            spiegelinformatie.toegang,
        )
    ]
    html = " ".join(str(stuk._repr_mimebundle_()) for stuk in alles)
    assert "987.654" not in html and "777" not in html and "01000007" not in html


def test_een_onbekende_praktijk_krijgt_uitleg(beeld: Maak) -> None:
    uit = spiegelinformatie.verloop(beeld(lijst()), "01999999")
    assert isinstance(uit, Waarschuwing)
    assert "Geen verwijzingen" in uit.titel


def test_verwijzingen_aandeel_en_euro_door_de_tijd(beeld: Maak) -> None:
    tabel = spiegelinformatie.per_halfjaar(beeld(lijst()), EIGEN)
    assert isinstance(tabel, Tabel)
    assert tabel.tabel["Halfjaar"].iloc[[0, -1]].tolist() == ["2e halfjaar 2025", "1e halfjaar 2023"]
    rij = tabel.tabel.iloc[0]
    assert rij.tolist()[1:] == ["12", "3", "25%", "€\xa01.234"]


def test_naar_de_toegang_en_naar_sggz_per_kwartaal(beeld: Maak) -> None:
    figuur = spiegelinformatie.toegang(beeld(lijst()), EIGEN)
    assert isinstance(figuur, Figuur) and figuur.data is not None
    assert (
        figuur.titel == "In een jaar verwees u 12 keer naar de lokale toegang en 4 keer naar specialistische ggz"
    )
    assert sorted(set(figuur.data["periode"]))[0] == "2023-K1" and len(figuur.data) == 2 * 12
    assert "niet de hoogte" in " ".join(figuur.noten)


def test_toegang_niet_geleverd_is_geen_nul(beeld: Maak) -> None:
    kader = spiegelinformatie.toegang(beeld(lijst(), toegang=float("nan")), EIGEN)
    assert isinstance(kader, Waarschuwing)
    assert kader.titel.endswith("niet geleverd") and "betekent niet dat het nul is" in kader.tekst


def test_grenzen_lopen_tussen_ronde_getallen(beeld: Maak) -> None:
    """The ends of the lines aren't the size of the smallest and the largest praktijk."""
    rijen = lijst()
    rijen.loc[rijen["praktijk"].eq("01000007"), "ingeschreven"] = 137.0
    rijen.loc[rijen["praktijk"].eq("01000008"), "ingeschreven"] = 911.0
    figuur = spiegelinformatie.naast_de_regio(beeld(rijen), EIGEN)
    assert isinstance(figuur, Figuur)
    ends = {float(x) for lijn in figuur.figuur.axes[0].get_lines() for x in lijn.get_xdata()}
    assert not {137.0, 911.0} & ends and {100.0, 1000.0} <= ends
