"""Hops 4 and 5: notebooks to reports. Engine, batch, exporters, index page, manifest.

Importing this is light; papermill, matplotlib and the exporters are loaded when there is something to make.
"""

from analyse.rapport.opdracht import Mislukking, Opdracht, Stuk, Uitslag, Voortgang
from analyse.rapport.reeks import maak_rapporten

__all__ = ["Mislukking", "Opdracht", "Stuk", "Uitslag", "Voortgang", "maak_rapporten"]
