-- Declarations: what was approved, and what each rejection (325) rejected.
-- In: declaraties, koppen, toestand, producten. Out: declaratie_lot, gedeclareerd.
--
-- A prestatie counts as approved unless a 325 (or the table itself) rejects it; credits are negative already. A
-- rejection finds its prestatie by declaration and reference number of the aanbieder, and by the first day of the
-- period where a number was used more than once.

CREATE TEMP TABLE prestaties AS
SELECT
    *,
    -- An exact repeat can only be known as such by its reference number.
    referentienummer IS NOT NULL AND row_number() OVER (
        PARTITION BY
            bericht, gemeente, domein, aanbieder_agb, declaratienummer, referentienummer, toewijzingnummer,
            productcategorie, productcode, periode_begin, periode_eind, bedrag_cent, debet_credit, volume, eenheid,
            tarief_cent, vorig_referentienummer
        ORDER BY rid
    ) > 1 AS herhaling
FROM declaraties;

CREATE TEMP TABLE afkeuringen AS
WITH paren AS (
    SELECT
        p.rid, a.rid AS afkeuring,
        coalesce(p.periode_begin = a.periode_begin, false) AS zelfde_periode
    FROM prestaties p
    JOIN prestaties a USING (gemeente, domein, aanbieder_agb, declaratienummer, referentienummer)
    WHERE p.bericht <> '325' AND a.bericht = '325' AND p.regel IS NULL AND a.regel IS NULL
)
SELECT rid, afkeuring
FROM paren
QUALIFY zelfde_periode OR NOT bool_or(zelfde_periode) OVER (PARTITION BY afkeuring);

CREATE TEMP TABLE declaratie_lot AS
SELECT
    d.* EXCLUDE (status, retourcode),
    k.persoon,
    coalesce(d.aanbieder_agb, k.aanbieder_agb) AS aanbieder,
    coalesce(k.verwijderd, false) AS toewijzing_verwijderd,
    coalesce(t.verwijzer, 'onbekend') AS verwijzer,
    p.hulpvorm,
    p.sleutel IS NOT NULL OR d.domein <> 'Jw' AS product_bekend,
    d.bericht <> '325'
        AND d.rid NOT IN (SELECT rid FROM afkeuringen)
        AND coalesce(lower(d.status) NOT IN ('afgewezen', 'afgekeurd'), true) AS toegekend,
    -- The same number with another content: not a repeat, so both count, and it is told.
    d.referentienummer IS NOT NULL AND NOT d.herhaling AND count(*) FILTER (NOT d.herhaling) OVER (
        PARTITION BY d.bericht, d.gemeente, d.domein, d.aanbieder_agb, d.declaratienummer, d.referentienummer
    ) > 1 AS dubbel,
    CASE
        WHEN d.regel IS NOT NULL THEN 'opzij'
        WHEN d.bericht = '325' AND NOT d.herhaling AND d.rid NOT IN (SELECT afkeuring FROM afkeuringen) THEN 'opzij'
        WHEN d.herhaling THEN 'vervangen'
        ELSE 'gebruikt'
    END AS lot,
    CASE
        WHEN d.regel IS NULL AND d.bericht = '325' AND NOT d.herhaling
            AND d.rid NOT IN (SELECT afkeuring FROM afkeuringen)
        THEN 'DK34'
        ELSE d.regel
    END AS lot_regel
FROM prestaties d
LEFT JOIN koppen k USING (gemeente, domein, toewijzingnummer)
LEFT JOIN toestand t USING (gemeente, domein, toewijzingnummer)
LEFT JOIN producten p
    ON d.domein = 'Jw' AND p.sleutel = coalesce(d.productcode, 'categorie ' || d.productcategorie);

-- Per toewijzing the first and last product period whose approved amount was not taken back by credits.
CREATE TEMP TABLE gedeclareerd AS
WITH perioden AS (
    SELECT gemeente, domein, toewijzingnummer, periode_begin, periode_eind
    FROM declaratie_lot
    WHERE lot = 'gebruikt' AND toegekend
    GROUP BY ALL
    HAVING sum(bedrag_cent) > 0 OR NOT bool_or(bedrag_cent < 0)
)
SELECT gemeente, domein, toewijzingnummer, min(periode_begin) AS eerste, max(periode_eind) AS laatste
FROM perioden
GROUP BY ALL;
