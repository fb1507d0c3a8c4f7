"""Lays the PDF of a report beside its page: what it says or draws more than the page is for nobody checked.

Text is compared as a count of numbers, not in order: a PDF repeats nothing, and breaks lines where it likes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
from scipy.spatial import cKDTree

from analyse.vrijgave.uitgave.getallen import getallen
from analyse.vrijgave.uitgave.lezen import Rapport
from analyse.vrijgave.uitgave.svg import lees_svg

_AF = 0.4  # points that a drawing in the PDF may be off
_WOORDEN = 4  # a shorter title could be read in other text by chance


def extra_getallen(rapport: Rapport) -> Iterator[str]:
    """Numbers that stand more often in the PDF than on the page; page numbers in the list of contents are none."""
    assert rapport.pdf is not None
    op_pagina = Counter(g.tekst for stuk in rapport.pagina.stukken for g in getallen(stuk.tekst))
    op_pagina += _herhaalde_titels(rapport)
    bladen = rapport.pdf.bladen
    eerste = rapport.pdf.overig[0] if rapport.pdf.overig else ""
    inhoud = next((i for i, blad in enumerate(bladen) if i > 1 and blad.startswith(eerste)), 2)
    in_pdf = Counter(g.tekst for i, blad in enumerate(bladen) if not 0 < i < inhoud for g in getallen(blad))
    for tekst, aantal in sorted((in_pdf - op_pagina).items()):
        yield f"{tekst} staat er {aantal} keer vaker dan in de webpagina"


def _herhaalde_titels(rapport: Rapport) -> Counter[str]:
    """Numbers in titles that the PDF repeats word for word: above the table of a chart, at the back."""
    assert rapport.pdf is not None
    heel = " ".join(rapport.pdf.bladen)
    titels = Counter(stuk.tekst for stuk in rapport.pagina.stukken if stuk.soort == "titel" and stuk.object)
    uit: Counter[str] = Counter()
    for titel, aantal in titels.items():
        if len(titel.split()) >= _WOORDEN and (vaker := heel.count(titel) - aantal) > 0:
            for getal in getallen(titel):
                uit[getal.tekst] += vaker
    return uit


def andere_tekeningen(rapport: Rapport) -> Iterator[str]:
    """Drawings with a corner that the drawing on the page doesn't have."""
    assert rapport.pdf is not None
    beelden, tekeningen = rapport.pagina.beelden, rapport.pdf.tekeningen
    if len(beelden) != len(tekeningen):
        yield f"er staan {len(tekeningen)} grafieken in, op de webpagina {len(beelden)}"
        return
    for beeld, hoeken in zip(beelden, tekeningen, strict=True):
        eigen = np.array([punt for vorm in lees_svg(beeld.svg).vormen for punt in vorm.punten])
        if (cKDTree(eigen).query(hoeken)[0] > _AF).any():
            yield f"de grafiek {beeld.object} is anders getekend dan op de webpagina"
