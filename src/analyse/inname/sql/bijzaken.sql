-- The lots of the small tables, and the totals per gemeente that some rules look at.
-- In: clienten, verwijzers, retour, versies, toestand, declaratie_lot, maatregelen_alle, gemeenten, peildata.
-- Out: client_lot, verwijzer_lot, retour_lot, onbekende_producten, kerngetallen.

CREATE TEMP TABLE client_lot AS
SELECT
    rid, bron,
    CASE
        WHEN regel IS NOT NULL THEN 'opzij'
        WHEN row_number() OVER (
            PARTITION BY regel IS NULL, gemeente, persoon, geboortejaar, geslacht ORDER BY rid
        ) > 1 THEN 'vervangen'
        ELSE 'gebruikt'
    END AS lot
FROM clienten;

CREATE TEMP TABLE verwijzer_lot AS
SELECT
    v.*,
    CASE
        WHEN v.regel IS NOT NULL OR t.gemeente IS NULL THEN 'opzij'
        WHEN t.verwijzerbron = 'backoffice' AND row_number() OVER (
            PARTITION BY v.regel IS NULL, v.gemeente, v.domein, v.toewijzingnummer ORDER BY v.rid
        ) = 1 THEN 'gebruikt'
        ELSE 'vervangen'
    END AS lot,
    coalesce(v.regel, CASE WHEN t.gemeente IS NULL THEN 'DK36' END) AS lot_regel
FROM verwijzers v
LEFT JOIN toestand t USING (gemeente, domein, toewijzingnummer);

CREATE TEMP TABLE retour_lot AS
WITH bekend AS (
    SELECT DISTINCT gemeente, domein, toewijzingnummer, toewijzingsdatum, toewijzingstijd FROM versies
)
SELECT
    r.*,
    CASE
        WHEN r.regel IS NOT NULL OR (r.afkeuring AND b.gemeente IS NULL) THEN 'opzij'
        WHEN row_number() OVER (
            PARTITION BY r.regel IS NULL, r.gemeente, r.domein, r.toewijzingnummer, r.toewijzingsdatum,
                r.toewijzingstijd, r.retourcode
            ORDER BY r.rid
        ) > 1 THEN 'vervangen'
        ELSE 'gebruikt'
    END AS lot,
    coalesce(r.regel, CASE WHEN r.afkeuring AND b.gemeente IS NULL THEN 'DK38' END) AS lot_regel
FROM retour r
LEFT JOIN bekend b USING (gemeente, domein, toewijzingnummer, toewijzingsdatum, toewijzingstijd);

CREATE TEMP TABLE onbekende_producten AS
WITH alle AS (
    SELECT gemeente, productcategorie, productcode, 1 AS toewijzingen, 0 AS cent
    FROM toestand WHERE NOT product_bekend
    UNION ALL
    SELECT gemeente, productcategorie, productcode, 0, bedrag_cent
    FROM declaratie_lot WHERE NOT product_bekend AND toegekend AND lot = 'gebruikt'
),
opgeteld AS (
    SELECT
        gemeente,
        coalesce(productcode, 'categorie ' || productcategorie, 'zonder product') AS product,
        sum(toewijzingen) AS toewijzingen,
        sum(cent) AS cent
    FROM alle
    GROUP BY ALL
)
SELECT
    *,
    format('{} (toewijzingen: {}, toegekend: {} euro)', product, toewijzingen, round(cent / 100)::BIGINT) AS omschrijving
FROM opgeteld;

CREATE TEMP TABLE kerngetallen AS
WITH onbekend AS (
    SELECT gemeente, sum(cent) AS onbekend_cent, sum(toewijzingen) AS onbekend_aantal
    FROM onbekende_producten GROUP BY ALL
),
staat AS (
    SELECT gemeente, count(*) AS toewijzingen, count(*) FILTER (verwijzer = 'onbekend') AS zonder_verwijzer
    FROM toestand GROUP BY ALL
),
geld AS (
    SELECT gemeente, sum(bedrag_cent) AS cent FROM declaratie_lot WHERE toegekend AND lot = 'gebruikt' GROUP BY ALL
),
maatregel AS (
    SELECT DISTINCT gemeente, true AS heeft_maatregel FROM maatregelen_alle
),
samen AS (
    SELECT
        gemeente, peildatum, vorm,
        maatregeltabel OR coalesce(heeft_maatregel, false) AS maatregelen_geleverd,
        coalesce(toewijzingen, 0) AS toewijzingen,
        coalesce(onbekend_cent / nullif(cent, 0), onbekend_aantal / nullif(toewijzingen, 0), 0) AS onbekend_product,
        coalesce(zonder_verwijzer / nullif(toewijzingen, 0), 0) AS onbekende_verwijzer
    FROM gemeenten
    LEFT JOIN peildata USING (gemeente)
    LEFT JOIN staat USING (gemeente)
    LEFT JOIN onbekend USING (gemeente)
    LEFT JOIN geld USING (gemeente)
    LEFT JOIN maatregel USING (gemeente)
)
SELECT
    *,
    format('{} procent', round(100 * onbekend_product)::BIGINT) AS tekst_onbekend_product,
    format('{} procent', round(100 * onbekende_verwijzer)::BIGINT) AS tekst_onbekende_verwijzer
FROM samen;
