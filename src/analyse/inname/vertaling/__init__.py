"""From what a supplier exports to the neutral tables: mapping, recognition, repair, proposal."""

from analyse.inname.vertaling.lezen import Deel, lees_delen

__all__ = ["Deel", "lees_delen"]
