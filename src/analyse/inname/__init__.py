"""Hop 1: deliveries (iJw and iWmo messages, tables) to Basis. The only room that ever sees a BSN."""

from analyse.inname.lees import lees
from analyse.inname.rapport import Rapport, controleer

__all__ = ["Rapport", "controleer", "lees"]
