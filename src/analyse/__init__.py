"""Youth-care reports for a jeugdhulpregio: from deliveries to half-yearly reports, in five hops.

`from analyse import Editie` is all that an analyst needs; it loads on first use, to keep the command line quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analyse.editie import Editie

__all__ = ["Editie"]
__version__ = "0.1.0"


def __getattr__(naam: str) -> object:
    if naam == "Editie":
        from analyse.editie import Editie

        return Editie
    raise AttributeError(f"module 'analyse' has no attribute {naam!r}")
