"""What the reader meets that no folder on a disk can show: rights, streams without end, progress."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from inname_bouwer import lees_map
from schade_bouwer import GEMEENTEN, Proef, tabelproef, xmlproef

from analyse.inname import lezer
from analyse.inname.berichten import BerichtLezer
from analyse.kern.basis import Basis


def _leveringen(map_: Path, *proeven: Proef) -> Path:
    for proef, gemeente in zip(proeven, GEMEENTEN, strict=False):
        proef.schrijf(map_ / gemeente)
    return map_


def _geen_rechten(monkeypatch: pytest.MonkeyPatch, naam: str) -> None:
    """Tests may run as root, who may read everything."""
    echt = Path.open

    def openen(self: Path, *rest: object, **meer: object) -> object:
        if self.name == naam:
            raise PermissionError(13, "Permission denied")
        return echt(self, *rest, **meer)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "open", openen)


def _codes(basis: Basis, bestand: str) -> set[str]:
    t = basis.pandas("bevindingen")
    return set(t.loc[t["bestand"] == bestand, "code"])


@pytest.mark.parametrize(
    ("naam", "code"), [("los.xml", "LV23"), ("extra.zip", "LV08"), ("verwijzers.csv", "LV10")]
)
def test_bestand_zonder_rechten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, naam: str, code: str) -> None:
    """The rest of the delivery goes on."""
    proef = xmlproef(0)
    proef.los[naam] = b"niet te lezen"
    map_ = _leveringen(tmp_path / "in", proef)
    _geen_rechten(monkeypatch, naam)
    basis = lees_map(map_, tmp_path / "uit")
    assert code in _codes(basis, naam)
    assert len(basis.pandas("toewijzingen")) == 24


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted in another unit elsewhere")
def test_groot_bericht_op_een_regel_kost_geen_geheugen() -> None:
    """Elements go by as they come: what was read is not kept. A whole gigabyte: benchmarks/inname_geheugen.py."""
    import resource

    product = b"<P><ToewijzingNummer>1</ToewijzingNummer></P>" * 20_000

    def stroom() -> Iterator[bytes]:
        yield b"<Bericht><Header><BerichtCode>436</BerichtCode></Header><Client><Vreemd>"
        for _ in range(50):
            yield product
        yield b"</Vreemd></Client></Bericht>"

    voor = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert BerichtLezer().lees_stroom(stroom(), bron=0, nr=0, naam="") is None
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - voor < 20_000  # kilobytes


@pytest.mark.parametrize("begin", [b"<Bericht a='", b"<Bericht><!-- ", b"<Bericht><?p ", b"<Bericht>", b"<"])
def test_stroom_zonder_einde_houdt_op(begin: bytes) -> None:
    gelezen = 0

    def stroom() -> Iterator[bytes]:
        nonlocal gelezen
        yield begin
        while True:
            gelezen += 1
            yield b"x" * (1 << 20)

    assert BerichtLezer().lees_stroom(stroom(), bron=0, nr=0, naam="") in ("LV05", "LV25")
    assert gelezen <= 3


def test_gemengde_versies_worden_genoemd(tmp_path: Path) -> None:
    proef = xmlproef(0)
    for nr, subversie in ((0, b"0"), (3, b"1")):
        oud, nieuw = b"BerichtSubversie>2<", b"BerichtSubversie>" + subversie + b"<"
        proef.berichten[nr] = proef.berichten[nr].replace(oud, nieuw)
    t = lees_map(_leveringen(tmp_path / "in", proef), tmp_path / "uit").pandas("bevindingen")
    assert t.set_index("code").loc["LV18", ["ontvangen", "aantal"]].tolist() == ["versie 3.0, 3.1", 2]


@pytest.mark.parametrize("werkers", [1, 2])
def test_voortgang(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, werkers: int) -> None:
    monkeypatch.setattr(lezer, "KLEIN", 0)
    monkeypatch.setattr(lezer, "_kernen", lambda: werkers)
    map_ = _leveringen(tmp_path / "in", tabelproef(0), xmlproef(1))
    gemeld: list[tuple[int, int, str]] = []
    lees_map(map_, tmp_path / "uit", voortgang=lambda *stap: gemeld.append(stap))
    gedaan = [stap[0] for stap in gemeld]
    assert gedaan == sorted(gedaan) and gedaan[-1] == gemeld[0][1]
    assert {"GM0200/toewijzingen.csv", "GM0213/berichten.zip"} <= {stap[2] for stap in gemeld}
