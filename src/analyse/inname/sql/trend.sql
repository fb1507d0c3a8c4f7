-- Totals that outlive a delivery, and what other sources say of the same: counts and euros, never a person.
-- In: the views basis_* (uitvoer.sql), peildata. Out: telling_maand, aanloop, jaargeld.

-- Per gemeente, table and month of what happened: rows, persons, approved eurocents.
CREATE TEMP TABLE telling_maand AS
WITH gebeurd AS (
    SELECT gemeente, 'toewijzingen' AS tabel, ingangsdatum AS dag, persoon_nr, NULL::BIGINT AS cent
    FROM basis_toewijzingen
    UNION ALL SELECT gemeente, 'begonnen hulp', begin, persoon_nr, NULL FROM basis_spells
    UNION ALL SELECT gemeente, 'beëindigde hulp', eind, persoon_nr, NULL FROM basis_spells WHERE eind IS NOT NULL
    UNION ALL SELECT gemeente, 'verzoeken', dagtekening, persoon_nr, NULL FROM basis_verzoeken
    UNION ALL
    SELECT gemeente, 'declaraties', maand, persoon_nr, CASE WHEN toegekend THEN bedrag_cent ELSE 0 END
    FROM basis_declaraties
    UNION ALL SELECT gemeente, 'uitkomsten', einddatum, persoon_nr, NULL FROM basis_uitkomsten
    UNION ALL SELECT gemeente, 'maatregelen', begin, persoon_nr, NULL FROM basis_maatregelen
    UNION ALL
    -- Only months; a budget by the half-year or year has no month.
    SELECT gemeente, 'pgb', try_cast(periode || '-01' AS DATE), persoon_nr, bedrag_cent FROM basis_pgb
)
SELECT
    gemeente, tabel, strftime(dag, '%Y-%m') AS maand,
    count(*)::BIGINT AS rijen,
    count(DISTINCT persoon_nr)::BIGINT AS personen,
    sum(cent)::BIGINT AS euro_cent
FROM gebeurd
WHERE dag IS NOT NULL
GROUP BY ALL
ORDER BY ALL;

-- Declared amounts by month of help and month of declaration, as running numbers (year × 12 + month − 1).
CREATE TEMP TABLE aanloop AS
SELECT
    gemeente,
    (year(maand) * 12 + month(maand) - 1)::BIGINT AS periode,
    (year(dagtekening) * 12 + month(dagtekening) - 1)::BIGINT AS gemeld,
    sum(bedrag_cent)::BIGINT AS cent
FROM basis_declaraties
WHERE toegekend AND dagtekening IS NOT NULL
GROUP BY ALL
ORDER BY ALL;

-- Youth taakvelden of the ledger (Iv3: 6.72 to 6.76 and 6.82), beside what was declared for help in that year.
CREATE TEMP TABLE jaargeld AS
WITH boek AS (
    SELECT gemeente, jaar, sum(werkelijk_cent)::BIGINT AS werkelijk
    FROM basis_begroting
    WHERE regexp_matches(taakveld, '^6\.(7[2-6]|82)') AND werkelijk_cent IS NOT NULL
    GROUP BY ALL
),
gedeclareerd AS (
    SELECT gemeente, year(maand) AS jaar, sum(bedrag_cent)::BIGINT AS declaraties
    FROM basis_declaraties
    WHERE toegekend AND domein = 'Jw'
    GROUP BY ALL
)
SELECT gemeente, jaar, werkelijk, coalesce(declaraties, 0) AS declaraties
FROM boek
JOIN peildata USING (gemeente)
LEFT JOIN gedeclareerd USING (gemeente, jaar)
WHERE jaar < year(peildatum) AND werkelijk > 0
ORDER BY ALL;
