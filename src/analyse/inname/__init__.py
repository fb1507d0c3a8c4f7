"""Hop 1: deliveries (iJw and iWmo messages, tables) to Basis. The only room that ever sees a BSN."""

from analyse.inname.lees import lees
from analyse.inname.rapport import Rapport, controleer
from analyse.inname.trend import TELLING, Vergelijking

__all__ = ["TELLING", "Rapport", "Vergelijking", "controleer", "lees"]
