"""To the toegang and to s-ggz in one chart: what isn't delivered is said, and never drawn as zero."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from fabriek import maak_beeld

from analyse.kern import codes
from analyse.kern.schema import RESULTAAT
from analyse.weergave import Figuur, Waarschuwing
from analyse.weergave.beeld import Beeld
from analyse.weergave.hoofdstukken import verwijzingen
from analyse.weergave.hoofdstukken.bouw.huisarts import SGGZ, TOEGANG

VAST = {**dict.fromkeys(codes.DIMENSIES, codes.TOTAAL), "eenheid": "aantal", "noemer": np.nan}


def rijen(gebied: str, perioden: list[str], waarden: dict[str, list[float]], merken: list[str]) -> pd.DataFrame:
    lijst = [
        {
            "indicator": naam, "gebied": gebied, "periode": periode, "teller": n, "waarde": n, "onder": n - 5,
            "boven": n + 5, "methode": "byar" + (merk if naam == TOEGANG else ""),
            "status": "niet_leverbaar" if np.isnan(n) else "definitief", **VAST,
        }
        for naam, reeks in waarden.items()
        for periode, n, merk in zip(perioden, reeks, merken, strict=True)
    ]  # fmt: skip
    return pd.DataFrame(lijst)[list(RESULTAAT)]


@pytest.fixture
def kwartalen() -> pd.DataFrame:
    perioden = ["2024-K3", "2024-K4", "2025-K1", "2025-K2"]
    merken = ["+5_van_8_gemeenten", "+5_van_8_gemeenten", "+6_van_8_gemeenten", "+6_van_8_gemeenten"]
    return rijen("REGIO", perioden, {TOEGANG: [40, 45, 60, 65], SGGZ: [50, 55, 50, 55]}, merken)


def regio(tabel: pd.DataFrame, kwartalen: pd.DataFrame) -> Beeld:
    return replace(maak_beeld("REGIO", tabel=tabel), kwartalenbron=lambda: kwartalen)


def test_de_regio_per_kwartaal_met_evenveel_gemeenten(tabel: pd.DataFrame, kwartalen: pd.DataFrame) -> None:
    figuur = verwijzingen.toegang_en_sggz(regio(tabel, kwartalen))
    assert isinstance(figuur, Figuur) and figuur.data is not None
    assert figuur.titel == (
        "Huisartsen in de regio verwezen 65 keer naar de lokale toegang en 55 keer naar de specialistische ggz "
        "in het 2e kwartaal 2025"
    )
    assert figuur.ondertitel == "Verwijzingen van huisartsen in de regio, per kwartaal"
    toegang = figuur.data[figuur.data["indicator"].eq(TOEGANG)].set_index("periode")
    assert toegang["waarde"].isna().tolist() == [True, True, False, False]
    assert toegang["onder"].isna().tolist() == [True, True, False, False]
    noten = " ".join(figuur.noten)
    assert "over de 6 van de 8 gemeenten" in noten
    assert "naar de lokale toegang tussen 60 en 70; naar de specialistische ggz tussen 50 en 60" in noten
    assert "bewijst dat niet dat het een door het ander komt" in noten


def test_een_gemeente_die_niet_levert_zegt_dat(tabel: pd.DataFrame) -> None:
    kader = verwijzingen.toegang_en_sggz(maak_beeld("GM0232", tabel=tabel))
    assert isinstance(kader, Waarschuwing)
    assert kader.titel == "Verwijzingen van de huisarts naar de toegang in Epe: niet geleverd"
    assert "betekent niet dat het nul is" in kader.tekst


def test_een_gemeente_ziet_halfjaren_en_geen_kwartalen_van_de_regio(
    tabel: pd.DataFrame, kwartalen: pd.DataFrame
) -> None:
    eigen = rijen("GM0200", ["2025-H1", "2025-H2"], {TOEGANG: [60, 75]}, ["", ""])
    beeld = maak_beeld("GM0200", tabel=pd.concat([tabel, eigen], ignore_index=True))
    figuur = verwijzingen.toegang_en_sggz(replace(beeld, kwartalenbron=lambda: kwartalen))
    assert isinstance(figuur, Figuur) and figuur.data is not None
    assert figuur.titel.startswith("Huisartsen in Apeldoorn verwezen 75 keer naar de lokale toegang en ")
    assert figuur.titel.endswith(" in het 2e halfjaar 2025")
    assert set(figuur.data["gebied"]) == {"GM0200"} and not figuur.data["periode"].str.contains("K").any()


def test_verborgen_is_geen_nul(tabel: pd.DataFrame) -> None:
    eigen = rijen("GM0232", ["2025-H2"], {TOEGANG: [np.nan]}, [""]).assign(status="verborgen")
    kader = verwijzingen.toegang_en_sggz(maak_beeld("GM0232", tabel=pd.concat([tabel, eigen], ignore_index=True)))
    assert isinstance(kader, Waarschuwing) and "niet te zien door privacyregels" in kader.titel
