"""Does reading stay within memory? Peak of a delivery ten times as large, against the smaller one.

Writes toewijzing messages (301, one toewijzing each) straight into zips, reads them in a process of its own and
prints the peak of that process and of its largest worker; then one message of a gigabyte on one line.

Measured on two cores: 100,000 messages 477 MB and 327 MB per worker; 300,000 messages 891 and 425 MB; 1,000,000
messages 2413 and 435 MB, 115 s. Ten times as much takes 4.8 times the memory of the process, which holds the typed
rows of the whole delivery in the engine (some 2 kB each), and 1.3 times that of a worker, which holds one
portion. A message of 1 GB on one line takes 1 MB.

    nice -n 10 python benchmarks/inname_geheugen.py [--klein 100000] [--groot 1000000] [--stroom-mb 1024]
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import tempfile
import time
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from analyse.inname import lees
from analyse.inname.berichten import BerichtLezer
from analyse.params import Params

SLEUTEL = b"sleutel van een meting, niet van gegevens"
DEEL = 250_000  # messages per zip
_OPTIES = ("", "<Einddatum>2025-12-31</Einddatum>", "<RedenWijziging>04</RedenWijziging>")
_OMVANG = "<Omvang><Volume>4</Volume><Eenheid>04</Eenheid><Frequentie>4</Frequentie></Omvang>"


def bericht(nr: int) -> bytes:
    """One 301; every third has the same optional elements."""
    begin = (date(2020, 1, 1) + timedelta(days=nr % 1800)).isoformat()
    product = "<Product><Categorie>45</Categorie><Code>45A04</Code></Product>"
    toewijzing = (
        f"<ToegewezenProduct><ToewijzingNummer>{nr}</ToewijzingNummer>{product}<Toewijzingsdatum>{begin}"
        f"</Toewijzingsdatum><Toewijzingstijd>10:00:00</Toewijzingstijd><Ingangsdatum>{begin}</Ingangsdatum>"
        f"{_OPTIES[nr % 3]}{_OMVANG if nr % 2 else ''}</ToegewezenProduct>"
    )
    kop = (
        "<Header><BerichtCode>436</BerichtCode><BerichtVersie>3</BerichtVersie><BerichtSubversie>2"
        "</BerichtSubversie><Afzender>0200</Afzender><Ontvanger>98980001</Ontvanger><BerichtIdentificatie>"
        f"<Identificatie>{nr}</Identificatie><Dagtekening>{begin}</Dagtekening></BerichtIdentificatie></Header>"
    )
    client = (
        f"<Bsn>{nr // 3:09}</Bsn><Geboortedatum><Datum>2012-01-01</Datum></Geboortedatum><Geslacht>1</Geslacht>"
    )
    producten = f"<ToegewezenProducten>{toewijzing}</ToegewezenProducten>"
    return f"<?xml version='1.0'?><Bericht>{kop}<Client>{client}{producten}</Client></Bericht>".encode()


def schrijf(map_: Path, aantal: int) -> None:
    """A delivery of so many messages, in zips of `DEEL`."""
    doel = map_ / "GM0200"
    doel.mkdir(parents=True)
    (doel / "levering.yaml").write_text("peildatum: 2025-12-31\n", encoding="utf-8")
    for eerste in range(0, aantal, DEEL):
        with zipfile.ZipFile(
            doel / f"deel_{eerste // DEEL:03}.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1
        ) as zip_:
            for nr in range(eerste, min(eerste + DEEL, aantal)):
                zip_.writestr(f"{nr}.xml", bericht(nr))


def _lees(map_: Path, pijp: multiprocessing.connection.Connection) -> None:
    begin = time.perf_counter()
    basis = lees(map_ / "in", params=Params.open(), uit=map_ / "uit", sleutel=SLEUTEL)
    seconden = time.perf_counter() - begin
    piek = [resource.getrusage(wie).ru_maxrss >> 10 for wie in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    pijp.send((piek, seconden, len(basis.pandas("toewijzingen"))))


def meet(aantal: int) -> tuple[int, int]:
    """Peak megabytes of the process that reads and of its largest worker."""
    with tempfile.TemporaryDirectory(prefix="geheugen-") as tijdelijk:
        map_ = Path(tijdelijk)
        schrijf(map_ / "in", aantal)
        context = multiprocessing.get_context("spawn")
        hier, daar = context.Pipe()
        kind = context.Process(target=_lees, args=(map_, daar))
        kind.start()
        (proces, werker), seconden, gelezen = hier.recv()
        kind.join()
    if gelezen != aantal:
        raise SystemExit(f"{gelezen} toewijzingen gelezen in plaats van {aantal}")
    print(f"{aantal:>9} berichten: proces {proces} MB, grootste werker {werker} MB, {seconden:.0f} s", flush=True)
    return proces, werker


def meet_stroom(megabytes: int) -> None:
    """One message without a line end, as large as asked for; nothing of it is on disk."""
    vulling = b"<P><ToewijzingNummer>1</ToewijzingNummer></P>" * 23_300  # a megabyte

    def stroom() -> Iterator[bytes]:
        yield b"<Bericht><Header><BerichtCode>436</BerichtCode></Header><Client><Vreemd>"
        for _ in range(megabytes):
            yield vulling
        yield b"</Vreemd></Client></Bericht>"

    voor = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    fout = BerichtLezer().lees_stroom(stroom(), bron=0, nr=0, naam="")
    meer = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - voor) >> 10
    print(f"{megabytes} MB op een regel: {meer} MB erbij, bevinding: {fout or 'geen'}", flush=True)


def main() -> None:
    """Both measurements; prints the ratios."""
    vraag = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    vraag.add_argument("--klein", type=int, default=100_000)
    vraag.add_argument("--groot", type=int, default=1_000_000)
    vraag.add_argument("--stroom-mb", type=int, default=1024)
    keuze = vraag.parse_args()
    meet_stroom(keuze.stroom_mb)
    klein, groot = meet(keuze.klein), meet(keuze.groot)
    proces, werker = (g / max(k, 1) for g, k in zip(groot, klein, strict=True))
    print(f"{keuze.groot / keuze.klein:.0f} keer zoveel: proces {proces:.1f} keer, werker {werker:.1f} keer")


if __name__ == "__main__":
    main()
