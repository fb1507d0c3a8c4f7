"""The series that an effect is measured on: gebied × tijdvak, with counts and population.

A long table at the door, a matrix inside: every design below is arithmetic on rows (gebieden) and columns
(tijdvakken). NaN means "not observed", and only a declared exclusion may make one: a silent gap would be read
as zero children.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analyse.effect.tijdvak import PER_JAAR, Tijdvak
from analyse.kern import codes
from analyse.kern.fouten import LeveringFout, ParameterFout, onbekend

Matrix = NDArray[np.float64]
Masker = NDArray[np.bool_]
Rijen = NDArray[np.int64]
KOLOMMEN = ("gebied", "periode", "aantal", "bevolking")
WOONPLAATSBEGINSEL = date(2022, 1, 1)


@dataclass(frozen=True)
class Uitsluiting:
    """Observations to leave out: every tijdvak that touches [van, tot], both days included. No gebied: all."""

    van: date
    tot: date
    reden: str
    gebied: str | None = None


@dataclass(frozen=True)
class Niveaubreuk:
    """From `datum` on a gebied counts differently: before and after get a level of their own. No gebied: all."""

    datum: date
    reden: str
    gebied: str | None = None


@dataclass(frozen=True, eq=False)
class Reeks:
    """Counts and population, one row per gebied and one column per tijdvak; NaN where excluded."""

    indicator: str
    per_jaar: int
    eerste: int  # index of the first column's tijdvak
    gebieden: tuple[str, ...]
    aantal: Matrix
    bevolking: Matrix
    uitsluitingen: tuple[Uitsluiting, ...] = ()
    breuken: tuple[Niveaubreuk, ...] = ()

    @property
    def tijdvakken(self) -> tuple[Tijdvak, ...]:
        """The columns."""
        return tuple(Tijdvak.van_index(self.eerste + k, self.per_jaar) for k in range(self.aantal.shape[1]))

    @property
    def tabel(self) -> pd.DataFrame:
        """The long table: gebied, periode, aantal, bevolking; excluded rows are absent."""
        vakken = [str(vak) for vak in self.tijdvakken]
        lang = pd.DataFrame(
            {
                "gebied": np.repeat(self.gebieden, len(vakken)),
                "periode": np.tile(vakken, len(self.gebieden)),
                "aantal": self.aantal.ravel(),
                "bevolking": self.bevolking.ravel(),
            }
        )
        return lang.dropna().reset_index(drop=True)

    def rij(self, gebied: str) -> int:
        """Row number of a gebied; raises ParameterFout with the nearest known one."""
        if gebied not in self.gebieden:
            raise onbekend("Dit gebied", gebied, self.gebieden, waar="de reeks")
        return self.gebieden.index(gebied)

    def kies(self, gebieden: Sequence[str]) -> Reeks:
        """Only these gebieden, in this order."""
        rijen = [self.rij(gebied) for gebied in gebieden]
        return replace(self, gebieden=tuple(gebieden), aantal=self.aantal[rijen], bevolking=self.bevolking[rijen])

    def tussen(self, van: date | None = None, tot: date | None = None) -> Reeks:
        """Only the tijdvakken that lie wholly within [van, tot]."""
        houd = [
            k
            for k, vak in enumerate(self.tijdvakken)
            if (van is None or vak.begin >= van) and (tot is None or vak.eind <= tot)
        ]
        if not houd:
            raise ParameterFout("Tussen deze dagen ligt geen heel tijdvak.", ontvangen=f"{van} tot en met {tot}")
        stuk = slice(houd[0], houd[-1] + 1)
        return replace(
            self, eerste=self.eerste + houd[0], aantal=self.aantal[:, stuk], bevolking=self.bevolking[:, stuk]
        )

    def naar(self, soort: str) -> Reeks:
        """The series in longer tijdvakken ('kwartaal', 'halfjaar'); incomplete ones at both ends are dropped."""
        nieuw = PER_JAAR[soort]
        if nieuw > self.per_jaar:
            raise ParameterFout("Een reeks kan niet fijner worden dan zij gemeten is.", ontvangen=soort)
        per = self.per_jaar // nieuw
        over = -self.eerste % per
        blokken = (self.aantal.shape[1] - over) // per
        stuk = slice(over, over + blokken * per)
        vorm = (len(self.gebieden), blokken, per)
        return replace(
            self,
            per_jaar=nieuw,
            eerste=(self.eerste + over) // per,
            aantal=self.aantal[:, stuk].reshape(vorm).sum(axis=2),
            bevolking=self.bevolking[:, stuk].reshape(vorm).mean(axis=2),
        )

    def samen(self, ander: Reeks) -> Reeks:
        """This series with the gebieden of another below it, over the tijdvakken that both have."""
        if ander.per_jaar != self.per_jaar:
            raise ParameterFout(
                "Twee reeksen gaan alleen samen met even lange tijdvakken.",
                ontvangen=f"{self.per_jaar} en {ander.per_jaar} per jaar",
                doe='Zet de fijnste om met .naar("kwartaal").',
            )
        links, rechts = _zelfde_tijd(self, ander.kies([g for g in ander.gebieden if g not in self.gebieden]))
        return replace(
            links,
            gebieden=links.gebieden + rechts.gebieden,
            aantal=np.vstack([links.aantal, rechts.aantal]),
            bevolking=np.vstack([links.bevolking, rechts.bevolking]),
            breuken=links.breuken + rechts.breuken,
            uitsluitingen=links.uitsluitingen + rechts.uitsluitingen,
        )

    def zonder(self, *uitsluitingen: Uitsluiting) -> Reeks:
        """The series with these observations left out."""
        aantal, bevolking = self.aantal.copy(), self.bevolking.copy()
        for uitsluiting in uitsluitingen:
            plek = self._plek(uitsluiting)
            aantal[plek] = bevolking[plek] = np.nan
        return replace(self, aantal=aantal, bevolking=bevolking, uitsluitingen=self.uitsluitingen + uitsluitingen)

    def _plek(self, uitsluiting: Uitsluiting) -> Masker:
        """Where the exclusion holds."""
        in_tijd = [vak.begin <= uitsluiting.tot and vak.eind >= uitsluiting.van for vak in self.tijdvakken]
        in_gebied = [uitsluiting.gebied in (None, gebied) for gebied in self.gebieden]
        return np.asarray(np.outer(in_gebied, in_tijd), dtype=bool)


def _zelfde_tijd(links: Reeks, rechts: Reeks) -> tuple[Reeks, Reeks]:
    begin = max(links.tijdvakken[0].begin, rechts.tijdvakken[0].begin)
    eind = min(links.tijdvakken[-1].eind, rechts.tijdvakken[-1].eind)
    if begin > eind:
        raise ParameterFout("Deze twee reeksen hebben geen tijdvak gemeen.")
    return links.tussen(begin, eind), rechts.tussen(begin, eind)


def lees_reeks(
    tabel: pd.DataFrame,
    *,
    indicator: str,
    hulpvorm: Sequence[str] = (),
    uitsluitingen: Sequence[Uitsluiting] = (),
    breuken: Sequence[Niveaubreuk] = (),
) -> Reeks:
    """A checked series from a long table with columns gebied, periode, aantal, bevolking.

    `periode` is a month, quarter or half-year, one kind per table. Every gebied has every tijdvak, except what
    `uitsluitingen` declares. `hulpvorm` says what the counts are limited to; a series on verblijf or voogdij may
    not span 2022-01-01 (woonplaatsbeginsel). Raises LeveringFout (data) or ParameterFout (choice).
    """
    _eis_kolommen(tabel)
    vakken = {tekst: Tijdvak.lees(tekst) for tekst in tabel["periode"].astype(str).unique()}
    per_jaar = _een_soort(vakken)
    plek = tabel["periode"].astype(str).map({tekst: vak.index for tekst, vak in vakken.items()})
    eis_geen_woonplaatsbreuk(indicator, hulpvorm, min(vakken.values()), max(vakken.values()))
    lang = pd.DataFrame({"gebied": tabel["gebied"].astype(str), "plek": plek})
    _eis_uniek(lang)
    breed = [_breed(lang.assign(w=tabel[maat].to_numpy(dtype=float))) for maat in ("aantal", "bevolking")]
    reeks = Reeks(
        indicator=indicator,
        per_jaar=per_jaar,
        eerste=int(plek.min()),
        gebieden=tuple(breed[0].index),
        aantal=breed[0].to_numpy(),
        bevolking=breed[1].to_numpy(),
        breuken=tuple(breuken),
    ).zonder(*uitsluitingen)
    _eis_volledig(reeks)
    return reeks


def _breed(lang: pd.DataFrame) -> pd.DataFrame:
    breed = lang.pivot(index="gebied", columns="plek", values="w")
    alle = range(int(lang["plek"].min()), int(lang["plek"].max()) + 1)
    return breed.reindex(index=lang["gebied"].drop_duplicates(), columns=alle)


def _eis_kolommen(tabel: pd.DataFrame) -> None:
    ontbreekt = [kolom for kolom in KOLOMMEN if kolom not in tabel]
    if ontbreekt or tabel.empty:
        raise LeveringFout(
            "Een reeks is een tabel met de kolommen gebied, periode, aantal en bevolking.",
            ontvangen=f"zonder {', '.join(ontbreekt)}" if ontbreekt else "geen rijen",
            doe="Maak één rij per gebied en tijdvak.",
        )
    fout = tabel["aantal"].lt(0) | tabel["bevolking"].le(0)
    if fout.any():
        raise LeveringFout(
            "Een aantal is 0 of meer, en een bevolking meer dan 0.",
            ontvangen=f"{int(fout.sum())} andere rijen",
            waar=f"rij {int(np.flatnonzero(fout)[0]) + 1}",
        )


def _een_soort(vakken: dict[str, Tijdvak]) -> int:
    soorten = sorted({vak.per_jaar for vak in vakken.values()})
    if len(soorten) > 1:
        raise LeveringFout(
            "Een reeks heeft één soort tijdvak: maanden, kwartalen of halve jaren.",
            ontvangen=", ".join(f"{soort} per jaar" for soort in soorten),
        )
    return soorten[0]


def _eis_uniek(lang: pd.DataFrame) -> None:
    dubbel = lang.duplicated(["gebied", "plek"])
    if dubbel.any():
        raise LeveringFout(
            "Een gebied heeft elk tijdvak één keer.",
            ontvangen=f"{int(dubbel.sum())} dubbele rijen",
            waar=f"gebied {lang.loc[dubbel, 'gebied'].iloc[0]}",
        )


def _eis_volledig(reeks: Reeks) -> None:
    """Refuse a gap that nobody declared."""
    uitgesloten = np.zeros(reeks.aantal.shape, dtype=bool)
    for uitsluiting in reeks.uitsluitingen:
        uitgesloten |= reeks._plek(uitsluiting)
    gat = ~uitgesloten & (np.isnan(reeks.aantal) | np.isnan(reeks.bevolking))
    if not gat.any():
        return
    rij, kolom = np.argwhere(gat)[0]
    raise LeveringFout(
        "In deze reeks ontbreken tijdvakken.",
        ontvangen=f"{int(gat.sum())} lege plekken",
        waar=f"{reeks.gebieden[rij]} in {reeks.tijdvakken[kolom]}",
        doe="Vul een 0 in als er niemand was, of meld de plek als uitsluiting met een reden.",
    )


def raakt_verblijf(indicator: str, hulpvorm: Sequence[str] = ()) -> bool:
    """Whether the counts are about verblijf or voogdij, which the woonplaatsbeginsel moved between gemeenten."""
    return indicator.startswith("verblijf") or "voogdij" in indicator or bool(set(hulpvorm) & set(codes.VERBLIJF))


def eis_geen_woonplaatsbreuk(indicator: str, hulpvorm: Sequence[str], eerste: Tijdvak, laatste: Tijdvak) -> None:
    """Refuse a series on verblijf or voogdij that spans 2022-01-01; raises ParameterFout."""
    if not raakt_verblijf(indicator, hulpvorm):
        return
    if eerste.begin < WOONPLAATSBEGINSEL <= laatste.eind:
        raise ParameterFout(
            "Een reeks over verblijf of voogdij mag niet over 1 januari 2022 lopen: toen verhuisden jongeren op "
            "papier naar een andere gemeente (woonplaatsbeginsel).",
            ontvangen=f"{eerste} tot en met {laatste}",
            doe="Geef alleen tijdvakken vanaf 2022, of alleen tijdvakken tot en met 2021.",
        )
