"""Texts in docs/ that are made from schemas and definition cards, so that they can't drift from the code.

`python -m analyse.uitleg` writes them again; a test keeps docs/ equal to what this makes.
"""

from __future__ import annotations

from pathlib import Path

from analyse.kern.bestanden import schrijf_tekst
from analyse.kern.schema import NEUTRAAL, Tabel
from analyse.params import Kaart, Params, Rekenregels, zoek_wortel

_KOP = """# Hoe elk cijfer is gedefinieerd

Deze pagina komt uit de definitiekaarten in `params/indicatoren/`; dezelfde kaarten sturen de berekening.

Een **traject** is hulp van één soort (hulpvorm), door één aanbieder, aan één jeugdige in één gemeente.
Perioden van levering worden samengevoegd als er ten hoogste `max_gat_dagen` dagen tussen zitten. Eindigt een
periode alleen op papier (een ander contract, een wijzigingsverzoek), dan telt een nieuw begin binnen 31 dagen
als hetzelfde traject. Begin en einde zijn beide dagen mét hulp.

Waar een definitie ruimte laat, geldt:

* **Declaraties** lezen wij na aftrek van credits. Een toewijzing waarvan alles is gecrediteerd, heeft geen
  declaraties: zijn er ook geen berichten over begin en einde, dan gelden de datums van de toewijzing.
* **Herhaald beroep** kijkt terug vanaf het begin van het traject: binnen de terugblik eindigde eerdere hulp,
  en daarna was er minstens één dag zonder enige hulp.
* **Jeugdigen die beginnen** worden per gebied bepaald, op de trajecten van dat gebied.
* **Een periode van verblijf** is verblijf bij alle aanbieders samen dat op elkaar aansluit; deeltijdverblijf
  en logeren tellen niet mee.
* **Langlopend** is een traject dat op de laatste dag van het halfjaar al op of voor dezelfde dag twee jaar
  eerder was begonnen.
* **Kaplan-Meier** neemt lopende trajecten mee tot de peildatum. De mediaan is de kortste duur waarna hooguit
  de helft nog loopt.
"""


def kolommen_tabel() -> str:
    """The neutral tables as a Markdown table: name, required columns, columns that may be missing."""
    kop = "| tabel | verplichte kolommen | mogen ontbreken |\n|---|---|---|"
    return "\n".join([kop, *(_rij(tabel) for tabel in NEUTRAAL.values())])


def _rij(tabel: Tabel) -> str:
    verplicht, facultatief = (", ".join(f"`{k}`" for k in deel) for deel in (tabel.verplicht, tabel.facultatief))
    return f"| `{tabel.naam}` | {verplicht} | {facultatief} |"


def definities(params: Params) -> str:
    """docs/definities.md: the choices of the region, then every definition card."""
    kaarten = "\n".join(_kaart(kaart) for kaart in params.kaarten.values())
    return f"{_KOP}\n{_keuzes(params.regio.rekenregels)}\n## Kaarten\n\n{kaarten}"


def _keuzes(regels: Rekenregels) -> str:
    rijen = "\n".join(f"| `{naam}` | {_tekst(waarde)} |" for naam, waarde in regels.model_dump().items())
    return f"## Keuzes van de regio (`params/regio.yaml`)\n\n| parameter | waarde |\n|---|---|\n{rijen}\n"


def _tekst(waarde: object) -> str:
    return {True: "ja", False: "nee"}[waarde] if isinstance(waarde, bool) else str(waarde)


def _kaart(kaart: Kaart) -> str:
    regels = [
        f"### {kaart.naam} (`{kaart.id}`)\n",
        f"*{kaart.vraag}*\n",
        f"* **Teller:** {kaart.teller}",
        *([f"* **Noemer:** {kaart.noemer}"] if kaart.noemer else []),
        f"* **Eenheid:** {kaart.eenheid}",
        f"* **Waarom:** {kaart.waarom}",
        f"* **Bewijst niet:** {kaart.bewijst_niet}",
        f"* **Bron:** {kaart.bron}\n",
    ]
    return "\n".join(regels)


def main() -> None:
    """Write docs/definities.md again."""
    wortel: Path = zoek_wortel()
    schrijf_tekst(wortel / "docs" / "definities.md", definities(Params(wortel)))


if __name__ == "__main__":
    main()
