"""Figures of CBS: fetched when somebody asks (`analyse cbs`), never while a report is made."""

from analyse.cbs.buren import buren
from analyse.cbs.haal import Verslag, haal
from analyse.cbs.klant import CbsFout, Klant, ODataKlant, Onbereikbaar
from analyse.cbs.tabellen import TABELLEN

__all__ = ["TABELLEN", "CbsFout", "Klant", "ODataKlant", "Onbereikbaar", "Verslag", "buren", "haal"]
