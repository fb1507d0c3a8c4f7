-- Current state of every toewijzing, who referred, and what the product is (domein §1.5, design §4).
-- In: toewijzingen, retour, verzoeken, verwijzers, producten, verwijzercodes.
-- Out: versies (every row with its lot), koppen (every number ever sent), toestand (what stands).
--
-- The version with the latest (toewijzingsdatum, toewijzingstijd) counts; order of arrival means nothing, and every
-- 301 repeats all that stands. A repeat may drop the reason of change and the reference (IV097, IV099), so these two
-- are no part of what makes versions differ.

-- Versions that the receiver rejected: any retourcode on the class but 0200, 0233 and 8001 (nothing wrong).
CREATE TEMP TABLE afgekeurde_versies AS
SELECT DISTINCT gemeente, domein, toewijzingnummer, toewijzingsdatum, toewijzingstijd
FROM retour
WHERE regel IS NULL AND afkeuring;

CREATE TEMP TABLE versies AS
WITH met_moment AS (
    SELECT
        t.*,
        t.toewijzingsdatum::VARCHAR || 'T' || t.toewijzingstijd AS moment,
        concat_ws(
            chr(31), t.aanbieder_agb, coalesce(t.productcategorie, ''), coalesce(t.productcode, ''),
            t.ingangsdatum, coalesce(t.einddatum::VARCHAR, ''), coalesce(t.volume::VARCHAR, ''),
            coalesce(t.eenheid, ''), coalesce(t.frequentie, ''), coalesce(t.budget_cent::VARCHAR, ''), t.leveringsvorm
        ) AS inhoud,
        coalesce(t.regel, CASE WHEN a.toewijzingnummer IS NOT NULL THEN 'DK32' END) AS lot_regel
    FROM toewijzingen t
    LEFT JOIN afgekeurde_versies a
        USING (gemeente, domein, toewijzingnummer, toewijzingsdatum, toewijzingstijd)
),
-- Among rows of one version: the open or longest first, then by content, never by person (whose pseudonym depends
-- on the key) and by place in the delivery only when all else is equal.
gerangschikt AS (
    SELECT
        *,
        row_number() OVER nieuwste AS rang,
        first_value(moment) OVER nieuwste AS nieuwste_moment,
        first_value(inhoud) OVER nieuwste AS nieuwste_inhoud,
        first_value(persoon) OVER nieuwste AS nieuwste_persoon,
        max(reden_wijziging) OVER (PARTITION BY lot_regel IS NULL, gemeente, domein, toewijzingnummer, moment)
            AS reden_versie
    FROM met_moment
    WINDOW nieuwste AS (
        PARTITION BY lot_regel IS NULL, gemeente, domein, toewijzingnummer
        ORDER BY moment DESC, coalesce(einddatum, DATE '9999-12-31') DESC, inhoud DESC, rid
    )
),
beoordeeld AS (
    SELECT
        *,
        moment = nieuwste_moment AND (inhoud <> nieuwste_inhoud OR persoon <> nieuwste_persoon) AS anders,
        coalesce(reden_versie = '13' OR (reden_versie = '01' AND einddatum = ingangsdatum), false) AS ingetrokken
    FROM gerangschikt
)
SELECT
    * EXCLUDE (lot_regel, nieuwste_moment, nieuwste_inhoud, nieuwste_persoon, reden_versie, anders, ingetrokken),
    CASE
        WHEN lot_regel IS NOT NULL THEN 'opzij'
        WHEN rang = 1 AND ingetrokken THEN 'verwijderd'
        WHEN rang = 1 THEN 'gebruikt'
        WHEN anders THEN 'opzij'
        ELSE 'vervangen'
    END AS lot,
    CASE WHEN lot_regel IS NULL AND rang > 1 AND anders THEN 'DK05' ELSE lot_regel END AS lot_regel
FROM beoordeeld;

-- Versions that may speak: not set aside, except that of two that contradict each other both were really sent.
CREATE TEMP VIEW geldige_versies AS
SELECT * FROM versies WHERE lot <> 'opzij';

CREATE TEMP TABLE koppen AS
WITH alle AS (
    SELECT
        gemeente, domein, toewijzingnummer,
        count(DISTINCT moment)::INTEGER AS versies,
        min(toewijzingsdatum) AS eerste_toewijzingsdatum,
        arg_min(ingangsdatum, moment || ingangsdatum::VARCHAR) AS eerste_ingangsdatum,
        arg_max(reden_wijziging, moment || reden_wijziging) AS laatste_reden
    FROM geldige_versies
    GROUP BY ALL
)
SELECT
    gemeente, domein, toewijzingnummer, v.persoon, v.aanbieder_agb, v.lot = 'verwijderd' AS verwijderd,
    alle.versies, alle.laatste_reden, alle.eerste_toewijzingsdatum, alle.eerste_ingangsdatum
FROM geldige_versies v
JOIN alle USING (gemeente, domein, toewijzingnummer)
WHERE v.rang = 1;

-- How often a next version only moved the end of a number. A budget and a total (frequentie 6) are of the whole
-- validity and grow with it, so there another amount is no change. Repeats of a version don't count.
CREATE TEMP TABLE verlengingen AS
WITH per_versie AS (
    SELECT
        gemeente, domein, toewijzingnummer, moment,
        max(coalesce(einddatum, DATE '9999-12-31')) AS tot,
        max(concat_ws(
            chr(31), v.aanbieder_agb, coalesce(productcategorie, ''), coalesce(productcode, ''), coalesce(eenheid, ''),
            coalesce(frequentie, ''), CASE WHEN frequentie = '6' THEN '' ELSE coalesce(volume::VARCHAR, '') END
        )) AS omvang
    FROM geldige_versies v
    JOIN koppen k USING (gemeente, domein, toewijzingnummer)
    WHERE k.versies > 1
    GROUP BY ALL
)
SELECT gemeente, domein, toewijzingnummer, count(*) FILTER (tot > vorig AND omvang = vorige_omvang)::INTEGER AS verlengd
FROM (
    SELECT *, lag(tot) OVER reeks AS vorig, lag(omvang) OVER reeks AS vorige_omvang
    FROM per_versie
    WINDOW reeks AS (PARTITION BY gemeente, domein, toewijzingnummer ORDER BY moment)
)
GROUP BY ALL;

-- The verwijzer in the newest 315 with a reference that any version carries, and the day of the first one; the
-- earliest such version decides.
CREATE TEMP TABLE verwezen AS
WITH vot AS (
    SELECT
        gemeente, domein, aanbieder_agb, referentie_aanbieder,
        arg_max(
            {'type': verwijzer_type, 'agb': verwijzer_agb},
            coalesce(dagtekening::VARCHAR, '') || verwijzer_type || coalesce(verwijzer_agb, '')
        ) AS verwijzer,
        min(dagtekening) AS verzoekdatum
    FROM verzoeken
    WHERE regel IS NULL AND berichttype = '315' AND verwijzer_type IN (FROM verwijzercodes)
    GROUP BY ALL
)
SELECT
    gemeente, domein, toewijzingnummer,
    arg_min(verwijzer, moment || referentie_aanbieder) AS verwijzer,
    arg_min(verzoekdatum, moment || referentie_aanbieder) AS verzoekdatum
FROM geldige_versies
JOIN vot USING (gemeente, domein, aanbieder_agb, referentie_aanbieder)
GROUP BY ALL;

-- What the back office says: the table verwijzers, or the columns beside the toewijzing.
CREATE TEMP TABLE backoffice AS
WITH alle AS (
    SELECT gemeente, domein, toewijzingnummer, verwijzer_type, verwijzer_agb FROM verwijzers WHERE regel IS NULL
    UNION ALL
    SELECT gemeente, domein, toewijzingnummer, verwijzer_type, verwijzer_agb FROM versies WHERE lot = 'gebruikt'
)
SELECT
    gemeente, domein, toewijzingnummer,
    arg_min({'type': verwijzer_type, 'agb': verwijzer_agb}, verwijzer_type || coalesce(verwijzer_agb, '~')) AS verwijzer
FROM alle
WHERE verwijzer_type IN (FROM verwijzercodes)
GROUP BY ALL;

CREATE TEMP TABLE toestand AS
SELECT
    v.* EXCLUDE (verwijzer_type, verwijzer_agb),
    k.versies,
    coalesce(e.verlengd, 0) AS verlengd,
    k.laatste_reden,
    k.eerste_toewijzingsdatum,
    k.eerste_ingangsdatum,
    w.verzoekdatum,
    p.hulpvorm,
    p.zwaarte,
    p.maatregeltype,
    coalesce(p.sggz, false) AS sggz,
    coalesce(p.deeltijdverblijf, false) AS deeltijdverblijf,
    p.sleutel IS NOT NULL OR v.domein <> 'Jw' AS product_bekend,
    coalesce(w.verwijzer.type, b.verwijzer.type, 'onbekend') AS verwijzer,
    CASE WHEN w.verwijzer IS NOT NULL THEN w.verwijzer.agb ELSE b.verwijzer.agb END AS verwijzer_agb,
    CASE WHEN w.verwijzer IS NOT NULL THEN 'verzoek' WHEN b.verwijzer IS NOT NULL THEN 'backoffice' END
        AS verwijzerbron
FROM versies v
JOIN koppen k USING (gemeente, domein, toewijzingnummer)
LEFT JOIN producten p
    ON v.domein = 'Jw' AND p.sleutel = coalesce(v.productcode, 'categorie ' || v.productcategorie)
LEFT JOIN verwezen w USING (gemeente, domein, toewijzingnummer)
LEFT JOIN verlengingen e USING (gemeente, domein, toewijzingnummer)
LEFT JOIN backoffice b USING (gemeente, domein, toewijzingnummer)
WHERE v.lot = 'gebruikt';
