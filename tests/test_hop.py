from pathlib import Path

import pytest

from analyse import hop
from analyse.hop import Hop, _bronnen, som_bestanden


def maak(tekst):
    def schrijf(map_: Path):
        (map_ / "uit.txt").write_text(tekst)

    return schrijf


def test_een_ongewijzigde_hop_wordt_overgeslagen_en_zegt_dat(tmp_path):
    gezegd = []
    hop = Hop("Basis", tmp_path / "basis", "sleutel")
    hop.zorg(maak("een"), meld=gezegd.append)
    hop.zorg(maak("twee"), meld=gezegd.append)
    assert (tmp_path / "basis" / "uit.txt").read_text() == "een"
    assert gezegd == ["Basis: wordt gemaakt", "Basis: ongewijzigd, overgeslagen"]


def test_een_andere_sleutel_maakt_de_hop_opnieuw(tmp_path):
    Hop("Basis", tmp_path / "basis", "oud").zorg(maak("een"), meld=lambda _: None)
    Hop("Basis", tmp_path / "basis", "nieuw").zorg(maak("twee"), meld=lambda _: None)
    assert (tmp_path / "basis" / "uit.txt").read_text() == "twee"


def test_een_mislukte_hop_laat_de_vorige_staan_en_geen_resten(tmp_path):
    Hop("Basis", tmp_path / "basis", "oud").zorg(maak("een"), meld=lambda _: None)

    def stuk(map_: Path):
        (map_ / "half.txt").write_text("half")
        raise RuntimeError("stuk")

    with pytest.raises(RuntimeError):
        Hop("Basis", tmp_path / "basis", "nieuw").zorg(stuk, meld=lambda _: None)
    assert [pad.name for pad in tmp_path.iterdir()] == ["basis"]
    assert (tmp_path / "basis" / "uit.txt").read_text() == "een"


def test_de_som_kijkt_naar_inhoud_en_niet_naar_tijd(tmp_path):
    pad = tmp_path / "a.txt"
    pad.write_text("x")
    eerst = som_bestanden([pad], vanaf=tmp_path)
    pad.touch()
    assert som_bestanden([pad], vanaf=tmp_path) == eerst
    pad.write_text("y")
    assert som_bestanden([pad], vanaf=tmp_path) != eerst


def test_sql_telt_mee_als_code():
    """A change in a query must make the hop again."""
    namen = {pad.suffix for pad in _bronnen(Path(hop.__file__).parent / "inname")}
    assert namen == {".py", ".sql"}
