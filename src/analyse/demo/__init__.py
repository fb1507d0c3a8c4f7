"""The demo region: eight gemeenten with invented children, as real iJw messages or as neutral tables.

The world (who has which help) is kept apart from the registration (what of it reaches the gemeente, and how
crooked), and both apart from the two writers, so that a figure can be checked against the truth behind it.
"""

from analyse.demo.bsn import bsn_reeks, elfproef
from analyse.demo.effecten import WARE_EFFECTEN, WaarEffect
from analyse.demo.ijking import CBS_FRACTIE
from analyse.demo.maak import ZAAD, maak_demo
from analyse.demo.namen import DEMO_NAMEN

__all__ = [
    "CBS_FRACTIE",
    "DEMO_NAMEN",
    "WARE_EFFECTEN",
    "ZAAD",
    "WaarEffect",
    "bsn_reeks",
    "elfproef",
    "maak_demo",
]
