"""Colours of charts and reports. Colour never carries meaning alone: markers, dashes and words stand beside it.

Chosen by measuring: every colour has at least 3:1 contrast on white, and every pair stays apart for the three
kinds of colour blindness; a test computes both. No red and green: figures get no traffic lights.
"""

from __future__ import annotations

WIT = "#ffffff"
INKT = "#1d2730"
GRIJS_TEKST = "#55606a"
RASTER = "#dfe5ea"
AS = "#8b959e"

ACCENT = "#0b4a6f"
VERGELIJKING = "#6a737b"
BAND = "#d3e2ec"

REEKSEN: tuple[str, ...] = (ACCENT, "#c8641b", "#3196a8", "#93409c", "#5c3a1e", "#9c8a58")
VORMEN: tuple[str, ...] = ("o", "s", "^", "D", "v", "P")
STREPEN: tuple[tuple[int, tuple[float, ...]] | str, ...] = (
    "-",
    (0, (5, 1.5)),
    (0, (2, 1)),
    (0, (6, 1.5, 1.5, 1.5)),
    (0, (9, 2)),
    (0, (1, 1)),
)


def _lineair(kanaal: int) -> float:
    deel = kanaal / 255
    return deel / 12.92 if deel <= 0.04045 else ((deel + 0.055) / 1.055) ** 2.4


def helderheid(kleur: str) -> float:
    """Relative luminance of `#rrggbb`, 0-1 (WCAG 2.2)."""
    rood, groen, blauw = (_lineair(int(kleur[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * rood + 0.7152 * groen + 0.0722 * blauw


def contrast(kleur: str, achtergrond: str = WIT) -> float:
    """Contrast ratio of two colours, 1-21 (WCAG 2.2)."""
    donker, licht = sorted((helderheid(kleur), helderheid(achtergrond)))
    return (licht + 0.05) / (donker + 0.05)
