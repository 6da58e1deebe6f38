-- per: peildatum (the newest in full)
-- Unique persons and households by the laws they have a provision of: exact for the gemeente, protected for wijken by the
-- rule of indicators/core/disclosure.py (a test proves that both give the same): 0-7 is secret, where one wijk only is
-- secret the next smallest is too (else gemeente minus the others would give it), and the rest is rounded to 5.
WITH reeks AS (
    SELECT peildatum, maand, eenheid, maat, combinatie, count(*) FILTER (aantal <= 7) AS geheim,
        arg_min(gebied_code, (aantal, gebied_code)) FILTER (aantal > 7) AS volgende
    FROM stg.persoon__stapeling WHERE niveau = 'wijk' GROUP BY ALL
)
SELECT
    s.maand,
    s.gebied_code,
    s.eenheid,
    s.maat,
    s.combinatie,
    CAST(CASE
        WHEN s.niveau = 'gemeente' THEN s.aantal
        WHEN s.aantal > 7 AND NOT (r.geheim = 1 AND s.gebied_code = r.volgende) THEN 5 * round(s.aantal / 5.0)
    END AS INTEGER) AS aantal,
    s.peildatum
FROM stg.persoon__stapeling AS s
LEFT JOIN reeks AS r USING (peildatum, maand, eenheid, maat, combinatie)
