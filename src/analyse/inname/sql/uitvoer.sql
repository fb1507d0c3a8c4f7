-- The tables of Basis as views, with the columns of kern.schema.BASIS and the order of their rows in `orde`.

CREATE TEMP VIEW basis_personen AS
SELECT *, persoon_nr AS orde FROM personen;

CREATE TEMP VIEW basis_toewijzingen AS
SELECT
    t.* EXCLUDE (reden_wijziging, team),
    persoon_nr,
    aanbieder_agb AS aanbieder,
    laatste_reden AS reden_wijziging,
    coalesce(t.team, b.team) AS team,
    (persoon_nr, gemeente, domein, toewijzingnummer) AS orde
FROM toestand t
JOIN personen USING (persoon)
LEFT JOIN teams b USING (gemeente, domein, toewijzingnummer);

CREATE TEMP VIEW basis_spells AS
SELECT
    s.*, persoon_nr, t.aanbieder_agb AS aanbieder, t.productcategorie, t.productcode, t.hulpvorm, t.sggz,
    t.deeltijdverblijf, t.zwaarte, t.verwijzer, t.verwijzer_agb, t.laatste_reden AS reden_wijziging,
    (persoon_nr, gemeente, domein, toewijzingnummer, s.begin, s.eind) AS orde
FROM spell_lot s
JOIN toestand t USING (gemeente, domein, toewijzingnummer)
JOIN personen USING (persoon);

CREATE TEMP VIEW basis_declaraties AS
SELECT
    *,
    date_trunc('month', periode_begin) AS maand,
    (persoon_nr, gemeente, domein, toewijzingnummer, periode_begin, referentienummer, rid) AS orde
FROM declaratie_lot
LEFT JOIN personen USING (persoon)
WHERE lot = 'gebruikt' AND bericht <> '325';

CREATE TEMP VIEW basis_maatregelen AS
SELECT *, (persoon_nr, gemeente, type, begin, eind, machtiging_begin) AS orde
FROM maatregelen_alle
JOIN personen USING (persoon);

CREATE TEMP VIEW basis_verzoeken AS
SELECT
    * EXCLUDE (verwijzer_type),
    aanbieder_agb AS aanbieder,
    referentie_aanbieder AS referentie,
    verwijzer_type AS verwijzer,
    (persoon_nr, gemeente, domein, aanbieder_agb, referentie_aanbieder, productcategorie, productcode, rid) AS orde
FROM verzoek_lot
LEFT JOIN personen USING (persoon)
WHERE lot = 'gebruikt' AND berichttype <> '319';

CREATE TEMP VIEW basis_uitkomsten AS
SELECT *, aanbieder_agb AS aanbieder, (persoon_nr, gemeente, einddatum, aanbieder_agb, informant) AS orde
FROM uitkomst_lot
JOIN personen USING (persoon)
WHERE lot = 'gebruikt';

CREATE TEMP VIEW basis_pgb AS
SELECT *, (persoon_nr, gemeente, periode, productcategorie, productcode, bedrag_cent) AS orde
FROM pgb_lot
JOIN personen USING (persoon)
WHERE lot = 'gebruikt';

CREATE TEMP VIEW basis_jbt AS
SELECT *, melding_id AS melding, (gemeente, datum_melding, melding_id) AS orde
FROM jbt_lot
WHERE lot = 'gebruikt';

CREATE TEMP VIEW basis_populatie AS
SELECT *, huisartspraktijk AS praktijk, (gemeente, jaar, coalesce(huisartspraktijk, ''), leeftijd) AS orde
FROM populatie_lot
WHERE lot = 'gebruikt';

CREATE TEMP VIEW basis_begroting AS
SELECT *, (gemeente, jaar, taakveld) AS orde
FROM begroting_lot
WHERE lot = 'gebruikt';

CREATE TEMP VIEW basis_aanmeldingen AS
SELECT *, huisartspraktijk AS praktijk, (gemeente, kwartaal, coalesce(huisartspraktijk, '')) AS orde
FROM aanmelding_lot
WHERE lot = 'gebruikt';

CREATE TEMP VIEW basis_leveringen AS
SELECT *, gemeente AS orde FROM kerngetallen;
