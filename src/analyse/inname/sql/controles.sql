-- What the checks look at beside the data themselves: every view is computed once, thresholds are in the rules.
-- In: versies, toestand, koppen, leveringen, levering_lot, gebeurtenissen, spell_lot, declaratie_lot, clienten,
-- personen, gemeenten, peildata, aanbiederlijst.
-- Out: geld, toewijzing_beeld, gebeurtenis_beeld, spell_beeld, declaratie_beeld, clientmaanden, prijzen,
-- aanbiederbeeld, overnames, pieken, bulk, terugwerking, maandgaten, overgangen, dekking, onbruikbaar.

-- Mondays to Fridays since a Monday long ago.
CREATE TEMP MACRO werkdagen_voor(dag) AS
    5 * ((dag - DATE '1900-01-01') // 7) + least((dag - DATE '1900-01-01') % 7, 5);

-- Approved money and volume per toewijzing; the last period of it.
CREATE TEMP TABLE geld AS
SELECT
    gemeente, domein, toewijzingnummer,
    sum(bedrag_cent)::BIGINT AS euro_cent,
    max(periode_eind) AS laatste,
    sum(sign(bedrag_cent) * volume) FILTER (eenheid <> '01')::BIGINT AS volume,
    any_value(eenheid) FILTER (eenheid <> '01') AS eenheid,
    sum(sign(bedrag_cent) * volume) FILTER (eenheid = '01')::BIGINT AS minuten
FROM declaratie_lot
WHERE lot = 'gebruikt' AND toegekend AND toewijzingnummer IS NOT NULL
GROUP BY ALL;

CREATE TEMP TABLE toewijzing_beeld AS
WITH regie AS (
    SELECT gemeente, domein, toewijzingnummer, bool_or(heeft_start) AS gestart, bool_or(heeft_stop) AS gestopt
    FROM gebeurtenissen GROUP BY ALL
),
levert AS (
    SELECT gemeente, true AS regie_geleverd FROM levering_lot WHERE lot = 'gebruikt' GROUP BY ALL
),
betaalt AS (
    SELECT gemeente, true AS geld_geleverd FROM geld GROUP BY ALL
),
eerste AS (
    SELECT gemeente, domein, toewijzingnummer, min(toewijzingsdatum) AS eerste_datum FROM geldige_versies GROUP BY ALL
),
plaats AS (
    SELECT gemeente, persoon, any_value(postcode4) AS postcode4 FROM clienten WHERE regel IS NULL GROUP BY ALL
),
staat AS (
    SELECT
        *,
        coalesce(productcode, 'categorie ' || productcategorie, '') AS product,
        coalesce(einddatum, DATE '9999-12-31') AS tot,
        coalesce(einddatum < ingangsdatum, false) AS omgekeerd
    FROM toestand
),
elders AS (
    SELECT DISTINCT a.rid
    FROM staat a
    JOIN staat b USING (gemeente, domein, persoon, product)
    WHERE a.aanbieder_agb <> b.aanbieder_agb AND (a.ingangsdatum, a.rid) > (b.ingangsdatum, b.rid)
        AND a.ingangsdatum <= b.tot AND b.ingangsdatum <= a.tot
)
SELECT
    t.gemeente, t.domein, t.toewijzingnummer, t.bron, t.bericht_nr, t.nr, t.aanbieder_agb, t.productcategorie,
    t.ingangsdatum, t.einddatum, t.omgekeerd, t.frequentie, t.eenheid, t.verwijzer, t.verwijzer_agb, t.budget_cent,
    d.peildatum,
    year(t.ingangsdatum) - p.geboortejaar AS leeftijd,
    p.geboortejaar,
    coalesce(l.regie_geleverd, false) AS regie_geleverd,
    coalesce(b.geld_geleverd, false) AS geld_geleverd,
    coalesce(r.gestart, false) AS gestart,
    coalesce(r.gestopt, false) AS gestopt,
    g.laatste, g.euro_cent,
    e.eerste_datum - t.ingangsdatum AS terug_dagen,
    coalesce(max(t.tot) FILTER (NOT t.omgekeerd) OVER eerder >= t.ingangsdatum, false) AS stapelt,
    t.rid IN (FROM elders) AS ook_elders,
    -- Who referred is a fact about help: a maatregel (rechter, GI) or vervoer beside it is no second referral.
    coalesce(min(nullif(t.verwijzer, 'onbekend')) OVER halfjaar <> max(nullif(t.verwijzer, 'onbekend')) OVER halfjaar, false)
        AND t.hulpvorm IS NOT NULL
        AND row_number() OVER (halfjaar ORDER BY t.ingangsdatum, t.rid) = 1 AS verwijzers_lopen_uiteen,
    CASE WHEN t.ingangsdatum <= least(t.tot, d.peildatum) THEN t.volume END * CASE t.frequentie
        WHEN '1' THEN least(t.tot, d.peildatum) - t.ingangsdatum + 1
        WHEN '2' THEN datediff('week', t.ingangsdatum, least(t.tot, d.peildatum)) + 1
        WHEN '4' THEN datediff('month', t.ingangsdatum, least(t.tot, d.peildatum)) + 1
        WHEN '6' THEN 1
    END AS toegewezen_volume,
    -- Delivered in the unit of the toewijzing; minutes against hours are allowed (TR341).
    CASE
        WHEN t.eenheid = '01' THEN g.minuten::DOUBLE
        WHEN t.eenheid = '04' AND (g.eenheid = '04' OR g.eenheid IS NULL)
            THEN coalesce(g.volume, 0) + coalesce(g.minuten, 0) / 60.0
        WHEN t.eenheid = g.eenheid THEN g.volume::DOUBLE
    END AS geleverd_volume,
    t.volume / CASE t.eenheid WHEN '01' THEN 60.0 WHEN '04' THEN 1.0 WHEN '16' THEN 0.25 END * CASE t.frequentie
        WHEN '1' THEN 7.0
        WHEN '2' THEN 1.0
        WHEN '4' THEN 12.0 / 52
        WHEN '6' THEN 7.0 / nullif(greatest(t.einddatum - t.ingangsdatum + 1, 7), 0)
    END AS uren_per_week,
    CASE WHEN w.postcode4 IS NOT NULL THEN count(*) OVER (
        PARTITION BY t.gemeente, t.aanbieder_agb, t.product, t.ingangsdatum, t.toewijzingsdatum, w.postcode4
    ) END AS samen_aangevraagd
FROM staat t
JOIN peildata d USING (gemeente)
LEFT JOIN personen p USING (persoon)
LEFT JOIN regie r USING (gemeente, domein, toewijzingnummer)
LEFT JOIN levert l USING (gemeente)
LEFT JOIN betaalt b USING (gemeente)
LEFT JOIN geld g USING (gemeente, domein, toewijzingnummer)
LEFT JOIN eerste e USING (gemeente, domein, toewijzingnummer)
LEFT JOIN plaats w USING (gemeente, persoon)
WINDOW
    eerder AS (
        PARTITION BY t.gemeente, t.domein, t.persoon, t.aanbieder_agb, t.product
        ORDER BY t.ingangsdatum, t.rid ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ),
    halfjaar AS (
        PARTITION BY t.hulpvorm IS NULL, t.gemeente, t.domein, t.persoon, year(t.ingangsdatum), quarter(t.ingangsdatum) > 2
    );

CREATE TEMP TABLE gebeurtenis_beeld AS
SELECT
    g.*, t.aanbieder_agb, t.ingangsdatum,
    t.einddatum AS einde_toewijzing,
    d.peildatum,
    lead(g.begindatum) OVER reeks AS volgende,
    -- Working days from the start up to the message about it. OP271 says "werkdagen" and not which days those are:
    -- Monday to Friday here, so that what falls due in a weekend may come on Monday; holidays count as any day.
    werkdagen_voor(g.start_gemeld) - werkdagen_voor(g.begindatum) AS werkdagen
FROM gebeurtenissen g
JOIN toestand t USING (gemeente, domein, toewijzingnummer)
JOIN peildata d USING (gemeente)
WINDOW reeks AS (PARTITION BY gemeente, domein, toewijzingnummer ORDER BY g.begindatum);

-- A spell stands where its start stands, or else its toewijzing.
CREATE TEMP VIEW spell_beeld AS
SELECT
    s.*, t.aanbieder_agb,
    coalesce(g.bron, t.bron) AS bron,
    CASE WHEN g.bron IS NULL THEN t.bericht_nr ELSE g.bericht_nr END AS bericht_nr,
    CASE WHEN g.bron IS NULL THEN t.nr ELSE g.nr END AS nr
FROM spell_lot s
JOIN toestand t USING (gemeente, domein, toewijzingnummer)
LEFT JOIN gebeurtenissen g
    ON g.gemeente = s.gemeente AND g.domein = s.domein AND g.toewijzingnummer = s.toewijzingnummer
    AND g.begindatum = s.begin;

CREATE TEMP TABLE declaratie_beeld AS
WITH debet AS (
    SELECT DISTINCT gemeente, domein, aanbieder, referentienummer
    FROM declaratie_lot
    WHERE lot = 'gebruikt' AND bericht <> '325' AND bedrag_cent >= 0
)
SELECT
    d.gemeente, d.domein, d.toewijzingnummer, d.bron, d.bericht_nr, d.nr, d.aanbieder, d.persoon, d.bedrag_cent,
    d.tarief_cent, d.volume, d.eenheid, d.periode_begin, d.periode_eind, d.toegekend,
    CASE WHEN d.toegekend THEN d.bedrag_cent END AS euro_cent,
    d.bedrag_cent < 0 AS is_credit,
    b.referentienummer IS NOT NULL AS debet_bekend,
    t.ingangsdatum, t.einddatum,
    coalesce(d.productcode <> t.productcode, false) OR coalesce(d.productcategorie <> t.productcategorie, false)
        AS ander_product,
    coalesce(d.eenheid <> t.eenheid, false) AND NOT (t.eenheid = '04' AND d.eenheid = '01') AS andere_eenheid,
    CASE d.eenheid
        WHEN '83' THEN d.volume
        WHEN '01' THEN round(d.tarief_cent * d.volume / 60.0)::BIGINT
        ELSE d.tarief_cent * d.volume
    END AS verwacht_cent
FROM declaratie_lot d
LEFT JOIN toestand t USING (gemeente, domein, toewijzingnummer)
LEFT JOIN debet b
    ON b.gemeente = d.gemeente AND b.domein = d.domein AND b.aanbieder = d.aanbieder
    AND b.referentienummer = d.vorig_referentienummer
WHERE d.lot = 'gebruikt' AND d.bericht <> '325';

-- Months of one child in which more was taken back than declared.
CREATE TEMP TABLE clientmaanden AS
SELECT
    gemeente,
    strftime(date_trunc('month', periode_begin), '%Y-%m') AS maand,
    sum(bedrag_cent)::BIGINT AS euro_cent,
    arg_min(aanbieder, bedrag_cent) AS aanbieder, arg_min(toewijzingnummer, bedrag_cent) AS toewijzingnummer,
    arg_min(bron, bedrag_cent) AS bron, arg_min(bericht_nr, bedrag_cent) AS bericht_nr, arg_min(nr, bedrag_cent) AS nr
FROM declaratie_beeld
WHERE toegekend AND persoon IS NOT NULL
GROUP BY gemeente, persoon, date_trunc('month', periode_begin)
HAVING sum(bedrag_cent) < 0;

CREATE TEMP TABLE prijzen AS
SELECT
    gemeente, count(*) AS regels,
    median(bedrag_cent / volume * CASE eenheid WHEN '01' THEN 60 ELSE 1 END) AS cent_per_uur,
    sum(bedrag_cent)::BIGINT AS euro_cent,
    replace(format('middelste prijs: {:.2f} euro per uur, uit {} regels', cent_per_uur / 100, regels), '.', ',')
        AS tekst
FROM declaratie_beeld
WHERE toegekend AND eenheid IN ('01', '04') AND volume > 0 AND bedrag_cent > 0
GROUP BY gemeente;

CREATE TEMP TABLE aanbiederbeeld AS
SELECT
    t.gemeente, t.aanbieder_agb,
    count(*) AS toewijzingen,
    sum(g.euro_cent)::BIGINT AS euro_cent,
    t.aanbieder_agb NOT IN (FROM aanbiederlijst) AND EXISTS (FROM aanbiederlijst) AS onbekend,
    format('{} (toewijzingen: {})', t.aanbieder_agb, count(*)) AS tekst
FROM toestand t
LEFT JOIN geld g USING (gemeente, domein, toewijzingnummer)
GROUP BY t.gemeente, t.aanbieder_agb;

-- Children whose help went from one aanbieder to another overnight, with the same product.
CREATE TEMP TABLE overnames AS
SELECT
    a.gemeente, a.aanbieder_agb, b.aanbieder_agb AS naar, a.einddatum,
    count(DISTINCT a.persoon) AS kinderen,
    format('van {} naar {} op {} (kinderen: {})', a.aanbieder_agb, b.aanbieder_agb,
        strftime(a.einddatum + 1, '%d-%m-%Y'), kinderen) AS tekst
FROM toestand a
JOIN toestand b
    ON b.gemeente = a.gemeente AND b.persoon = a.persoon AND b.ingangsdatum = a.einddatum + 1
    AND b.aanbieder_agb <> a.aanbieder_agb
    AND b.productcode IS NOT DISTINCT FROM a.productcode AND b.productcategorie IS NOT DISTINCT FROM a.productcategorie
GROUP BY a.gemeente, a.aanbieder_agb, b.aanbieder_agb, a.einddatum;

-- Begins on 1 January and ends on 31 December against a mean day of that year.
CREATE TEMP TABLE pieken AS
WITH dagen AS (
    SELECT gemeente, 'begint' AS wat, ingangsdatum AS dag FROM toestand
    UNION ALL
    SELECT gemeente, 'eindigt', einddatum FROM toestand WHERE einddatum IS NOT NULL
)
SELECT
    gemeente,
    year(dag) AS jaar,
    count(*) FILTER (strftime(dag, '%m-%d') = CASE wat WHEN 'begint' THEN '01-01' ELSE '12-31' END) AS op_de_dag,
    count(*) / 365.0 AS gemiddeld,
    format('{}: {} toewijzingen {} op {}', jaar, op_de_dag, CASE wat WHEN 'begint' THEN 'beginnen' ELSE 'eindigen' END,
        CASE wat WHEN 'begint' THEN '1 januari' ELSE '31 december' END) AS tekst
FROM dagen
GROUP BY gemeente, wat, year(dag);

-- Toewijzingen changed on one day for an administrative reason (03, 10, 11, 14).
CREATE TEMP TABLE bulk AS
SELECT
    gemeente, toewijzingsdatum, count(DISTINCT toewijzingnummer) AS aantal,
    format('{}: {} toewijzingen met reden {}', strftime(toewijzingsdatum, '%d-%m-%Y'), aantal, reden_wijziging) AS tekst
FROM geldige_versies
WHERE reden_wijziging IN ('03', '10', '11', '14')
GROUP BY gemeente, toewijzingsdatum, reden_wijziging;

CREATE TEMP TABLE terugwerking AS
SELECT
    gemeente, verwijzer = '04' AS gi,
    count(*) AS toewijzingen,
    quantile_cont(terug_dagen, 0.9)::BIGINT AS negentig,
    format('90 procent binnen {} dagen na de ingangsdatum (toewijzingen: {})', negentig, toewijzingen) AS tekst
FROM toewijzing_beeld
GROUP BY gemeente, verwijzer = '04';

-- Months without a single record between two months that have them.
CREATE TEMP TABLE maandgaten AS
WITH gebeurd AS (
    SELECT gemeente, 'starts' AS wat, date_trunc('month', begindatum) AS maand FROM gebeurtenissen WHERE heeft_start
    UNION ALL
    SELECT gemeente, 'declaraties', date_trunc('month', periode_begin) FROM declaratie_beeld
),
geteld AS (
    SELECT gemeente, wat, maand, count(*) AS aantal FROM gebeurd GROUP BY ALL
),
buren AS (
    SELECT *, lead(maand) OVER w AS volgende, lead(aantal) OVER w AS daarna
    FROM geteld
    WINDOW w AS (PARTITION BY gemeente, wat ORDER BY maand)
)
SELECT
    gemeente, wat, least(aantal, daarna) AS buurmaand,
    format('geen {} tussen {} en {}', wat, strftime(maand, '%Y-%m'), strftime(volgende, '%Y-%m')) AS tekst
FROM buren
WHERE volgende > maand + INTERVAL 1 MONTH;

-- Help that ended in one gemeente and began in another around the change of woonplaatsbeginsel (1 January 2022).
CREATE TEMP TABLE overgangen AS
WITH hulp AS (
    SELECT s.gemeente, t.persoon, s.begin, s.eind FROM spell_lot s JOIN toestand t USING (gemeente, domein, toewijzingnummer)
)
SELECT b.gemeente, a.gemeente AS van, count(DISTINCT a.persoon) AS kinderen,
    format('uit {} (kinderen: {})', van, kinderen) AS tekst
FROM hulp a
JOIN hulp b ON a.persoon = b.persoon AND a.gemeente <> b.gemeente AND b.begin - a.eind BETWEEN 0 AND 31
WHERE a.eind BETWEEN DATE '2021-12-01' AND DATE '2022-01-31'
GROUP BY b.gemeente, a.gemeente;

CREATE TEMP TABLE dekking AS
SELECT
    g.gemeente,
    g.pgbtabel OR coalesce(bool_or(t.leveringsvorm = 'pgb'), false) AS pgb_geleverd
FROM gemeenten g
LEFT JOIN toestand t USING (gemeente)
GROUP BY g.gemeente, g.pgbtabel;

-- How much of the tables that everything rests on can't be used.
CREATE TEMP TABLE onbruikbaar AS
WITH alle AS (
    SELECT gemeente, 'toewijzingen' AS tabel, regel, einddatum < ingangsdatum AS omgekeerd FROM toewijzingen
    UNION ALL
    SELECT gemeente, 'leveringen', regel, NULL FROM leveringen
)
SELECT
    gemeente, tabel, count(*) AS rijen,
    count(*) FILTER (regel IN ('DK01a', 'DK07d', 'DK30b')) / count(*) AS onleesbaar,
    coalesce(count(*) FILTER (omgekeerd AND regel IS NULL) / count(*), 0) AS omgekeerd,
    format('{}: {} van {} rijen', tabel, count(*) FILTER (regel IN ('DK01a', 'DK07d', 'DK30b')), count(*)) AS tekst,
    format('{} van {} rijen', count(*) FILTER (omgekeerd AND regel IS NULL), count(*)) AS tekst_omgekeerd
FROM alle
GROUP BY gemeente, tabel;
