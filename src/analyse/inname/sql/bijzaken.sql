-- The lots of the small tables, and the totals per gemeente that some rules look at.
-- In: clienten, verwijzers, retour, uitkomsten, pgb, jbt, populatie, begroting, aanmeldingen, producten,
--     versies, toestand, declaratie_lot, maatregelen_alle, gemeenten, peildata.
-- Out: client_lot, verwijzer_lot, teams, retour_lot, uitkomst_lot, pgb_lot, jbt_lot, populatie_lot, begroting_lot,
--      aanmelding_lot, aanmelding_gaten, onbekende_producten, kerngetallen.

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

-- Which team decided, for toewijzingen that came as messages: those can't say it.
CREATE TEMP TABLE teams AS
SELECT gemeente, domein, toewijzingnummer, arg_min(team, rid) AS team
FROM verwijzer_lot
WHERE lot <> 'opzij' AND team IS NOT NULL
GROUP BY ALL;

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

-- What may be said once: the first row of a key counts, an equal one repeats it, another one contradicts it (DK39).
CREATE TEMP TABLE uitkomst_lot AS
WITH gemerkt AS (
    SELECT
        *,
        concat_ws(chr(31), rapportcijfer, coalesce(zonder_hulp_verder, ''), coalesce(doelrealisatie, '')) AS inhoud,
        first_value(inhoud) OVER sleutel AS eerste,
        row_number() OVER sleutel > 1 AS later
    FROM uitkomsten
    WINDOW sleutel AS (
        PARTITION BY regel IS NULL, gemeente, persoon, aanbieder_agb, einddatum, informant ORDER BY rid
    )
)
SELECT
    * EXCLUDE (inhoud, eerste, later),
    CASE
        WHEN regel IS NOT NULL OR later AND inhoud <> eerste THEN 'opzij'
        WHEN later THEN 'vervangen'
        ELSE 'gebruikt'
    END AS lot,
    coalesce(regel, CASE WHEN later AND inhoud <> eerste THEN 'DK39' END) AS lot_regel
FROM gemerkt;

-- A child may have two budgets for one kind of help; only the very same row is a repeat.
CREATE TEMP TABLE pgb_lot AS
SELECT
    l.*,
    CASE
        WHEN regel IS NOT NULL THEN 'opzij'
        WHEN row_number() OVER (
            PARTITION BY regel IS NULL, gemeente, persoon, l.productcategorie, l.productcode, periode, bedrag_cent
            ORDER BY rid
        ) > 1 THEN 'vervangen'
        ELSE 'gebruikt'
    END AS lot,
    p.hulpvorm
FROM pgb l
LEFT JOIN producten p ON p.sleutel = coalesce(l.productcode, 'categorie ' || l.productcategorie);

-- A melding goes on: the row that has come farthest stands.
CREATE TEMP TABLE jbt_lot AS
SELECT
    *,
    CASE
        WHEN regel IS NOT NULL THEN 'opzij'
        WHEN row_number() OVER (
            PARTITION BY regel IS NULL, gemeente, melding_id
            ORDER BY greatest(datum_tafel, datum_raadsverzoek, datum_uitspraak) DESC NULLS LAST, rid DESC
        ) > 1 THEN 'vervangen'
        ELSE 'gebruikt'
    END AS lot
FROM jbt;

CREATE TEMP TABLE populatie_lot AS
WITH gemerkt AS (
    SELECT
        *,
        first_value(aantal) OVER sleutel AS eerste,
        row_number() OVER sleutel > 1 AS later
    FROM populatie
    WINDOW sleutel AS (PARTITION BY regel IS NULL, gemeente, jaar, leeftijd, huisartspraktijk ORDER BY rid)
)
SELECT
    * EXCLUDE (eerste, later),
    CASE
        WHEN regel IS NOT NULL OR later AND aantal <> eerste THEN 'opzij'
        WHEN later THEN 'vervangen'
        ELSE 'gebruikt'
    END AS lot,
    coalesce(regel, CASE WHEN later AND aantal <> eerste THEN 'DK39' END) AS lot_regel
FROM gemerkt;

CREATE TEMP TABLE begroting_lot AS
WITH gemerkt AS (
    SELECT
        *,
        coalesce(begroot_cent::VARCHAR, '') || chr(31) || coalesce(werkelijk_cent::VARCHAR, '') AS inhoud,
        first_value(inhoud) OVER sleutel AS eerste,
        row_number() OVER sleutel > 1 AS later
    FROM begroting
    WINDOW sleutel AS (PARTITION BY regel IS NULL, gemeente, jaar, taakveld ORDER BY rid)
)
SELECT
    * EXCLUDE (inhoud, eerste, later),
    CASE
        WHEN regel IS NOT NULL OR later AND inhoud <> eerste THEN 'opzij'
        WHEN later THEN 'vervangen'
        ELSE 'gebruikt'
    END AS lot,
    coalesce(regel, CASE WHEN later AND inhoud <> eerste THEN 'DK39' END) AS lot_regel
FROM gemerkt;

CREATE TEMP TABLE aanmelding_lot AS
WITH gemerkt AS (
    SELECT
        *,
        first_value(aantal) OVER sleutel AS eerste,
        row_number() OVER sleutel > 1 AS later
    FROM aanmeldingen
    WINDOW sleutel AS (PARTITION BY regel IS NULL, gemeente, kwartaal, huisartspraktijk ORDER BY rid)
)
SELECT
    * EXCLUDE (eerste, later),
    CASE
        WHEN regel IS NOT NULL OR later AND aantal <> eerste THEN 'opzij'
        WHEN later THEN 'vervangen'
        ELSE 'gebruikt'
    END AS lot,
    coalesce(regel, CASE WHEN later AND aantal <> eerste THEN 'DK39' END) AS lot_regel
FROM gemerkt;

-- Quarters without a row between two that have one.
CREATE TEMP TABLE aanmelding_gaten AS
WITH kwartalen AS (
    SELECT DISTINCT gemeente, kwartaal, 4 * left(kwartaal, 4)::INT + right(kwartaal, 1)::INT AS nr
    FROM aanmelding_lot
    WHERE lot = 'gebruikt'
)
SELECT
    gemeente,
    max(nr) - min(nr) + 1 - count(*) AS ontbreekt,
    format('{} van {} tot en met {}', ontbreekt, min(kwartaal), max(kwartaal)) AS tekst
FROM kwartalen
GROUP BY gemeente;

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
