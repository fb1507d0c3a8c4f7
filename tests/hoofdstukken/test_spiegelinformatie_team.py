"""One team sees itself: nothing of few children, nothing that gives it by subtraction, nothing of another team."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from fabriek import maak_beeld

from analyse.kern import codes
from analyse.weergave import Figuur, Tabel, Tekst, Waarschuwing
from analyse.weergave.beeld import Beeld
from analyse.weergave.hoofdstukken import spiegelinformatie_team as hoofdstuk
from analyse.weergave.hoofdstukken.bouw.spiegel import GRENZEN
from analyse.weergave.hoofdstukken.bouw.teams import MATEN, samengevoegd

PERIODES = [f"{jaar}-H{half}" for jaar in range(2021, 2026) for half in (1, 2)]
FUNCTIES = ("verloop", "per_halfjaar", "hulp", "naast_de_regio", "vergelijking")
Maak = Callable[..., Beeld]


def rij(soort: str, periode: str, hulpvorm: str, **maten: object) -> dict[str, object]:
    oordeel = {"verhouding": 1.0, "onder_998": 0.4, "onder_95": 0.6, "boven_95": 1.4, "boven_998": 1.7}
    vast = {
        "gebied": "GM0200",
        "soort": soort,
        "periode": periode,
        "hulpvorm": hulpvorm,
        **dict.fromkeys(MATEN, 0.0),
    }
    return {**vast, **oordeel, "oordeel": "binnen", "kant": "", "aantal_teams": 20, "aantal_gemeenten": 8, **maten}


def lijst(nieuw: float = 40, zwaar: float = 15, teams: int = 20, **laatste: object) -> pd.DataFrame:
    """Team Noord with so many toewijzingen every half-year, mostly of help 02; `laatste` of the newest."""
    rijen = []
    for periode in PERIODES:
        delen = {"02": nieuw - 12, "03": 12.0}
        for hulpvorm in ("totaal", "02", "03"):
            eigen = {
                "toewijzingen": delen.get(hulpvorm, nieuw), "zwaar": zwaar, "sggz": 0.0, "verlengd": 10.0,
                "verwacht": 14.0, "euro": 400_000.0, "euro_bekend": nieuw, "dagen": 8000.0, "met_einde": nieuw,
            }  # fmt: skip
            if periode == PERIODES[-1] and hulpvorm == "totaal":
                eigen |= laatste
            rijen.append(rij("team", periode, hulpvorm, team="noord", naam="Team Noord", **eigen))
            som = {
                **{naam: 20 * float(str(n)) for naam, n in eigen.items() if naam in MATEN},
                "aantal_teams": teams,
            }
            rijen.append(rij("som", periode, hulpvorm, **som))
        rijen += [rij("grens", periode, "totaal", grootte=float(g)) for g in (0, 50, 100)]
    # Somebody else's gemeente, as it would be if the list were not kept apart.
    vreemd = rij("team", PERIODES[-1], "totaal", team="zuid", naam="Team Zuid", toewijzingen=777.0)
    return pd.DataFrame([*rijen, {**vreemd, "gebied": "GM0213"}])


@pytest.fixture
def beeld(tabel: pd.DataFrame) -> Maak:
    """An internal Beeld of Apeldoorn with such a list."""

    def maak(rijen: pd.DataFrame) -> Beeld:
        return replace(maak_beeld("GM0200", tabel=tabel), intern=True, lijstbron=lambda _: rijen)

    return maak


def test_wat_een_team_ziet(beeld: Maak) -> None:
    b = beeld(lijst())
    verloop, tabel = hoofdstuk.verloop(b, "noord"), hoofdstuk.per_halfjaar(b, "noord")
    assert isinstance(verloop, Figuur) and isinstance(tabel, Tabel)
    assert verloop.titel == "Nieuwe hulp toegewezen in het 2e halfjaar 2025: 40 keer"
    assert tabel.tabel.iloc[0].tolist() == ["2e halfjaar 2025", "40", "38%", "0%", "25%", "€\xa0400.000"]
    naast = hoofdstuk.vergelijking(b, "noord")
    assert isinstance(naast, Tabel)
    assert naast.tabel.set_index("Maat")["Dit team"].to_dict() == {
        "Nieuwe toewijzingen": "80",
        "Zwaardere hulp": "38%",
        "Specialistische ggz": "0%",
        "Al verlengd": "25%",
        "Toegewezen per nieuwe toewijzing": "€\xa010.000",
        "Looptijd van een nieuwe toewijzing, in dagen": "200",
    }
    trechter = hoofdstuk.naast_de_regio(b, "noord")
    assert isinstance(trechter, Figuur)
    assert (
        trechter.titel
        == "Dit team wijst niet opvallend meer of minder zware hulp toe dan andere teams van deze grootte"
    )
    assert trechter.data is not None and trechter.data["grootte"].tolist() == [28.0]


def test_de_tekst_nodigt_uit_en_zegt_wat_het_niet_bewijst(beeld: Maak) -> None:
    b = beeld(lijst())
    wijzer = hoofdstuk.leeswijzer(b, "noord")
    assert wijzer.titel == "Alleen voor de gemeente Apeldoorn: Team Noord"
    assert (
        "niet om iemand te beoordelen" in wijzer.tekst
        and "Geen andere gemeente krijgt deze cijfers" in wijzer.tekst
    )
    assert "Teams hebben verschillende buurten, taken en kinderen" in hoofdstuk.bewijst_niet(b, "noord").tekst
    assert hoofdstuk.gesprek(b, "noord").tekst.count("?") >= 5


def test_twee_halfjaren_van_het_laatste_jaar_samen_of_niet(beeld: Maak) -> None:
    """The year is shown: one half-year would give the other."""
    tabel = hoofdstuk.per_halfjaar(beeld(lijst(toewijzingen=9.0)), "noord")
    assert isinstance(tabel, Tabel)
    assert tabel.tabel["Nieuw"].tolist()[:3] == [".", ".", "40"]
    assert tabel.tabel["Toegewezen"].tolist()[:2] == [".", "."]


@pytest.mark.parametrize("zwaar", [3.0, 37.0, 40.0])
def test_klein_deel_of_kleine_rest_is_verborgen(beeld: Maak, zwaar: float) -> None:
    """Few heavier ones, few others, or everybody: each says something about somebody."""
    b = beeld(lijst(zwaar=zwaar))
    tabel = hoofdstuk.per_halfjaar(b, "noord")
    assert isinstance(tabel, Tabel) and set(tabel.tabel["Zwaarder"]) == {"."}
    naast, trechter = hoofdstuk.vergelijking(b, "noord"), hoofdstuk.naast_de_regio(b, "noord")
    assert isinstance(naast, Tabel)
    assert naast.tabel.set_index("Maat").loc["Zwaardere hulp", "Dit team"] == "."
    assert isinstance(trechter, Waarschuwing)


def test_kleine_soorten_hulp_gaan_samen() -> None:
    soorten = list(codes.HULPVORM)
    zelf = pd.Series([0, 40, 12, 4, 3, 0, 0, 1], index=soorten, dtype=float)
    regio = pd.Series([0, 400, 120, 40, 30, 10, 5, 10], index=soorten, dtype=float)
    rijen = samengevoegd(zelf, regio, 10)
    # Eight is too few: the smallest that shows goes along.
    assert dict(zip(rijen["hulpvorm"], rijen["aantal"], strict=True)) == {"02": 40, "": 20}
    assert rijen["aantal"].sum() == zelf.sum() and rijen["regio"].sum() == regio.sum()
    # What no other team gives would be about this team's children elsewhere too.
    alleen = samengevoegd(zelf, regio.where(regio.index != "02", 45.0), 10)
    assert "02" not in set(alleen["hulpvorm"])


def test_te_weinig_toewijzingen_geven_alleen_een_kader(beeld: Maak) -> None:
    b = beeld(lijst(nieuw=4))
    assert isinstance(hoofdstuk.verloop(b, "noord"), Waarschuwing)
    assert all(isinstance(getattr(hoofdstuk, naam)(b, "noord"), Tekst) for naam in FUNCTIES[1:])
    onbekend = hoofdstuk.verloop(b, "oost")
    assert isinstance(onbekend, Waarschuwing) and "Geen toewijzingen" in onbekend.titel


@pytest.mark.parametrize("rijen", [lijst(teams=5), lijst().assign(aantal_gemeenten=2)])
def test_te_weinig_anderen_geen_vergelijking(beeld: Maak, rijen: pd.DataFrame) -> None:
    b = beeld(rijen)
    assert isinstance(hoofdstuk.naast_de_regio(b, "noord"), Waarschuwing)
    naast, hulp = hoofdstuk.vergelijking(b, "noord"), hoofdstuk.hulp(b, "noord")
    assert isinstance(naast, Tabel) and isinstance(hulp, Tabel)
    assert set(naast.tabel["Regio"]) == {"", "."} and set(hulp.tabel["Aandeel in de regio"]) == {"–"}


def test_van_een_andere_gemeente_staat_er_niets(beeld: Maak) -> None:
    b = beeld(lijst())
    html = " ".join(str(getattr(hoofdstuk, naam)(b, "noord")._repr_mimebundle_()) for naam in FUNCTIES)
    assert "777" not in html and "Zuid" not in html
    assert hoofdstuk.leeswijzer(b, "zuid").titel.endswith(": zuid")  # not even its name


def test_grenzen_zijn_die_van_de_regio(beeld: Maak) -> None:
    figuur = hoofdstuk.naast_de_regio(beeld(lijst()), "noord")
    assert isinstance(figuur, Figuur) and figuur.data is not None
    assert np.allclose(figuur.data[list(GRENZEN)].iloc[0] / 37.5, [0.4, 0.6, 1.4, 1.7])
