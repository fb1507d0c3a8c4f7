"""Random small deliveries against the oracle: current state and spells must be the same, row for row."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from inname_bouwer import lees_map, map_met, rij_declaratie, rij_levering, rij_toewijzing
from inname_orakel import huidig, spells

PEILDATUM = date(2024, 6, 30)
# Few dates, close together and around the peildatum: collisions are what this is about.
DAGEN = ["2024-01-10", "2024-02-01", "2024-03-15", "2024-06-29", "2024-06-30", "2024-07-01", "2024-08-20"]
EIGEN = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
dagen = st.sampled_from(DAGEN)
misschien = st.none() | dagen


@st.composite
def versies(draw: st.DrawFn, nummer: int) -> list[dict[str, object]]:
    """One to three versions of a number; the content follows from the stamp, as in a register that is right."""
    momenten = draw(st.lists(st.tuples(dagen, st.sampled_from(["09:00:00", "09:00:01"])), min_size=1, max_size=3))
    inhoud = {m: (draw(dagen), draw(misschien)) for m in sorted(set(momenten))}
    reden = {m: draw(st.sampled_from([None, None, "04", "05", "01", "13"])) for m in sorted(set(momenten))}
    return [
        rij_toewijzing(
            nummer,
            toewijzingsdatum=m[0],
            toewijzingstijd=m[1],
            ingangsdatum=inhoud[m][0],
            einddatum=inhoud[m][1],
            reden_wijziging=reden[m] if i == momenten.index(m) or draw(st.booleans()) else None,
        )
        for i, m in enumerate(momenten)
    ]


@st.composite
def leveringen(draw: st.DrawFn, nummer: int) -> list[dict[str, object]]:
    """Up to six starts and stops on few keys in any order, deletions and repeats among them."""
    begin = draw(st.lists(dagen, min_size=1, max_size=3))
    bericht = st.sampled_from(["2024-03-01", "2024-03-02", "2024-03-03", None])
    rijen = []
    for _ in range(draw(st.integers(0, 6))):
        stop = draw(st.booleans())
        rij = rij_levering(
            nummer,
            "stop" if stop else "start",
            draw(st.sampled_from(begin)),
            draw(dagen) if stop else None,
            reden_beeindiging=draw(st.sampled_from(["20", "31"])) if stop else None,
            status_aanlevering=draw(st.sampled_from(["1", "1", "3"])),
            berichtdatum=draw(bericht),
        )
        rijen += [rij] * draw(st.sampled_from([1, 1, 2]))
    return rijen


@st.composite
def declaraties(draw: st.DrawFn, nummer: int) -> list[dict[str, object]]:
    """Up to two declared months, some of them rejected."""
    maanden = draw(st.lists(st.sampled_from(["01", "02", "03", "06", "07"]), max_size=2, unique=True))
    status = st.sampled_from([None, "toegekend", "afgewezen"])
    return [rij_declaratie(nummer, f"2024-{m}-01", f"2024-{m}-28", status=draw(status)) for m in maanden]


@st.composite
def regio(draw: st.DrawFn) -> tuple[list[dict[str, object]], ...]:
    """Some thirty toewijzingen with all that hangs on them, in shuffled order."""
    nummers = range(1, draw(st.integers(20, 40)))
    tabellen = [[r for n in nummers for r in draw(maak(n))] for maak in (versies, leveringen, declaraties)]
    return tuple(draw(st.permutations(tabel)) for tabel in tabellen)


def _lees(tabellen: tuple[list[dict[str, object]], ...]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    namen = ("toewijzingen", "leveringen", "declaraties")
    met_rijen = {naam: rijen for naam, rijen in zip(namen, tabellen, strict=True) if rijen}
    with TemporaryDirectory() as map_:
        map_met(Path(map_) / "in", tabellen=met_rijen, peildatum=PEILDATUM.isoformat())
        basis = lees_map(Path(map_) / "in", Path(map_) / "uit")
        return basis.pandas("toewijzingen"), basis.pandas("spells"), basis.pandas("telling")


def _dag(waarde: object) -> date | None:
    return None if pd.isna(waarde) else pd.Timestamp(waarde).date()


def _leeg(waarde: object) -> object:
    return None if pd.isna(waarde) else waarde


@EIGEN
@given(regio())
def test_gelijk_aan_het_orakel(tabellen) -> None:
    toewijzingen, gevonden, telling = _lees(tabellen)
    verwacht = {
        (n, _dag(r["ingangsdatum"]), _dag(r["einddatum"]), r["reden_wijziging"])
        for n, r in huidig(tabellen[0]).items()
    }
    assert verwacht == {
        (r.toewijzingnummer, _dag(r.ingangsdatum), _dag(r.einddatum), _leeg(r.reden_wijziging))
        for r in toewijzingen.itertuples()
    }
    velden = ["toewijzingnummer", "begin", "eind", "datumbron_begin", "datumbron_eind", "reden_beeindiging"]
    assert spells(*tabellen, PEILDATUM) == {
        (n, _dag(b), _dag(e), *map(_leeg, rest)) for n, b, e, *rest in gevonden[velden].itertuples(index=False)
    }
    som = telling["gebruikt"] + telling["vervangen"] + telling["verwijderd"] + telling["opzij"]
    assert (som == telling["gelezen"]).all()
    for naam, rijen in zip(("toewijzingen", "leveringen", "declaraties"), tabellen, strict=True):
        assert telling.loc[telling["tabel"] == naam, "gelezen"].sum() == len(rijen)
