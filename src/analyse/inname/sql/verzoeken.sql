-- Requests (315, 317) with the latest answer (319) that came on them.
-- In: verzoeken. Out: verzoek_lot.
--
-- A 317 names several products under one reference; what says the same of the same reference counts once.

CREATE TEMP TABLE verzoek_lot AS
WITH antwoorden AS (
    SELECT
        gemeente, domein, aanbieder_agb, referentie_aanbieder,
        arg_min(
            {'rid': rid, 'antwoord': antwoord, 'reden': reden_afwijzing, 'gemeente': gemeente_woonplaats},
            {'dag': -coalesce(epoch(dagtekening), 0), 'rid': rid}
        ) AS laatste
    FROM verzoeken
    WHERE regel IS NULL AND berichttype = '319'
    GROUP BY ALL
),
gevraagd AS (
    SELECT DISTINCT gemeente, domein, aanbieder_agb, referentie_aanbieder
    FROM verzoeken
    WHERE regel IS NULL AND berichttype <> '319'
),
samen AS (
    SELECT
        v.*,
        v.regel IS NULL AND v.berichttype = '319' AND g.gemeente IS NULL AS wees,
        v.rid <> a.laatste.rid AS achterhaald,
        a.laatste,
        row_number() OVER (
            PARTITION BY
                v.regel IS NULL, v.gemeente, v.domein, v.aanbieder_agb, v.referentie_aanbieder, v.berichttype,
                v.productcategorie, v.productcode, v.verwijzer_type, v.verwijzer_agb, v.antwoord, v.reden_afwijzing
            ORDER BY v.rid
        ) > 1 AS herhaling
    FROM verzoeken v
    LEFT JOIN antwoorden a USING (gemeente, domein, aanbieder_agb, referentie_aanbieder)
    LEFT JOIN gevraagd g USING (gemeente, domein, aanbieder_agb, referentie_aanbieder)
)
SELECT
    * EXCLUDE (wees, achterhaald, laatste, herhaling, antwoord, reden_afwijzing, gemeente_woonplaats),
    coalesce(antwoord, laatste.antwoord) AS antwoord,
    coalesce(reden_afwijzing, laatste.reden) AS reden_afwijzing,
    coalesce(gemeente_woonplaats, laatste.gemeente) AS gemeente_woonplaats,
    CASE
        WHEN regel IS NOT NULL OR wees THEN 'opzij'
        WHEN herhaling OR (berichttype = '319' AND achterhaald) THEN 'vervangen'
        ELSE 'gebruikt'
    END AS lot,
    coalesce(regel, CASE WHEN wees THEN 'DK35' END) AS lot_regel
FROM samen;
