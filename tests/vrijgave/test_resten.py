"""What a part leaves of its whole: never below zero, and as vague as the part where it is few."""

from __future__ import annotations

from vrijgave.hulp import lekken, meting, publiceer, telling

DOOR = "doorstroom.aantal"


def test_een_deel_dat_niemand_publiceert_kan_niet_onder_nul():
    """Steps up, down and equal make the whole up to the unknown ones, of which there are none here."""
    zwaarder = {"GM0200": 120, "GM0213": 31, "GM0232": 22, "GM0244": 13}
    gelijk = {"GM0200": 80, "GM0213": 15, "GM0232": 17, "GM0244": 12}
    lichter = {"GM0200": 9, "GM0213": 14, "GM0232": 16, "GM0244": 11}
    samen = {gebied: zwaarder[gebied] + gelijk[gebied] + lichter[gebied] for gebied in zwaarder}
    bron = meting(
        telling(DOOR, samen),
        telling("doorstroom.zwaarder", zwaarder),
        telling("doorstroom.gelijk", gelijk),
        telling("doorstroom.lichter", lichter),
    )
    vrijgave, audit = publiceer(bron)
    assert "secundair" in set(audit.tabel["regel"])
    assert lekken(vrijgave, bron).empty


def test_een_kleine_cel_van_een_klein_geheel_is_niet_zeker_alles():
    """All seven went on to one form: both counts are small, and that they are equal may not be seen either."""
    vormen = ("01", "02", "03", "04", "11", "12", "13", "14")
    groot = {gebied: dict.fromkeys(vormen, 20 + i) for i, gebied in enumerate(("GM0200", "GM0213", "GM0232"))}
    delen = {**groot, "GM0244": {**dict.fromkeys(vormen, 0), "02": 7}, "GM0232": {**groot["GM0232"], "02": 6}}
    bron = meting(
        telling(DOOR, {gebied: sum(deel.values()) for gebied, deel in delen.items()}),
        *(telling(f"doorstroom.naar_{vorm}", {g: deel[vorm] for g, deel in delen.items()}) for vorm in vormen),
    )
    vrijgave, _ = publiceer(bron)
    assert lekken(vrijgave, bron).empty
