-- after: stg.persoon__maand, stg.persoon__zelfredzaam, stg.persoon__stand, stg.voorziening__gebied, stg.voorziening__venster
-- Exact counts of persons and households by the laws they have a provision of (work database only; the mart publishes
-- them protected). The whole gemeente has every combination of laws; wijken have totals only, since nearly every
-- combination would be secret there, and one that is not would help to find the others.
WITH gemeente AS (
    SELECT gebied_code FROM stg.voorziening__gebied WHERE niveau = 'gemeente'
), cijfer AS (
    SELECT peildatum, maand, eenheid, wijk_code, 'stand' AS maat,
        concat_ws('+', if(wetten & 1 > 0, 'wmo', NULL), if(wetten & 2 > 0, 'jeugd', NULL),
            if(wetten & 4 > 0, 'participatiewet', NULL), if(wetten & 8 > 0, 'schuldhulp', NULL)) AS combinatie
    FROM stg.persoon__maand WHERE wetten > 0
    UNION ALL
    SELECT peildatum, maand, eenheid, wijk_code, 'stand', 'alle' FROM stg.persoon__maand WHERE wetten > 0
    UNION ALL
    SELECT peildatum, maand, eenheid, wijk_code, 'meervoudig', 'alle' FROM stg.persoon__maand WHERE voorzieningen > 1
    UNION ALL
    SELECT peildatum, maand, eenheid, wijk_code, 'integraal_aanbod', 'alle'
    FROM stg.persoon__maand WHERE bit_count(wetten) > 1
    UNION ALL
    SELECT peildatum, maand, eenheid, wijk_code, 'zonder_adres', 'alle'
    FROM stg.persoon__maand WHERE zonder_adres AND eenheid = 'huishouden' AND wetten > 0
    UNION ALL
    SELECT peildatum, maand, eenheid, wijk_code, 'zelfredzaam', 'alle' FROM stg.persoon__zelfredzaam
), zelfredzaam_bekend AS (
    -- Up to the day that every law is known, and from half a year after the last cut in their exports: who left before a
    -- cut is not in the file.
    SELECT s.peildatum, date_trunc('month', min(s.bron_peildatum)) AS tot_en_met,
        coalesce(max(v.vanaf) FILTER (v.afgekapt) + INTERVAL 6 MONTH, DATE '1900-01-01') AS vanaf
    FROM stg.persoon__stand AS s
    LEFT JOIN stg.voorziening__venster AS v
        ON v.wet = s.wet AND v.peildatum = s.bron_peildatum AND v.onderdeel = 'totaal'
    WHERE s.wet IN ('wmo', 'participatiewet', 'schuldhulp')
    GROUP BY s.peildatum HAVING count(DISTINCT s.wet) FILTER (s.wet IN ('wmo', 'participatiewet')) = 2
), maand AS (
    SELECT DISTINCT peildatum, maand, eenheid FROM stg.persoon__maand
), rooster AS (
    SELECT m.*, w.maat, 'alle' AS combinatie, g.gebied_code, g.niveau
    FROM maand AS m
    CROSS JOIN (VALUES ('stand'), ('meervoudig'), ('integraal_aanbod'), ('zelfredzaam')) AS w (maat)
    CROSS JOIN stg.voorziening__gebied AS g
    LEFT JOIN zelfredzaam_bekend AS z USING (peildatum)
    WHERE w.maat <> 'zelfredzaam' OR m.maand BETWEEN z.vanaf AND z.tot_en_met
    UNION ALL
    SELECT DISTINCT c.peildatum, c.maand, c.eenheid, c.maat, c.combinatie, g.gebied_code, 'gemeente'
    FROM cijfer AS c CROSS JOIN gemeente AS g
    WHERE c.combinatie <> 'alle' OR c.maat = 'zonder_adres'
), telling AS (
    SELECT peildatum, maand, eenheid, maat, combinatie,
        coalesce(if(grouping(wijk_code) = 1, (SELECT gebied_code FROM gemeente), wijk_code), '') AS gebied_code,
        count(*) AS aantal
    FROM cijfer
    GROUP BY GROUPING SETS (
        (peildatum, maand, eenheid, maat, combinatie, wijk_code), (peildatum, maand, eenheid, maat, combinatie))
)
SELECT r.peildatum, r.maand, r.gebied_code, r.niveau, r.eenheid, r.maat, r.combinatie,
    CAST(coalesce(t.aantal, 0) AS INTEGER) AS aantal
FROM rooster AS r
LEFT JOIN telling AS t USING (peildatum, maand, eenheid, maat, combinatie, gebied_code)
