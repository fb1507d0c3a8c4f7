"""Texts for docs/ that are made from the schemas, so that they can't drift from the code."""

from __future__ import annotations

from analyse.kern.schema import NEUTRAAL, Tabel


def kolommen_tabel() -> str:
    """The neutral tables as a Markdown table: name, required columns, columns that may be missing."""
    kop = "| tabel | verplichte kolommen | mogen ontbreken |\n|---|---|---|"
    return "\n".join([kop, *(_rij(tabel) for tabel in NEUTRAAL.values())])


def _rij(tabel: Tabel) -> str:
    verplicht, facultatief = (", ".join(f"`{k}`" for k in deel) for deel in (tabel.verplicht, tabel.facultatief))
    return f"| `{tabel.naam}` | {verplicht} | {facultatief} |"
