"""The tables beside the messages: outcomes, pgb, tafel, inhabitants, ledger, referrals to the toegang."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import pytest
from inname_bouwer import AGB, BSN, jw301, lees_map, map_met, toegewezen

from analyse.kern.basis import Basis

Rijen = Sequence[Mapping[str, object]]


def _lees(tmp_path: Path, tabellen: Mapping[str, Rijen]) -> Basis:
    map_met(tmp_path / "in", [jw301(toegewezen())], tabellen)
    return lees_map(tmp_path / "in", tmp_path / "uit")


def _loten(basis: Basis, tabel: str) -> list[int]:
    rij = basis.pandas("telling").set_index("tabel").loc[tabel]
    assert rij["gelezen"] == rij[["gebruikt", "vervangen", "verwijderd", "opzij"]].sum()
    return [int(rij[k]) for k in ("gelezen", "gebruikt", "vervangen", "opzij")]


def _codes(basis: Basis) -> set[str]:
    return set(basis.pandas("bevindingen")["code"])


def _uitkomst(**rest: object) -> dict[str, object]:
    return {
        "client_id": BSN[0], "aanbieder_agb": AGB, "einddatum": "2024-05-31", "rapportcijfer": "7,5",
        "zonder_hulp_verder": "1", "informant": "ouder", "doelrealisatie": "behaald", **rest,
    }  # fmt: skip


def test_uitkomsten(tmp_path: Path) -> None:
    rijen = [
        _uitkomst(),
        _uitkomst(),
        _uitkomst(rapportcijfer="4"),
        _uitkomst(informant="jeugdige", rapportcijfer="11", zonder_hulp_verder="05"),
        _uitkomst(client_id=None),
        _uitkomst(client_id=BSN[1], doelrealisatie="Jan Jansen uit Epe had geen doelen"),
    ]
    basis = _lees(tmp_path, {"uitkomsten": rijen})
    assert _loten(basis, "uitkomsten") == [6, 3, 1, 2]
    assert {"DK01a", "DK01b", "DK30a", "DK39"} <= _codes(basis)
    t = basis.pandas("uitkomsten").set_index("informant")
    assert t.loc["jeugdige", ["rapportcijfer", "zonder_hulp_verder"]].isna().all()
    assert len(basis.pandas("personen")) == 2
    eigen = t[t["doelrealisatie"] == "behaald"].loc["ouder"]
    assert (eigen["rapportcijfer"], eigen["zonder_hulp_verder"], eigen["aanbieder"]) == (7.5, "01", AGB)
    assert eigen["einddatum"] == pd.Timestamp("2024-05-31")
    assert "Jansen" not in t.to_csv() + basis.pandas("bevindingen").to_csv()


def test_pgb(tmp_path: Path) -> None:
    def rij(**rest: object) -> dict[str, object]:
        vast = {"client_id": BSN[0], "productcategorie": "45", "periode": "2024-07", "bedrag_cent": "85000"}
        return {**vast, "productcode": "45A04", **rest}

    rijen = [rij(), rij(), rij(bedrag_cent="100"), rij(periode="2024-13"), rij(client_id=BSN[2], periode="2024")]
    basis = _lees(tmp_path, {"pgb": rijen})
    assert _loten(basis, "pgb") == [5, 3, 1, 1]
    t = basis.pandas("pgb")
    assert t["bedrag_cent"].sum() == 85000 * 2 + 100
    assert t["hulpvorm"].tolist() == ["02"] * 3
    assert t["persoon_nr"].nunique() == 2


def test_jbt_de_verste_stand_blijft(tmp_path: Path) -> None:
    def rij(**rest: object) -> dict[str, object]:
        return {"melding_id": "M1", "datum_melding": "2024-01-05", "datum_tafel": None, "besluit": None, **rest}

    rijen = [rij(datum_tafel="2024-01-20", besluit="onderzoek"), rij(), rij(melding_id="M2"), rij(melding_id=None)]
    basis = _lees(tmp_path, {"jbt": rijen})
    assert _loten(basis, "jbt") == [4, 2, 1, 1]
    t = basis.pandas("jbt").set_index("melding")
    assert t.loc["M1", "besluit"] == "onderzoek"
    assert pd.isna(t.loc["M2", "datum_tafel"])


def test_nummer_van_een_melding_draagt_geen_bsn(tmp_path: Path) -> None:
    basis = _lees(tmp_path, {"jbt": [{"melding_id": f"JBT-{BSN[0]}", "datum_melding": "2024-01-05"}]})
    assert BSN[0] not in basis.pandas("jbt")["melding"].item()


def test_populatie(tmp_path: Path) -> None:
    def rij(aantal: object, **rest: object) -> dict[str, object]:
        return {"jaar": "2024", "leeftijd": "7", "aantal": aantal, "huisartspraktijk": None, **rest}

    rijen = [rij("120"), rij("120"), rij("121"), rij("30", huisartspraktijk="1234567"), rij("veel")]
    basis = _lees(tmp_path, {"populatie": rijen})
    assert _loten(basis, "populatie") == [5, 2, 1, 2]
    t = basis.pandas("populatie")
    assert t["aantal"].tolist() == [120, 30]
    assert t["praktijk"].fillna("").tolist() == ["", "01234567"]


def test_begroting(tmp_path: Path) -> None:
    def rij(taakveld: str, werkelijk: str, jaar: str = "2024") -> dict[str, object]:
        return {"jaar": jaar, "taakveld": taakveld, "begroot_cent": "1000", "werkelijk_cent": werkelijk}

    rijen = [rij("6.72a", "900"), rij("6.72a", "900"), rij("6.72a", "901"), rij("jeugd", "5"), rij("6.82b", "-7")]
    basis = _lees(tmp_path, {"begroting": rijen})
    assert _loten(basis, "begroting") == [5, 2, 1, 2]
    t = basis.pandas("begroting")
    assert t[["jaar", "taakveld", "begroot_cent", "werkelijk_cent"]].values.tolist() == [
        [2024, "6.72a", 1000, 900],
        [2024, "6.82b", 1000, -7],
    ]


def test_aanmeldingen(tmp_path: Path) -> None:
    def rij(kwartaal: str, aantal: object, praktijk: str | None = None) -> dict[str, object]:
        return {"kwartaal": kwartaal, "aantal": aantal, "huisartspraktijk": praktijk}

    rijen = [
        rij("2024-K1", "4"), rij("2024-K1", "4"), rij("2024-K1", "5"), rij("2024-K1", "2", "1234567"),
        rij("2024-K5", "1"), rij("2024-K2", "-1"), rij("2024-K2", "paar"), rij("2024-K3", "0"),
    ]  # fmt: skip
    basis = _lees(tmp_path, {"aanmeldingen": rijen})
    assert _loten(basis, "aanmeldingen") == [8, 3, 1, 4]
    t = basis.pandas("aanmeldingen")
    assert t[["kwartaal", "aantal"]].values.tolist() == [["2024-K1", 4], ["2024-K1", 2], ["2024-K3", 0]]
    assert t["praktijk"].fillna("").tolist() == ["", "01234567", ""]
    assert {"DK01a", "DK30a", "DK39"} <= _codes(basis)
    gat = basis.pandas("bevindingen").set_index("code").loc["DK40"]
    assert gat["ontvangen"] == "1 van 2024-K1 tot en met 2024-K3"


@pytest.mark.parametrize("tabel", ["uitkomsten", "pgb", "jbt", "populatie", "begroting", "aanmeldingen"])
def test_niet_geleverd_is_leeg(tmp_path: Path, tabel: str) -> None:
    assert len(_lees(tmp_path, {}).pandas(tabel)) == 0
