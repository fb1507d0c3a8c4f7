"""Damage to files and folders: zips, tables as files, links, levering.yaml."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from schade_bouwer import ZIP, Proef
from schade_geval import tabel, xml

T = "toewijzingen.csv"
WEG = ("DK26a", "DK12a", "DK19")


def _bewerk(naam: str, maak: object) -> object:
    def daarna(map_: Path) -> None:
        (map_ / naam).write_bytes(maak((map_ / naam).read_bytes()))  # type: ignore[operator]

    return daarna


def _zip(leden: dict[str, bytes]) -> bytes:
    doel = io.BytesIO()
    with zipfile.ZipFile(doel, "w", zipfile.ZIP_DEFLATED) as archief:
        for naam, inhoud in leden.items():
            archief.writestr(naam, inhoud)
    return doel.getvalue()


@xml("LV08", "B", ZIP, ook=("DK26a",))
def zip_afgekapt(p: Proef) -> None:
    p.daarna = _bewerk(ZIP, lambda b: b[: len(b) // 2])


@xml("LV08", "B", "leeg.zip")
def zip_zonder_bytes(p: Proef) -> None:
    p.los["leeg.zip"] = b""


@xml("LV08", "B", "extra.zip", "../../uit.xml")
def pad_uit_de_zip(p: Proef) -> None:
    p.los["extra.zip"] = _zip({"../../uit.xml": p.berichten[0]})


@xml("LV08", "B", "extra.zip", "binnen.zip")
def zip_in_zip(p: Proef) -> None:
    p.los["extra.zip"] = _zip({"binnen.zip": _zip({"a.xml": p.berichten[0]})})


@xml("LV08", "B", "extra.zip", "bom.xml")
def zipbom(p: Proef) -> None:
    p.los["extra.zip"] = _zip({"bom.xml": b"0" * 20_000_000})


@xml("LV04", "W", "extra.zip", "lees mij.txt")
def vreemd_bestand_in_zip(p: Proef) -> None:
    p.los["extra.zip"] = _zip({"lees mij.txt": b"hallo"})


@xml("LV05", "W", "los.xml")
def los_bericht_zonder_bytes(p: Proef) -> None:
    p.los["los.xml"] = b""


@xml("LV07", "W", "los.xml")
def los_bestand_is_geen_bericht(p: Proef) -> None:
    p.los["los.xml"] = b"<factuur><bedrag>1</bedrag></factuur>"


@tabel("LV04", "W", "notitie.docx")
def vreemd_bestand(p: Proef) -> None:
    p.los["notitie.docx"] = b"PK"


@tabel("LV10", "B", T, ook=WEG)
def tabel_zonder_bytes(p: Proef) -> None:
    p.daarna = _bewerk(T, lambda _: b"")


@tabel("LV10", "B", "declaraties.csv")
def kolomnaam_dubbel(p: Proef) -> None:
    p.daarna = _bewerk("declaraties.csv", lambda b: b.replace(b"bedrag_cent", b"toewijzingnummer", 1))


@tabel("LV10", "B", "verwijzers.xlsx")
def excel_kapot(p: Proef) -> None:
    p.los["verwijzers.xlsx"] = b"PK\x03\x04 geen werkmap"


@tabel("LV10", "B", "verwijzers.parquet")
def parquet_kapot(p: Proef) -> None:
    p.los["verwijzers.parquet"] = b"PAR1 kapot PAR1"


@tabel("LV11", "W", T)
def windows_1252(p: Proef) -> None:
    p.tabellen["toewijzingen"][3]["team"] = None
    for rij in p.tabellen["toewijzingen"]:
        rij["team"] = "wijk Zuid"
    p.daarna = _bewerk(T, lambda b: b.replace(b"wijk Zuid", "wijk Zu\u00efd".encode("cp1252")))


@tabel("LV20", "W", T, "rij 5", ook=("DK12a", "DK19"))
def rij_met_te_veel_kolommen(p: Proef) -> None:
    p.daarna = _bewerk(T, lambda b: _regel(b, 4, lambda r: r + b";te;veel"))


@tabel("LV20", "W", T, "rij 25", ook=("DK12a", "DK19"))
def laatste_rij_afgekapt(p: Proef) -> None:
    p.daarna = _bewerk(T, lambda b: b[:-90])


def _regel(inhoud: bytes, nr: int, maak: object) -> bytes:
    regels = inhoud.split(b"\n")
    regels[nr] = maak(regels[nr])  # type: ignore[operator]
    return b"\n".join(regels)


@tabel("LV21", "W", T)
def vreemde_kolom(p: Proef) -> None:
    for rij in p.tabellen["toewijzingen"]:
        rij["naam_consulent"] = "x"


@tabel("LV24", "W", "link.xml")
def link_naar_buiten(p: Proef) -> None:
    p.daarna = lambda map_: (map_ / "link.xml").symlink_to("/etc/hostname")


@tabel("LV24", "W", "kring.csv")
def link_naar_zichzelf(p: Proef) -> None:
    p.daarna = lambda map_: (map_ / "kring.csv").symlink_to(map_ / "kring.csv")


@tabel("LV24", "W", "map")
def link_naar_een_map(p: Proef) -> None:
    p.daarna = lambda map_: (map_ / "map").symlink_to("/etc", target_is_directory=True)


@tabel("LV12", "B", "levering.yaml")
def yaml_met_onbekende_sleutel(p: Proef) -> None:
    p.info["peildaatum"] = "2024-12-31"


@tabel("LV12", "B", "levering.yaml")
def yaml_met_onmogelijke_datum(p: Proef) -> None:
    p.info["peildatum"] = "2024-02-31"


@tabel("LV12", "B", "levering.yaml")
def yaml_kapot(p: Proef) -> None:
    p.info["peildatum"] = "[2024"


@tabel("LV12", "B", "levering.yaml")
def yaml_als_bom(p: Proef) -> None:
    """Twelve lines that stand for 9^12 values."""
    lagen = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 13))
    p.daarna = lambda map_: (map_ / "levering.yaml").write_text(f"l0: &l0 [x]\n{lagen}peildatum: *l12\n") and None


@tabel("LV13", "W")
def zonder_peildatum(p: Proef) -> None:
    p.info.clear()


@tabel("LV02", "B", ook=("DK26a", "DK29", "DK31", "LV13"))
def lege_levering(p: Proef) -> None:
    p.tabellen.clear()


@tabel("LV19", "W", "clienten.csv")
def voorloopnul_van_bsn_weg(p: Proef) -> None:
    p.tabellen["clienten"][3]["client_id"] = "10000008"
