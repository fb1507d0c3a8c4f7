"""Report spiegelinformatie: one huisartspraktijk sees its own referrals beside the region, to talk about.

Exact figures and no watermark, because they are of the praktijk's own patients and go to nobody else. Of other
praktijken only sums and limits are used, and only where enough of them make these up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analyse.kern import codes
from analyse.kern.periode import Periode
from analyse.statistiek import Keuze, trechter_verhouding
from analyse.weergave import Figuur, Tabel, Tekst, Waarschuwing, grafiek, opmaak
from analyse.weergave.beeld import Beeld
from analyse.weergave.hoofdstukken.bouw import spiegel as vorm
from analyse.weergave.hoofdstukken.bouw.gemeen import bron
from analyse.weergave.hoofdstukken.bouw.huisarts import BEWIJST_NIET, KWARTALEN

LIJST, LIJST_KWARTALEN = "praktijken", "praktijk_kwartalen"
MINIMUM_PRAKTIJKEN = 5  # others that a comparison must be made of
WIE = vorm.Wie(
    id="spiegelinformatie",
    kop="Uw praktijk",
    gewoon="Uw praktijk verwijst niet opvallend meer of minder dan andere praktijken van deze grootte",
    meer="Uw praktijk verwijst duidelijk meer dan gewoon voor deze grootte",
    minder="Uw praktijk verwijst duidelijk minder dan gewoon voor deze grootte",
    rand="Uw praktijk ligt aan de rand van wat gewoon is voor deze grootte; dat kan toeval zijn",
)
_AFGEROND = 100  # enrolled children, to which the ends of the funnel are rounded
_NOEMENSWAARD = 0.5  # percent of the region, from which a kind of help is named that the praktijk never asked for
_MATEN = ["verwijzingen", "sggz", "euro"]
_NALOOP = "Uitgaven van de laatste maanden zijn nog niet compleet: er komen declaraties na."


@dataclass(frozen=True)
class _Spiegel:
    """The rows of one praktijk and of all, up to the half-year of the edition."""

    eigen: pd.DataFrame
    alle: pd.DataFrame
    perioden: tuple[str, ...]

    @classmethod
    def van(cls, beeld: Beeld, praktijk: str) -> _Spiegel:
        """Of one AGB code; empty when that praktijk referred nobody."""
        alle = beeld.lijst(LIJST)
        perioden = tuple(str(periode) for periode in beeld.periodes)
        alle = alle[alle["periode"].isin(perioden)]
        return cls(alle[alle["praktijk"].eq(praktijk)], alle, perioden)

    @property
    def vergelijkbaar(self) -> bool:
        """Whether enough other praktijken referred in the last year."""
        anderen = self._laatste(self.alle)["praktijk"].nunique() - (not self._laatste(self.eigen).empty)
        return anderen >= MINIMUM_PRAKTIJKEN

    def _laatste(self, rijen: pd.DataFrame) -> pd.DataFrame:
        totalen = rijen[rijen["hulpvorm"].eq(codes.TOTAAL)]
        return totalen[totalen["periode"].isin(self.perioden[-vorm.JAAR :])]

    @property
    def per_praktijk(self) -> pd.DataFrame:
        """Referrals and enrolled children of the last year per praktijk whose enrolment is known."""
        per = self._laatste(self.alle).groupby("praktijk")
        samen = per.agg(verwijzingen=("verwijzingen", "sum"), ingeschreven=("ingeschreven", "last"))
        return samen[samen["ingeschreven"].gt(0)]

    @property
    def per_halfjaar(self) -> pd.DataFrame:
        """Own totals of every half-year, 0 where there was no referral."""
        totalen = self.eigen[self.eigen["hulpvorm"].eq(codes.TOTAAL)].set_index("periode")[_MATEN]
        return totalen.reindex(list(self.perioden), fill_value=0.0)

    def som(self, rijen: pd.DataFrame) -> pd.Series:
        """Referrals, those to specialist mental care and euros of the last year together."""
        return self._laatste(rijen)[_MATEN].sum()

    def per_hulpvorm(self, rijen: pd.DataFrame) -> pd.Series:
        """Referrals of the last year per hulpvorm, in the order of the code list."""
        recent = rijen[rijen["periode"].isin(self.perioden[-vorm.JAAR :]) & rijen["hulpvorm"].ne(codes.TOTAAL)]
        return vorm.per_hulpvorm(recent, "verwijzingen")


def leeswijzer(beeld: Beeld, praktijk: str) -> Waarschuwing:
    """For whom this is, and that it is meant to start a conversation."""
    demo = " De praktijk en de kinderen zijn verzonnen." if beeld.demo else ""
    return Waarschuwing(
        titel=f"Alleen voor de praktijk met AGB-code {praktijk}",
        tekst=(
            "U ziet hier de verwijzingen van uw eigen praktijk naar jeugdhulp, naast de regio. Niemand anders "
            f"krijgt deze cijfers. Geef ze niet door.{demo} Meer of minder verwijzen is niet goed of fout. Het "
            "hangt af van de kinderen in uw praktijk en van het aanbod dichtbij. We praten er graag met u over."
        ),
        soort="uitleg",
    )


def verloop(beeld: Beeld, praktijk: str) -> Figuur | Waarschuwing:
    """Own referrals per half-year, and those to specialist mental care."""
    spiegel = _Spiegel.van(beeld, praktijk)
    if spiegel.eigen.empty:
        return _niets()
    eigen = spiegel.per_halfjaar
    nu = int(eigen["verwijzingen"].iloc[-1])
    return vorm.lijnen(
        beeld,
        WIE,
        {"Alle verwijzingen": eigen["verwijzingen"], "Specialistische ggz": eigen["sggz"]},
        titel=f"Uw praktijk verwees {_keer(nu)} naar jeugdhulp in het {beeld.periode.naam}",
        ondertitel="Verwijzingen van uw praktijk per halfjaar",
    )


def _keer(aantal: int) -> str:
    return "één keer" if aantal == 1 else f"{opmaak.getal(aantal)} keer"


def _niets() -> Waarschuwing:
    return Waarschuwing(
        titel="Geen verwijzingen van deze praktijk gevonden",
        tekst="In de leveringen staat deze praktijk niet als verwijzer. Controleer de AGB-code.",
    )


def per_halfjaar(beeld: Beeld, praktijk: str) -> Tabel | Waarschuwing:
    """Own referrals, the share to specialist mental care and euros through time."""
    spiegel = _Spiegel.van(beeld, praktijk)
    if spiegel.eigen.empty:
        return _niets()
    eigen = spiegel.per_halfjaar
    return vorm.per_halfjaar(
        beeld,
        WIE,
        {
            "Verwijzingen": [opmaak.getal(n) for n in eigen["verwijzingen"]],
            "Naar s-ggz": [opmaak.getal(n) for n in eigen["sggz"]],
            "Aandeel s-ggz": [_deel(rij) for _, rij in eigen.iterrows()],
            "Uitgaven": [opmaak.euro(euro) for euro in eigen["euro"]],
        },
        titel="Uw verwijzingen en de uitgaven aan die hulp",
        noten=("Uitgaven tellen in het halfjaar van de hulp, ook als de verwijzing eerder was.", _NALOOP),
    )


def naast_de_regio(beeld: Beeld, praktijk: str) -> Figuur | Waarschuwing:
    """Referrals per 1,000 enrolled children beside what is ordinary for a praktijk of this size."""
    per = _Spiegel.van(beeld, praktijk).per_praktijk
    if praktijk not in per.index or len(per) <= MINIMUM_PRAKTIJKEN:
        return _niet_te_vergelijken()
    doel = float(per["verwijzingen"].sum() / per["ingeschreven"].sum())
    oordeel = trechter_verhouding(
        per["verwijzingen"], doel * per["ingeschreven"], keuze=Keuze(spreiding="optellend")
    ).tabel
    eigen = oordeel[oordeel.index == praktijk].iloc[0]
    onder = f"Verwijzingen per 1.000 ingeschreven kinderen, laatste jaar; {len(per)} praktijken"
    punt = {"verhouding": eigen["waarde"], "grootte": float(per["ingeschreven"][praktijk]), "ondertitel": onder}
    lat = vorm.Maatlat(1000 * doel, "per_1000", "Ingeschreven kinderen")
    return vorm.trechter(beeld, WIE, pd.Series({**eigen, **punt}), _grenzen(per, oordeel), lat)


def _grenzen(per: pd.DataFrame, oordeel: pd.DataFrame) -> pd.DataFrame:
    """The limits on an even grid."""
    op_grootte = per["ingeschreven"].sort_values(kind="stable")
    rooster = vorm.even_rooster([float(n) for n in op_grootte], stap=_AFGEROND)
    gesorteerd = oordeel.loc[op_grootte.index]
    waarden = {naam: np.interp(rooster, op_grootte, gesorteerd[naam]) for naam in vorm.GRENZEN}
    return pd.DataFrame({"grootte": rooster, **waarden})


def _niet_te_vergelijken() -> Waarschuwing:
    return Waarschuwing(
        titel="Uw praktijk is niet te vergelijken",
        tekst=(
            "Van uw praktijk of van te weinig andere praktijken weten we hoeveel kinderen er zijn ingeschreven. "
            "Zonder dat aantal zou een vergelijking alleen laten zien hoe groot een praktijk is."
        ),
        soort="uitleg",
    )


def hulp(beeld: Beeld, praktijk: str) -> Tabel | Waarschuwing:
    """For which help: own referrals of the last year per hulpvorm, and the shares beside the region."""
    spiegel = _Spiegel.van(beeld, praktijk)
    eigen, regio = (spiegel.per_hulpvorm(rijen) for rijen in (spiegel.eigen, spiegel.alle))
    if not eigen.sum():
        return _niets()
    rijen = pd.DataFrame(
        {
            "hulpvorm": eigen.index,
            "hulp": [codes.HULPVORM[code] for code in eigen.index],
            "aantal": eigen.to_numpy(),
            "regio": 100 * regio.to_numpy() / regio.sum() if spiegel.vergelijkbaar else np.nan,
        }
    )
    rijen = rijen[rijen["aantal"].gt(0) | rijen["regio"].ge(_NOEMENSWAARD)]
    onder = "Verwijzingen in het laatste jaar, per soort hulp die voorkomt"
    return vorm.hulp(beeld, WIE, rijen, "Waarvoor uw praktijk verwees", onder)


def geld(beeld: Beeld, praktijk: str) -> Tabel | Waarschuwing:
    """Referrals, share to specialist mental care and euros of the last year, beside the region."""
    spiegel = _Spiegel.van(beeld, praktijk)
    eigen, regio = spiegel.som(spiegel.eigen), spiegel.som(spiegel.alle)
    if not eigen["verwijzingen"]:
        return _niets()
    gezien = spiegel.vergelijkbaar
    rijen = [
        ("Verwijzingen", opmaak.getal(eigen["verwijzingen"]), ""),
        ("Naar specialistische ggz", _deel(eigen), _deel(regio) if gezien else opmaak.VERBORGEN),
        ("Uitgaven aan hulp na verwijzing door uw praktijk", opmaak.euro(eigen["euro"]), ""),
        ("Uitgaven per verwijzing", _per_stuk(eigen), _per_stuk(regio) if gezien else opmaak.VERBORGEN),
    ]
    noten = ("De uitgaven gaan ook over hulp die eerder begon.", _NALOOP)
    return vorm.naast_elkaar(beeld, WIE, rijen, "Specialistische ggz en uitgaven", noten)


def _deel(som: pd.Series) -> str:
    return opmaak.procent(100 * som["sggz"] / som["verwijzingen"]) if som["verwijzingen"] else ""


def _per_stuk(som: pd.Series) -> str:
    return opmaak.euro(som["euro"] / som["verwijzingen"])


def toegang(beeld: Beeld, praktijk: str) -> Figuur | Waarschuwing:
    """Own referrals to the local toegang beside those to specialist mental care, per quarter and in full."""
    halven = {str(periode) for periode in beeld.periodes}
    alle = beeld.lijst(LIJST_KWARTALEN)
    eigen = alle[alle["praktijk"].eq(praktijk) & alle["kwartaal"].map(_halfjaar).isin(halven)].iloc[-KWARTALEN:]
    if not eigen["toegang"].notna().any():
        return Waarschuwing(
            titel="Uw verwijzingen naar de lokale toegang: niet geleverd",
            tekst=(
                "De toegang van de gemeente waar u het meest verwijst, leverde niet hoe vaak huisartsen een "
                "jeugdige aanmelden. Dat betekent niet dat het nul is."
            ),
            soort="uitleg",
        )
    namen = {"toegang": "Lokale toegang", "sggz": "Specialistische ggz"}
    rijen = pd.concat(
        [
            pd.DataFrame({"reeks": naam, "periode": eigen["kwartaal"], "waarde": eigen[kolom]})
            for kolom, naam in namen.items()
        ],
        ignore_index=True,
    )
    rijen["status"] = np.where(rijen["waarde"].isna(), "niet_leverbaar", "definitief")
    return Figuur(
        id="spiegelinformatie-toegang",
        titel=_laatste_jaar(eigen),
        ondertitel="Verwijzingen van uw praktijk per kwartaal",
        bron=bron(beeld),
        grafiek=grafiek.lijn(rijen, eenheid="aantal"),
        noten=(
            "Aanmeldingen waarbij de toegang de praktijk niet opschreef, tellen hier niet mee.",
            "In een kwartaal gaat het om weinig kinderen: verschillen zijn meestal toeval.",
            *BEWIJST_NIET,
        ),
        data=rijen,
    )


def _laatste_jaar(eigen: pd.DataFrame) -> str:
    """Both sums of the last four quarters, where the toegang counted all of them."""
    som = eigen[["toegang", "sggz"]].iloc[-4:].sum(min_count=4)
    if som.isna().any():
        return "Uw verwijzingen naar de lokale toegang en naar specialistische ggz"
    toegang, sggz = (opmaak.getal(som[naam]) for naam in ("toegang", "sggz"))
    return f"In een jaar verwees u {toegang} keer naar de lokale toegang en {sggz} keer naar specialistische ggz"


def _halfjaar(kwartaal: str) -> str:
    return str(Periode.halfjaar_van(Periode.lees(kwartaal).begin))


def gesprek(beeld: Beeld, praktijk: str) -> Tekst:
    """The invitation: questions to talk about, none of them a verdict."""
    return Tekst(
        "* Herkent u deze cijfers? Welke kinderen ziet u voor u?\n"
        "* Voor welke kinderen zoekt u hulp die u dichtbij niet vindt?\n"
        "* Hoe werkt u samen met de toegang van de gemeente, de school en de jeugdarts?\n"
        "* Zou een jeugdhulpverlener in uw praktijk kinderen eerder of lichter kunnen helpen?",
    )
