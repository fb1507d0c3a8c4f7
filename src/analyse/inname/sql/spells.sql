-- Spells: the periods in which help was really given, per toewijzing that stands (design §4 'Spell', rules 1-5).
-- In: leveringen, toestand, gedeclareerd, peildata. Out: levering_lot, gebeurtenissen, spell_lot.
--
-- Order of arrival only matters where the standard says so: a deletion (status 3) takes away what was sent before
-- it; what is sent again later stands. Within one day the order is unknown: then messages of that day stand when
-- more were sent than deleted so far. Where a deletion has no date, it takes away all of its key.

-- Rule 1, first half: exact repeats, and what a status 3 takes away.
CREATE TEMP TABLE levering_stap AS
WITH gekoppeld AS (
    SELECT
        l.*,
        l.regel IS NULL AND t.toewijzingnummer IS NOT NULL AS telt,
        CASE WHEN l.soort = 'stop' THEN coalesce(l.reden_beeindiging, '') ELSE '' END AS reden_sleutel,
        coalesce(l.berichtdatum, DATE '1900-01-01') AS dag,
        l.status_aanlevering = '3' AS verwijdert
    FROM leveringen l
    LEFT JOIN toestand t USING (gemeente, domein, toewijzingnummer)
),
ontdubbeld AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY telt, gemeente, domein, toewijzingnummer, soort, begindatum, reden_sleutel,
                status_aanlevering, einddatum, dag
            ORDER BY rid
        ) > 1 AS herhaling,
        max(dag) FILTER (verwijdert) OVER sleutel AS laatst_verwijderd,
        -- The same end as a deletion: the one that was meant to go, when another is sent that day.
        bool_or(verwijdert) OVER (
            PARTITION BY telt, gemeente, domein, toewijzingnummer, soort, begindatum, reden_sleutel, einddatum
        ) AS teruggenomen,
        bool_or(verwijdert AND berichtdatum IS NULL) OVER sleutel AS zonder_datum
    FROM gekoppeld
    WINDOW sleutel AS (PARTITION BY telt, gemeente, domein, toewijzingnummer, soort, begindatum, reden_sleutel)
),
geteld AS (
    SELECT
        *,
        count(*) FILTER (NOT herhaling AND NOT verwijdert AND dag <= laatst_verwijderd) OVER sleutel AS toegevoegd,
        count(*) FILTER (NOT herhaling AND verwijdert) OVER sleutel AS verwijderd
    FROM ontdubbeld
    WINDOW sleutel AS (PARTITION BY telt, gemeente, domein, toewijzingnummer, soort, begindatum, reden_sleutel)
)
SELECT
    *,
    NOT verwijdert AND (
        laatst_verwijderd IS NULL
        OR (NOT zonder_datum AND (dag > laatst_verwijderd OR (dag = laatst_verwijderd AND toegevoegd > verwijderd)))
    ) AS blijft
FROM geteld;

-- Rule 1, second half: one start and one stop per begindatum; a definitive stop goes before a temporary one.
CREATE TEMP TABLE levering_lot AS
WITH gerangschikt AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY telt AND blijft AND NOT herhaling, gemeente, domein, toewijzingnummer, soort, begindatum
            ORDER BY reden_sleutel = '20', dag DESC, teruggenomen, einddatum DESC, reden_sleutel DESC, rid
        ) AS rang
    FROM levering_stap
)
SELECT
    * EXCLUDE (reden_sleutel, dag, verwijdert, herhaling, laatst_verwijderd, teruggenomen, zonder_datum, toegevoegd,
        verwijderd, blijft, rang),
    CASE
        WHEN NOT telt THEN 'opzij'
        WHEN herhaling THEN 'vervangen'
        WHEN NOT blijft THEN 'verwijderd'
        WHEN rang > 1 THEN 'vervangen'
        ELSE 'gebruikt'
    END AS lot,
    CASE
        WHEN telt THEN NULL
        WHEN regel IS NOT NULL THEN regel
        WHEN toewijzingnummer IS NULL THEN 'DK33'
        ELSE 'DK12a'
    END AS lot_regel
FROM gerangschikt;

-- One row per begindatum: whether a start came, and the stop that closes it. A stop brings its own begindatum.
CREATE TEMP TABLE gebeurtenissen AS
SELECT
    gemeente, domein, toewijzingnummer, begindatum,
    bool_or(soort = 'start') AS heeft_start,
    bool_or(soort = 'stop') AS heeft_stop,
    max(einddatum) FILTER (soort = 'stop') AS einddatum,
    max(reden_beeindiging) FILTER (soort = 'stop') AS reden_beeindiging,
    min(berichtdatum) FILTER (soort = 'start') AS start_gemeld,
    min(bron) AS bron, arg_min(bericht_nr, rid) AS bericht_nr, arg_min(nr, rid) AS nr
FROM levering_lot
WHERE lot = 'gebruikt'
GROUP BY ALL;

CREATE TEMP TABLE spell_lot AS
-- Rule 2: a temporary stop that is followed by a later begin is a pause; the spell runs on through it.
WITH pauzes AS (
    SELECT
        *,
        heeft_stop AND coalesce(reden_beeindiging = '20', false)
            AND lead(begindatum) OVER reeks IS NOT NULL AS loopt_door
    FROM gebeurtenissen
    WINDOW reeks AS (PARTITION BY gemeente, domein, toewijzingnummer ORDER BY begindatum)
),
reeksen AS (
    SELECT
        *,
        -- Counted from the end backwards: a series ends with the one that doesn't run on.
        count(*) FILTER (NOT loopt_door) OVER (
            PARTITION BY gemeente, domein, toewijzingnummer ORDER BY begindatum DESC
        ) AS reeks
    FROM pauzes
),
uit_berichten AS (
    SELECT
        gemeente, domein, toewijzingnummer,
        min(begindatum) AS begin,
        any_value(einddatum) FILTER (NOT loopt_door) AS eind,
        any_value(reden_beeindiging) FILTER (NOT loopt_door) AS reden_beeindiging,
        'regiebericht' AS bron
    FROM reeksen
    GROUP BY gemeente, domein, toewijzingnummer, reeks
),
-- Rule 4: no messages at all, so approved declarations, else the toewijzing itself.
uit_rest AS (
    SELECT
        t.gemeente, t.domein, t.toewijzingnummer,
        coalesce(d.eerste, t.ingangsdatum) AS begin,
        CASE WHEN d.eerste IS NULL THEN t.einddatum END AS eind,
        NULL AS reden_beeindiging,
        CASE WHEN d.eerste IS NULL THEN 'toewijzing' ELSE 'declaratie' END AS bron
    FROM toestand t
    ANTI JOIN gebeurtenissen g USING (gemeente, domein, toewijzingnummer)
    LEFT JOIN gedeclareerd d USING (gemeente, domein, toewijzingnummer)
),
-- Rules 3 and 4: what is open ends when the toewijzing ended before the peildatum.
geeindigd AS (
    SELECT
        s.gemeente, s.domein, s.toewijzingnummer, s.begin, s.reden_beeindiging, s.bron AS datumbron_begin,
        p.peildatum,
        s.eind IS NULL AND coalesce(t.einddatum < p.peildatum, false) AS voorbij,
        CASE
            WHEN NOT voorbij THEN s.eind
            WHEN s.bron = 'declaratie' THEN d.laatste
            ELSE t.einddatum
        END AS eind,
        CASE WHEN voorbij AND s.bron = 'regiebericht' THEN 'toewijzing' ELSE s.bron END AS datumbron_eind
    FROM (FROM uit_berichten UNION ALL FROM uit_rest) s
    JOIN toestand t USING (gemeente, domein, toewijzingnummer)
    JOIN peildata p USING (gemeente)
    LEFT JOIN gedeclareerd d USING (gemeente, domein, toewijzingnummer)
),
-- Rule 5: nothing begins or ends after the peildatum, and nothing ends before it begins.
begrensd AS (
    SELECT
        * EXCLUDE (voorbij, eind),
        coalesce(eind < begin, false) AS omgekeerd,
        CASE WHEN greatest(eind, begin) <= peildatum AND eind IS NOT NULL THEN greatest(eind, begin) END AS eind
    FROM geeindigd
    WHERE begin <= peildatum
)
SELECT
    * REPLACE (
        CASE WHEN eind IS NOT NULL THEN reden_beeindiging END AS reden_beeindiging,
        CASE WHEN eind IS NOT NULL THEN datumbron_eind END AS datumbron_eind
    )
FROM begrensd;
