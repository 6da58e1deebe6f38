-- per: peildatum (the newest in full)
-- Unique persons and households by the laws they have a provision of: exact for the gemeente, protected for wijken by the
-- rule of indicators/core/disclosure.py (a test proves that both give the same): 0-7 is secret, where one wijk is the next
-- smallest are too until two or more share at least 7 (else gemeente minus the others would give it), and the rest is
-- rounded to 5. Where all persons or households with a provision are secret, those with several are too.
WITH cel AS (
    SELECT *, aantal <= 7 OR (maat IN ('meervoudig', 'integraal_aanbod') AND bool_or(maat = 'stand' AND aantal <= 7)
        OVER (PARTITION BY peildatum, maand, eenheid, gebied_code)) AS klein
    FROM stg.persoon__stapeling WHERE niveau = 'wijk'
), geheim AS (
    SELECT peildatum, maand, eenheid, maat, combinatie, gebied_code
    FROM cel
    WINDOW reeks AS (PARTITION BY peildatum, maand, eenheid, maat, combinatie),
        volg AS (PARTITION BY peildatum, maand, eenheid, maat, combinatie ORDER BY NOT klein, aantal, gebied_code
            ROWS UNBOUNDED PRECEDING)
    QUALIFY klein OR (bool_or(klein) OVER reeks AND (row_number() OVER volg <= 2 OR sum(aantal) OVER volg - aantal < 7))
)
SELECT
    s.maand,
    s.gebied_code,
    s.eenheid,
    s.maat,
    s.combinatie,
    CAST(CASE
        WHEN s.niveau = 'gemeente' THEN s.aantal
        WHEN g.maat IS NULL THEN 5 * ((s.aantal + 2) // 5)
    END AS INTEGER) AS aantal,
    s.peildatum
FROM stg.persoon__stapeling AS s
LEFT JOIN geheim AS g USING (peildatum, maand, eenheid, maat, combinatie, gebied_code)
