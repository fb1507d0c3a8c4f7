-- Persons and measures.
-- In: clienten, toewijzingen, maatregelen, verzoeken, uitkomsten, pgb, toestand, spell_lot.
-- Out: geboortejaren, personen, maatregel_lot, maatregelen_alle.

CREATE TEMP TABLE geboortejaren AS
SELECT
    gemeente, persoon,
    count(DISTINCT geboortejaar) AS jaren,
    min(bron) AS bron, arg_min(bericht_nr, rid) AS bericht_nr, arg_min(nr, rid) AS nr
FROM clienten
WHERE regel IS NULL
GROUP BY gemeente, persoon;

-- The number follows the order of the pseudonyms, so it says nothing about the BSN.
CREATE TEMP TABLE personen AS
WITH alle AS (
    SELECT persoon FROM clienten WHERE regel IS NULL
    UNION SELECT persoon FROM toewijzingen WHERE regel IS NULL
    UNION SELECT persoon FROM maatregelen WHERE regel IS NULL
    UNION SELECT persoon FROM verzoeken WHERE regel IS NULL AND persoon IS NOT NULL
    UNION SELECT persoon FROM uitkomsten WHERE regel IS NULL
    UNION SELECT persoon FROM pgb WHERE regel IS NULL
),
kenmerken AS (
    SELECT
        persoon,
        max(geboortejaar) AS geboortejaar,
        coalesce(min(geslacht) FILTER (geslacht IN ('1', '2')), min(geslacht)) AS geslacht
    FROM clienten
    WHERE regel IS NULL
    GROUP BY persoon
)
SELECT row_number() OVER (ORDER BY persoon)::INTEGER AS persoon_nr, persoon, geboortejaar, geslacht
FROM alle
LEFT JOIN kenmerken USING (persoon);

CREATE TEMP TABLE maatregel_lot AS
SELECT
    *,
    CASE
        WHEN regel IS NOT NULL THEN 'opzij'
        WHEN row_number() OVER (
            PARTITION BY regel IS NULL, gemeente, persoon, type, begindatum, einddatum, machtiging_type,
                machtiging_van, machtiging_tot
            ORDER BY rid
        ) > 1 THEN 'vervangen'
        ELSE 'gebruikt'
    END AS lot,
    regel AS lot_regel
FROM maatregelen;

-- A product that is a measure (48A01: ondertoezichtstelling) says so for as long as it is delivered.
CREATE TEMP TABLE maatregelen_alle AS
SELECT
    gemeente, persoon, type, begindatum AS begin, einddatum AS eind, machtiging_type,
    machtiging_van AS machtiging_begin, machtiging_tot AS machtiging_eind
FROM maatregel_lot
WHERE lot = 'gebruikt'
UNION ALL
SELECT s.gemeente, t.persoon, t.maatregeltype, s.begin, s.eind, NULL, NULL, NULL
FROM spell_lot s
JOIN toestand t USING (gemeente, domein, toewijzingnummer)
WHERE t.maatregeltype IS NOT NULL;
