"""From an edition to its reports: the hops first, then the batch, then one honest summary.

Between `editie` (which knows the hops) and `rapport` (which knows notebooks and files) so that neither has to
know the other.
"""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pandas as pd
from tqdm import tqdm

from analyse.editie import GECONTROLEERD, LEVERINGEN, Editie
from analyse.hop import Melder, som_bestanden
from analyse.kern import codes
from analyse.kern.fouten import RAAKT_EURO, DomeinFout, Ernst, RapportFout
from analyse.params import RapportParams
from analyse.rapport import Opdracht, Uitslag, Voortgang, maak_rapporten, vork
from analyse.vrijgave.publiek import INTERN
from analyse.weergave import opmaak

if TYPE_CHECKING:
    from analyse.vrijgave.uitgave import Verslag

Publiek = Literal["bestuurlijk", "intern"]
# Why there is nothing to report on, for reports about somebody within a gebied.
_NIEMAND = {
    "praktijk": "In de gevraagde gebieden staat geen huisartspraktijk als verwijzer in de leveringen.",
    "aanbieder": "In de gevraagde gebieden staat geen aanbieder in de leveringen.",
    "team": "In de gevraagde gebieden levert geen gemeente welk team een toewijzing gaf (kolom team).",
}
DEMO = "Demogegevens: alle kinderen in deze cijfers zijn verzonnen."


@dataclass(frozen=True, kw_only=True)
class Keuze:
    """What of an edition is to be made: None is all gebieden, the reports of the edition, every processor."""

    gebieden: Sequence[str] | None = None
    rapporten: Sequence[str] | None = None
    parallel: int | None = None
    opnieuw: bool = False


def maak_editie(editie: Editie, keuze: Keuze, *, meld: Melder) -> int:
    """The reports of an edition; returns the exit code 0, 10 or 13."""
    opdrachten = opdrachten_voor(editie, keuze)
    _reken_uit(editie)
    _controleer_duiding(editie)
    geblokkeerd = _geblokkeerd(editie)
    if any(opdracht.publiek == "intern" for opdracht in opdrachten):
        _ = editie.lijstenmap
    _deel_met_kinderen(editie)
    uitslagen = [uitslag for opdracht in opdrachten for uitslag in _met_balk(opdracht)]
    if any(u.status != "mislukt" and u.stuk.rapport.publiek == "bestuurlijk" for u in uitslagen):
        editie.leg_vast()
    for regel in (*samenvatting(uitslagen, geblokkeerd), *zonder_eenheid(opdrachten)):
        meld(regel)
    for opdracht in opdrachten:
        meld(f"Begin bij {(opdracht.uit / 'index.html').relative_to(editie.params.wortel)}")
    if any(uitslag.status == "mislukt" for uitslag in uitslagen):
        return RapportFout.exitcode
    return DomeinFout.exitcode if geblokkeerd else 0


def _reken_uit(editie: Editie) -> None:
    """All hops, made here once, so that the children only read them; what hangs beside them beside the gate."""
    _ = editie.basis
    kind = vork.begin(_meet_naast, editie, vork=True) if editie.naast_nodig and vork.kan_vorken() else None
    _ = editie.vrijgave
    if kind is not None:
        kind.proces.join()
        kind.stop()
    # Where the child failed, or there was none, all is made here, and a fault is told in full.
    _ = editie.effectvrijgave
    _ = editie.padenvrijgave
    _ = editie.vergeleken
    _ = editie.kwartalenvrijgave
    _ = editie.maandenvrijgave


def _meet_naast(_pijp: Connection, editie: Editie) -> None:
    """In a child: its own engine, for that of the parent has threads that a fork does not take along."""
    with contextlib.redirect_stderr(io.StringIO()):
        Editie(editie.naam, params=editie.params, leveringen=editie.leveringen).meet_naast()


def _controleer_duiding(editie: Editie) -> None:
    if editie.editie.duiding:
        from analyse.vrijgave.duiding import controleer_editie  # not loaded for an unchanged rerun without texts

        controleer_editie(editie.editie, editie.vrijgave, params=editie.params)


def _geblokkeerd(editie: Editie) -> tuple[str, ...]:
    """Gebieden without any figure; one that only lacks amounts is told in its report."""
    gevonden = editie.basis.pandas("bevindingen")
    raak = gevonden["ernst"].eq(Ernst.BLOKKEREND) & gevonden["raakt"].ne(RAAKT_EURO)
    return tuple(sorted(set(gevonden.loc[raak, "gebied"])))


def _deel_met_kinderen(editie: Editie) -> None:
    os.environ[GECONTROLEERD] = editie.naam
    os.environ[LEVERINGEN] = str(editie.leveringen)


def opdrachten_voor(editie: Editie, keuze: Keuze) -> list[Opdracht]:
    """One batch for the reports that may be shown, one for INTERN ones, as far as they are asked for.

    Two batches and not one, because nothing that is published may name or link what is INTERN.
    """
    gevraagd = [editie.params.rapport(naam) for naam in keuze.rapporten or editie.editie.rapporten]
    publieken: tuple[Publiek, ...] = ("bestuurlijk", "intern")
    return [
        _opdracht(editie, keuze, publiek, tuple(r.naam for r in gevraagd if r.publiek == publiek))
        for publiek in publieken
        if any(rapport.publiek == publiek for rapport in gevraagd)
    ]


def _uit(editie: Editie, publiek: Publiek) -> Path:
    uit = editie.params.wortel / "output" / editie.naam
    return uit / INTERN if publiek == "intern" else uit


def _rapporten(editie: Editie, publiek: Publiek) -> tuple[RapportParams, ...]:
    """All reports for this audience, those of the edition first: the first is the main one."""
    namen = dict.fromkeys([*editie.editie.rapporten, *editie.params.rapporten])
    return tuple(rapport for naam in namen if (rapport := editie.params.rapport(naam)).publiek == publiek)


def _opdracht(editie: Editie, keuze: Keuze, publiek: Publiek, namen: tuple[str, ...]) -> Opdracht:
    """What one batch has to make for this edition."""
    params, periode = editie.params, editie.editie.periode
    regio = params.regio
    return Opdracht(
        editie=editie.naam,
        gebieden={code: regio.namen[code] for code in (codes.REGIO, *regio.codes)},
        rapporten=_rapporten(editie, publiek),
        notebooks=params.wortel / "notebooks",
        uit=_uit(editie, publiek),
        wortel=params.wortel,
        titel=f"Rapporten jeugdhulp {regio.naam}",
        alleen=tuple(regio.gebied(gebied) for gebied in keuze.gebieden) if keuze.gebieden else None,
        publiek=publiek,
        alleen_rapporten=namen,
        eenheden=editie.eenheden if publiek == "intern" else {},
        # Rows per file can be few, so only the INTERN manifest has them.
        bijlage={"telling": editie.basis.pandas("telling").to_dict("records")} if publiek == "intern" else {},
        invoer={**editie.sleutels(), **_sommen(editie)},
        gegevens={
            "periode": str(periode),
            "periode_naam": periode.naam,
            "peildatum": editie.editie.peildatum.isoformat(),
            "peildatum_tekst": opmaak.datum(editie.editie.peildatum),
            **({"ondertitel": DEMO} if editie.is_demo else {}),
        },
        voorladen=("seaborn", "analyse.editie", "analyse.weergave.hoofdstukken"),
        vooraf=lambda: _verwarm(editie, intern=publiek == "intern"),
        parallel=keuze.parallel,
        opnieuw=keuze.opnieuw,
    )


def _verwarm(editie: Editie, *, intern: bool) -> None:
    """What every report needs: the grids of figures, and the glyphs and styles of a first chart."""
    from analyse.weergave import grafiek
    from analyse.weergave.svg import svg

    beeld = editie.voor(codes.REGIO)
    if intern:
        _ = editie.intern
    else:
        beeld.laad()
    rijen = beeld.rijen("trajecten.instroom")
    svg(grafiek.lijn(rijen.assign(reeks=beeld.naam), eenheid="aantal").figuur)


def _sommen(editie: Editie) -> dict[str, str]:
    """Hashes of what reports show besides figures: parameters and reference data."""
    params, referentie = editie.params.map, editie.referentie.map
    return {
        "params": som_bestanden([params / "regio.yaml", params / "edities" / f"{editie.naam}.yaml"], vanaf=params),
        "kaarten": som_bestanden((params / "indicatoren").glob("*.yaml"), vanaf=params),
        "referentie": som_bestanden(referentie.glob("*.csv"), vanaf=referentie),
    }


def aanval(editie: Editie, *, met_pdf: bool = True) -> Verslag:
    """Attack the published bytes of an edition as somebody who has them all, and every earlier release."""
    from analyse.vrijgave.paden import als_rijen
    from analyse.vrijgave.uitgave import Vrijgegeven, val_aan

    bij = {"kwaliteit": editie.vrijgave.kwaliteit, "toelichting": editie.vrijgave.toelichting}
    bij |= dict(editie.effectvrijgave.tabellen)
    # These went through a gate of their own; they are figures like the others.
    eigen_poort = (
        editie.overgangen,
        als_rijen(editie.padenvrijgave),
        editie.vergeleken.maanden,
        editie.vergeleken.leeftijd,
        editie.kwartalenvrijgave,
        editie.maandenvrijgave,
    )
    delen = [deel for deel in eigen_poort if len(deel)]
    return val_aan(
        _uit(editie, "bestuurlijk"),
        params=editie.params,
        vorige=editie.eerder_gepubliceerd,
        meting=editie.intern,
        vrijgegeven=Vrijgegeven(editie.vrijgave, bij, pd.concat(delen, ignore_index=True) if delen else None),
        met_pdf=met_pdf,
    )


def _met_balk(werk: Opdracht) -> tuple[Uitslag, ...]:
    with tqdm(desc="Rapporten", unit="stap", leave=False) as balk:

        def toon(stand: Voortgang) -> None:
            balk.total = stand.totaal
            balk.set_postfix_str(f"{stand.gebied} {stand.stap}", refresh=False)
            balk.update(stand.gedaan - balk.n)

        return maak_rapporten(werk, voortgang=toon)


def zonder_eenheid(opdrachten: Sequence[Opdracht]) -> list[str]:
    """Of every report that was asked for and not made: why not, and what to ask for instead."""
    return [
        f"{rapport.titel}: niets gemaakt. {waarom}"
        for opdracht in opdrachten
        for rapport in opdracht.rapporten
        if opdracht.alleen_rapporten is None or rapport.naam in opdracht.alleen_rapporten
        if rapport.naam not in {stuk.rapport.naam for stuk in opdracht.gevraagd}
        if (waarom := _waarom_niet(opdracht, rapport))
    ]


def _waarom_niet(opdracht: Opdracht, rapport: RapportParams) -> str:
    alleen = set(opdracht.alleen or ())
    if alleen and rapport.gebieden == "regio" and codes.REGIO not in alleen:
        return f"Dit rapport is er alleen voor de regio: vraag het met --gebied {codes.REGIO}."
    if alleen == {codes.REGIO} and rapport.gebieden == "gemeenten":
        return "Dit rapport is er alleen per gemeente: vraag het met --gebied en een gemeente."
    return _NIEMAND.get(rapport.per, "")


def samenvatting(uitslagen: Sequence[Uitslag], geblokkeerd: Sequence[str]) -> list[str]:
    """What was made, skipped and failed, one line each; a gemeente without figures is named."""
    regels = [uitslag.tekst for uitslag in uitslagen]
    regels += [
        f"{code}: geen cijfers, omdat de levering niet klopt; zie analyse controleer" for code in geblokkeerd
    ]
    stand = {soort: sum(u.status == soort for u in uitslagen) for soort in ("gemaakt", "overgeslagen", "mislukt")}
    return [*regels, ", ".join(f"{aantal} {soort}" for soort, aantal in stand.items() if aantal)]
