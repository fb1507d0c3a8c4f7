"""The demo region damaged at random: never a crash, nothing lost, and what was not damaged stays the same."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from inname_bouwer import lees_map

from analyse.demo import maak_demo
from analyse.inname import controleer
from analyse.kern.basis import Basis
from analyse.kern.fouten import AnalyseFout

TABEL, BERICHTEN, GAAF = "GM0244", "GM0285", "GM0246"  # damaged, damaged, left alone
TABELLEN = ("toewijzingen", "spells", "declaraties", "maatregelen", "verzoeken")
RUSTIG = settings(
    max_examples=8, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
Ingreep = Callable[[bytes, int, int], bytes]

INGREPEN: dict[str, Ingreep] = {
    "afkappen": lambda b, i, _: b[:i],
    "bit omdraaien": lambda b, i, j: b[:i] + bytes([b[i] ^ (1 << j % 8)]) + b[i + 1 :],
    "stuk weg": lambda b, i, j: b[:i] + b[i + 1 + j % 200 :],
    "stuk dubbel": lambda b, i, j: b[: i + j % 200] + b[i:],
    "regels verwisselen": lambda b, i, j: _verwissel(b, i, j),
    "regel weg": lambda b, i, _: b"\n".join(regel for n, regel in enumerate(b.split(b"\n")) if n != i % 50),
    "regel dubbel": lambda b, i, _: b + b"\n" + b.split(b"\n")[i % (b.count(b"\n") + 1)],
    "utf-16": lambda b, _, __: b.decode("utf-8", "replace").encode("utf-16"),
    "windows-1252": lambda b, i, _: b[:i] + "\u00eb".encode("cp1252") + b[i:],
    "nul erbij": lambda b, i, _: b[:i] + b"\x00" + b[i:],
    "leeg": lambda _, __, ___: b"",
    "komma's": lambda b, _, __: b.replace(b";", b","),
}


def _verwissel(b: bytes, i: int, j: int) -> bytes:
    regels = b.split(b"\n")
    een, twee = i % len(regels), j % len(regels)
    regels[een], regels[twee] = regels[twee], regels[een]
    return b"\n".join(regels)


@pytest.fixture(scope="module")
def bron(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three small gemeenten: one in tables, two in messages."""
    wortel = tmp_path_factory.mktemp("willekeurig")
    for vorm in ("tabel", "xml"):
        maak_demo(wortel / vorm, vorm=vorm, schaal=0.01)
    for gemeente, vorm in ((TABEL, "tabel"), (BERICHTEN, "xml"), (GAAF, "xml")):
        shutil.copytree(wortel / vorm / gemeente, wortel / "in" / gemeente)
    return wortel / "in"


@pytest.fixture(scope="module")
def gaaf(bron: Path) -> Basis:
    return lees_map(bron, bron.parent / "gaaf")


@pytest.fixture
def kopie(bron: Path, tmp_path: Path) -> Iterator[Callable[[], Path]]:
    """Gives a fresh copy of the deliveries, over and over."""

    def nieuw() -> Path:
        shutil.rmtree(tmp_path / "in", ignore_errors=True)
        shutil.rmtree(tmp_path / "uit", ignore_errors=True)
        return Path(shutil.copytree(bron, tmp_path / "in"))

    yield nieuw


def _rijen(basis: Basis, naam: str, gemeente: str) -> pd.DataFrame:
    """The rows of one gemeente with pseudonyms for numbers, which depend on who else was delivered."""
    t = basis.pandas(naam)
    t = t[t["gemeente"] == gemeente].merge(basis.pandas("personen")[["persoon_nr", "persoon"]], how="left")
    t = t.drop(columns="persoon_nr")
    return t.sort_values(list(t.columns), ignore_index=True)


def _klopt(map_: Path, gaaf: Basis) -> Basis | None:
    """Read; the four add up, the report can be made, and the undamaged gemeente is as it was."""
    try:
        basis = lees_map(map_, map_.parent / "uit")
    except AnalyseFout:
        return None
    t = basis.pandas("telling")
    assert (t["gelezen"] == t[["gebruikt", "vervangen", "verwijderd", "opzij"]].sum(axis=1)).all()
    assert controleer(basis).tekst
    for naam in TABELLEN:
        pd.testing.assert_frame_equal(_rijen(basis, naam, GAAF), _rijen(gaaf, naam, GAAF))
    return basis


@RUSTIG
@given(
    naam=st.sampled_from(sorted(INGREPEN)),
    deel=st.integers(0, 10**6),
    j=st.integers(0, 10**4),
    nr=st.integers(0, 20),
)
def test_tabel_beschadigd(bron: Path, gaaf: Basis, kopie, naam: str, deel: int, j: int, nr: int) -> None:
    map_ = kopie()
    bestanden = sorted((map_ / TABEL).glob("*.csv"))
    pad = bestanden[nr % len(bestanden)]
    inhoud = pad.read_bytes()
    pad.write_bytes(INGREPEN[naam](inhoud, deel % len(inhoud), j))
    basis = _klopt(map_, gaaf)
    assert basis is not None
    for ander in TABELLEN:
        pd.testing.assert_frame_equal(_rijen(basis, ander, BERICHTEN), _rijen(gaaf, ander, BERICHTEN))


@RUSTIG
@given(
    naam=st.sampled_from(sorted(INGREPEN)),
    deel=st.integers(0, 10**6),
    j=st.integers(0, 10**4),
    nr=st.integers(0, 10**4),
)
def test_bericht_beschadigd(bron: Path, gaaf: Basis, kopie, naam: str, deel: int, j: int, nr: int) -> None:
    """Toewijzingen that the damaged message doesn't speak of are as they were."""
    map_ = kopie()
    leden = _leden(map_ / BERICHTEN / "berichten.zip")
    welk = sorted(leden)[nr % len(leden)]
    oud = leden[welk]
    leden[welk] = INGREPEN[naam](oud, deel % len(oud), j)
    _zip(map_ / BERICHTEN / "berichten.zip", leden)
    basis = _klopt(map_, gaaf)
    assert basis is not None
    ver = _rijen(gaaf, "toewijzingen", BERICHTEN)
    ver = ver[[str(n).encode() not in oud for n in ver["toewijzingnummer"]]]
    zonder_verwijzer = [k for k in ver.columns if not k.startswith("verwijzer") and k != "eerste_verzoek"]
    nu = _rijen(basis, "toewijzingen", BERICHTEN).set_index("toewijzingnummer").loc[ver["toewijzingnummer"]]
    pd.testing.assert_frame_equal(
        nu.reset_index()[sorted(zonder_verwijzer)], ver.reset_index(drop=True)[sorted(zonder_verwijzer)]
    )


@RUSTIG
@given(naam=st.sampled_from(sorted(INGREPEN)), deel=st.integers(0, 10**7), j=st.integers(0, 10**4))
def test_zip_beschadigd(bron: Path, gaaf: Basis, kopie, naam: str, deel: int, j: int) -> None:
    map_ = kopie()
    pad = map_ / BERICHTEN / "berichten.zip"
    inhoud = pad.read_bytes()
    pad.write_bytes(INGREPEN[naam](inhoud, deel % len(inhoud), j))
    assert _klopt(map_, gaaf) is not None


def test_dubbel_geleverd_telt_een_keer(gaaf: Basis, kopie) -> None:
    """Every message twice, in another zip: the same figures, and the copies are counted as such."""
    map_ = kopie()
    shutil.copy(map_ / BERICHTEN / "berichten.zip", map_ / BERICHTEN / "nogmaals.zip")
    basis = _klopt(map_, gaaf)
    assert basis is not None
    for naam in TABELLEN:
        pd.testing.assert_frame_equal(_rijen(basis, naam, BERICHTEN), _rijen(gaaf, naam, BERICHTEN))
    t = basis.pandas("telling").query(
        "gebied == @BERICHTEN and bestand == 'nogmaals.zip' and tabel != 'berichten'"
    )
    assert (t["gebruikt"].sum(), t["vervangen"].sum() > 0) == (0, True)


def _leden(pad: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(pad) as archief:
        return {naam: archief.read(naam) for naam in archief.namelist()}


def _zip(pad: Path, leden: dict[str, bytes]) -> None:
    doel = io.BytesIO()
    with zipfile.ZipFile(doel, "w", zipfile.ZIP_DEFLATED) as archief:
        for naam, inhoud in leden.items():
            archief.writestr(naam, inhoud)
    pad.write_bytes(doel.getvalue())
