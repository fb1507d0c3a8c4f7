"""From an edition to its reports: the hops first, then the batch, then one honest summary.

Between `editie` (which knows the hops) and `rapport` (which knows notebooks and files) so that neither has to
know the other.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from analyse.editie import GECONTROLEERD, LEVERINGEN, Editie
from analyse.hop import Melder, som_bestanden
from analyse.kern import codes
from analyse.kern.fouten import DomeinFout, Ernst, RapportFout
from analyse.rapport import Opdracht, Uitslag, Voortgang, maak_rapporten
from analyse.weergave import opmaak

DEMO = "Demogegevens: alle kinderen in deze cijfers zijn verzonnen."


def maak_editie(
    editie: Editie, *, gebieden: Sequence[str] | None, parallel: int | None, opnieuw: bool, meld: Melder
) -> int:
    """All reports of an edition (or of some gebieden); returns the exit code 0, 10 or 13."""
    geblokkeerd = _geblokkeerd(editie)
    _ = editie.effectvrijgave  # made here once, so that the children only read it
    _deel_met_kinderen(editie)
    uitslagen = _met_balk(opdracht(editie, gebieden=gebieden, parallel=parallel, opnieuw=opnieuw))
    for regel in samenvatting(uitslagen, geblokkeerd):
        meld(regel)
    meld(f"Begin bij {(_uit(editie) / 'index.html').relative_to(editie.params.wortel)}")
    if any(uitslag.status == "mislukt" for uitslag in uitslagen):
        return RapportFout.exitcode
    return DomeinFout.exitcode if geblokkeerd else 0


def _geblokkeerd(editie: Editie) -> tuple[str, ...]:
    kwaliteit = editie.vrijgave.kwaliteit
    return tuple(sorted(set(kwaliteit.loc[kwaliteit["ernst"].eq(Ernst.BLOKKEREND), "gebied"])))


def _deel_met_kinderen(editie: Editie) -> None:
    os.environ[GECONTROLEERD] = editie.naam
    os.environ[LEVERINGEN] = str(editie.leveringen)


def _uit(editie: Editie) -> Path:
    return editie.params.wortel / "output" / editie.naam


def opdracht(editie: Editie, *, gebieden: Sequence[str] | None, parallel: int | None, opnieuw: bool) -> Opdracht:
    """What the batch has to make for this edition."""
    params, periode = editie.params, editie.editie.periode
    regio = params.regio
    return Opdracht(
        editie=editie.naam,
        gebieden={code: regio.namen[code] for code in (codes.REGIO, *regio.codes)},
        rapporten=tuple(params.rapport(naam) for naam in editie.editie.rapporten),
        notebooks=params.wortel / "notebooks",
        uit=_uit(editie),
        wortel=params.wortel,
        titel=f"Rapporten jeugdhulp {regio.naam}",
        alleen=tuple(regio.gebied(gebied) for gebied in gebieden) if gebieden else None,
        invoer={**editie.sleutels(), **_sommen(editie)},
        gegevens={
            "periode": str(periode),
            "periode_naam": periode.naam,
            "peildatum": editie.editie.peildatum.isoformat(),
            "peildatum_tekst": opmaak.datum(editie.editie.peildatum),
            **({"ondertitel": DEMO} if editie.is_demo else {}),
        },
        voorladen=("seaborn", "analyse.editie", "analyse.weergave.hoofdstukken"),
        vooraf=lambda: _verwarm(editie),
        parallel=parallel,
        opnieuw=opnieuw,
    )


def _verwarm(editie: Editie) -> None:
    """What every report needs: the grids of figures, and the glyphs and styles of a first chart."""
    from analyse.weergave import grafiek
    from analyse.weergave.svg import svg

    beeld = editie.voor(codes.REGIO)
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


def _met_balk(werk: Opdracht) -> tuple[Uitslag, ...]:
    with tqdm(desc="Rapporten", unit="stap", leave=False) as balk:

        def toon(stand: Voortgang) -> None:
            balk.total = stand.totaal
            balk.set_postfix_str(f"{stand.gebied} {stand.stap}", refresh=False)
            balk.update(stand.gedaan - balk.n)

        return maak_rapporten(werk, voortgang=toon)


def samenvatting(uitslagen: Sequence[Uitslag], geblokkeerd: Sequence[str]) -> list[str]:
    """What was made, skipped and failed, one line each; a gemeente without figures is named."""
    regels = [uitslag.tekst for uitslag in uitslagen]
    regels += [
        f"{code}: geen cijfers, omdat de levering niet klopt; zie analyse controleer" for code in geblokkeerd
    ]
    stand = {soort: sum(u.status == soort for u in uitslagen) for soort in ("gemaakt", "overgeslagen", "mislukt")}
    return [*regels, ", ".join(f"{aantal} {soort}" for soort, aantal in stand.items() if aantal)]
