"""A mirror holds its own praktijk or team and nothing of another one: searched in the bytes handed out."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from analyse.demo.bijlagen import ZWAAR_TEAM
from analyse.editie import GECONTROLEERD, LEVERINGEN, Editie
from analyse.rapport import maak_rapporten
from analyse.uitvoeren import Keuze, opdrachten_voor, zonder_eenheid

pytestmark = [pytest.mark.traag, pytest.mark.xdist_group("keten")]
RAPPORTEN = ("spiegelinformatie", "spiegelinformatie_team")


@pytest.fixture(scope="module")
def spiegels(kit, tmp_path_factory):
    """Mirrors of two praktijken and of a team in two gemeenten, made as a batch; and all that exist."""
    with pytest.MonkeyPatch.context() as omgeving:
        omgeving.setenv("ANALYSE_MAP", str(kit.map))
        editie = Editie.open("2025-H2", wortel=kit.map)
        alle = editie.eenheden
        _ = editie.lijstenmap
        omgeving.setenv(GECONTROLEERD, editie.naam)
        omgeving.setenv(LEVERINGEN, str(editie.leveringen))
        (opdracht,) = opdrachten_voor(editie, Keuze(rapporten=RAPPORTEN))
        totalen = editie.lijst("praktijken", "REGIO")
        meest = totalen[totalen["hulpvorm"].eq("totaal")].groupby("praktijk")["verwijzingen"].sum()
        paar = [(agb, agb) for agb in meest.sort_values(kind="stable").index[-2:]]
        teams = {g: alle["team"][g][:1] for g in ("GM0200", "GM0301")}
        uit = tmp_path_factory.mktemp("spiegels")
        werk = replace(opdracht, eenheden={"praktijk": {"REGIO": paar}, "team": teams}, uit=uit)
        uitslagen = maak_rapporten(werk)
    assert [u.status for u in uitslagen] == ["gemaakt"] * 4, [u.fout for u in uitslagen]
    leeg = replace(opdracht, eenheden={"praktijk": {"REGIO": paar}, "team": {}})
    return uit, alle, zonder_eenheid([leeg]), editie.lijst("teams", "GM0200")


def inhoud(map_: Path) -> str:
    """Everything in a folder as text: files as they are, what is packed in a PDF, and its text."""
    delen = [str(pad.relative_to(map_)) for pad in sorted(map_.rglob("*"))]
    for pad in sorted(map_.rglob("*")):
        if pad.is_file():
            ruw = pad.read_bytes()
            delen += [ruw.decode("utf-8", "ignore"), *_uitgepakt(ruw)]
            if pad.suffix == ".pdf" and shutil.which("pdftotext"):
                klaar = subprocess.run(["pdftotext", str(pad), "-"], capture_output=True, check=True)
                delen.append(klaar.stdout.decode())
    return "\n".join(delen)


def _uitgepakt(ruw: bytes) -> list[str]:
    uit = []
    for stroom in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", ruw, re.DOTALL):
        try:
            uit.append(zlib.decompress(stroom).decode("latin-1"))
        except zlib.error:
            continue
    return uit


def test_een_praktijk_vindt_geen_andere_praktijk(spiegels) -> None:
    uit, alle, _, _ = spiegels
    codes = {agb for agb, _ in alle["praktijk"]["REGIO"]}
    gemaakt = sorted((uit / "REGIO" / "spiegelinformatie").iterdir())
    assert len(gemaakt) == 2 and len(codes) > 10
    for map_ in gemaakt:
        tekst = inhoud(map_)
        assert map_.name in tekst
        assert not [agb for agb in codes - {map_.name} if agb in tekst]


def test_een_gemeente_vindt_geen_ander_team(spiegels) -> None:
    uit, alle, _, _ = spiegels
    namen = {naam for teams in alle["team"].values() for _, naam in teams}
    for gemeente in ("GM0200", "GM0301"):
        (map_,) = (uit / gemeente / "spiegelinformatie_team").iterdir()
        tekst = inhoud(map_)
        assert alle["team"][gemeente][0][1] in tekst
        assert not [naam for naam in namen - {alle["team"][gemeente][0][1]} if naam in tekst]


def test_zonder_teams_zegt_de_batch_dat(spiegels) -> None:
    _, _, regels, _ = spiegels
    assert len(regels) == 1 and "levert geen gemeente welk team" in regels[0]


def test_het_team_dat_vaker_zware_hulp_geeft_valt_op(spiegels) -> None:
    """Its known truth, over all half-years: more than expected, and more so than any other team there."""
    *_, lijst = spiegels
    assert set(lijst["gebied"]) == {"GM0200"}
    eigen = lijst[lijst["soort"].eq("team") & lijst["hulpvorm"].eq("totaal")]
    som = eigen.groupby("naam")[["zwaar", "verwacht"]].sum()
    verhouding = som["zwaar"] / som["verwacht"]
    assert verhouding.idxmax() == ZWAAR_TEAM and verhouding[ZWAAR_TEAM] > 1.25
    assert verhouding.drop(ZWAAR_TEAM).max() < 1.2
