"""Where huisartsen refer to: the local toegang beside specialistische ggz, per quarter where quarters may be seen.

Two lines in one chart and not their sum or share: the toegang counts who was sent, s-ggz is help that began. The
region shows the toegang only in periods with as many gemeenten as now; else a gemeente that begins to count looks
like a rise.
"""

from __future__ import annotations

import pandas as pd

from analyse.kern.periode import Periode
from analyse.weergave import Figuur, Waarschuwing, grafiek, opmaak
from analyse.weergave.beeld import ZICHTBAAR, Beeld
from analyse.weergave.hoofdstukken.bouw import gemeen

SGGZ, TOEGANG = "verwijzingen.huisarts_sggz", "verwijzingen.huisarts_toegang"
LIJNEN = {TOEGANG: "Lokale toegang", SGGZ: "Specialistische ggz"}
KWARTALEN = 12  # the newest ones: older ones tell little and crowd the chart
_NAAR = {TOEGANG: "naar de lokale toegang", SGGZ: "naar de specialistische ggz"}
_NIET_GELEVERD = (
    "Hoe vaak huisartsen een jeugdige aanmelden bij de toegang, staat in geen enkel bericht. De toegang moet het "
    "zelf tellen en leveren (tabel aanmeldingen). Dat dit ontbreekt, betekent niet dat het nul is."
)
_CIJFERS = ["teller", "waarde", "onder", "boven"]
BEWIJST_NIET = (
    "De toegang telt aanmeldingen, de specialistische ggz telt begonnen trajecten. Vergelijk daarom de richting "
    "van de lijnen, niet de hoogte.",
    "Gaat de ene lijn omhoog en de andere omlaag, dan bewijst dat niet dat het een door het ander komt. Of een "
    "verwijzing goed was, staat hier niet in.",
)


def toegang_en_sggz(beeld: Beeld) -> Figuur | Waarschuwing:
    """Both lines; a frame that says so when the toegang delivered nothing, never a zero."""
    rijen = _rijen(beeld)
    toegang = rijen[rijen["indicator"].eq(TOEGANG)]
    if toegang.empty or toegang["status"].eq("niet_leverbaar").all():
        return Waarschuwing(
            titel=f"Verwijzingen van de huisarts naar de toegang in {beeld.waar}: niet geleverd",
            tekst=_NIET_GELEVERD,
            soort="uitleg",
            intern=beeld.intern,
        )
    if not gemeen.is_zichtbaar(toegang):
        return gemeen.leeg(beeld, "verwijzingen van de huisarts naar de toegang", toegang)
    return _figuur(beeld, _gelijke_groep(rijen))


def _rijen(beeld: Beeld) -> pd.DataFrame:
    """Quarters of the half-years in the charts where they may be seen, else these half-years."""
    halven = {str(periode) for periode in beeld.periodes}
    kwartalen = beeld.kwartalen
    kwartalen = kwartalen[
        kwartalen["indicator"].isin(list(LIJNEN)) & kwartalen["periode"].map(_halfjaar).isin(halven)
    ]
    kwartalen = kwartalen[kwartalen["periode"].isin(sorted(set(kwartalen["periode"]))[-KWARTALEN:])]
    if gemeen.is_zichtbaar(kwartalen[kwartalen["indicator"].eq(TOEGANG)]):
        return pd.concat([kwartalen[kwartalen["indicator"].eq(naam)] for naam in LIJNEN], ignore_index=True)
    return pd.concat([beeld.rijen(naam) for naam in LIJNEN], ignore_index=True)


def _halfjaar(kwartaal: str) -> str:
    return str(Periode.halfjaar_van(Periode.lees(kwartaal).begin))


def _gelijke_groep(rijen: pd.DataFrame) -> pd.DataFrame:
    """Without what the toegang counted in another number of gemeenten than in the newest period that shows."""
    merk = rijen["methode"].astype(str).str.partition("+")[2]
    gezien = rijen.assign(merk=merk)[rijen["indicator"].eq(TOEGANG) & rijen["status"].isin(ZICHTBAAR)]
    nieuwste = gezien.sort_values("periode", kind="stable")["merk"].iloc[-1]
    anders = rijen["indicator"].eq(TOEGANG) & rijen["status"].isin(ZICHTBAAR) & merk.ne(nieuwste)
    uit = rijen.assign(status=rijen["status"].mask(anders, "niet_leverbaar"))
    uit[_CIJFERS] = uit[_CIJFERS].mask(anders)
    return uit


def _figuur(beeld: Beeld, rijen: pd.DataFrame) -> Figuur:
    nu = {naam: _nieuwste(rijen[rijen["indicator"].eq(naam)]) for naam in LIJNEN}
    per = "kwartaal" if Periode.lees(str(rijen["periode"].iloc[0])).deel.startswith("K") else "halfjaar"
    return Figuur(
        id="verwijzingen-toegang-en-sggz",
        titel=_titel(beeld, nu),
        ondertitel=f"Verwijzingen van huisartsen in {beeld.waar}, per {per}",
        bron=gemeen.bron(beeld),
        grafiek=grafiek.lijn(
            rijen.assign(reeks=rijen["indicator"].map(LIJNEN)),
            eenheid="aantal",
            breuken=gemeen.breuken(beeld, LIJNEN),
        ),
        noten=(*_gemeenten(rijen), *_toeval(nu, per), *BEWIJST_NIET),
        data=gemeen.met_namen(beeld, rijen),
        intern=beeld.intern,
    )


def _nieuwste(rijen: pd.DataFrame) -> pd.Series | None:
    """The newest row with a figure."""
    gezien = rijen[rijen["status"].isin(ZICHTBAAR) & rijen["waarde"].notna()]
    return gezien.sort_values("periode", kind="stable").iloc[-1] if len(gezien) else None


def _titel(beeld: Beeld, nu: dict[str, pd.Series | None]) -> str:
    """Both newest figures when they are of the same period, else only that of the toegang."""
    toegang, sggz = nu[TOEGANG], nu[SGGZ]
    delen = [f"{opmaak.getal(toegang['waarde'])} keer {_NAAR[TOEGANG]}"] if toegang is not None else []
    if toegang is not None and sggz is not None and sggz["periode"] == toegang["periode"]:
        delen.append(f"{opmaak.getal(sggz['waarde'])} keer {_NAAR[SGGZ]}")
    wanneer = "" if toegang is None else f" in het {opmaak.periode(str(toegang['periode']))}"
    return f"Huisartsen in {beeld.waar} verwezen {' en '.join(delen)}{wanneer}"


def _gemeenten(rijen: pd.DataFrame) -> tuple[str, ...]:
    """Of how many gemeenten the toegang counted, when not of all."""
    gezien = rijen[rijen["indicator"].eq(TOEGANG) & rijen["status"].isin(ZICHTBAAR)]
    merken = {merk for methode in gezien["methode"].astype(str) for merk in methode.split("+")[1:]}
    delen = [merk.removesuffix("_gemeenten").split("_van_") for merk in sorted(merken) if "_van_" in merk]
    return tuple(
        f"De lijn van de toegang gaat over de {een} van de {alle} gemeenten die dit leveren. Perioden waarin "
        "meer of minder gemeenten leverden, staan er niet in. De specialistische ggz is van alle gemeenten."
        for een, alle in delen
    )


def _toeval(nu: dict[str, pd.Series | None], per: str) -> tuple[str, ...]:
    """How far chance alone moves the newest figures."""
    delen = [
        f"{_NAAR[naam]} tussen {opmaak.getal(rij['onder'])} en {opmaak.getal(rij['boven'])}"
        for naam, rij in nu.items()
        if rij is not None and pd.notna(rij["onder"])
    ]
    return (
        (f"Door toeval alleen had het laatste {per} ook anders kunnen zijn: {'; '.join(delen)}.",) if delen else ()
    )
