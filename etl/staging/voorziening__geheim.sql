-- after: stg.voorziening__cel
-- Which counts of wijken are secret (work database only). The rule itself is indicators/core/disclosure_tables.py, which
-- SQL knows as geheime_cellen; docs/onthulling.md says why it is as it is. Months of a stock hang together; lines do not.
WITH lang AS (
    SELECT blad, reeks, nr, wijk, maat, aantal, erin, eruit
    FROM stg.voorziening__cel UNPIVOT (aantal FOR maat IN (aanvraag, toekenning, afwijzing, stand))
), lijst AS (
    SELECT maat, list(reeks) AS reeks, list(nr) AS nr, list(wijk) AS wijk, list(CAST(aantal AS INTEGER)) AS aantal,
        if(maat = 'stand', list(CAST(coalesce(erin, -1) AS INTEGER)), []) AS erin,
        if(maat = 'stand', list(CAST(coalesce(eruit, -1) AS INTEGER)), []) AS eruit
    FROM lang GROUP BY blad, maat
), cel AS (
    SELECT maat, unnest(reeks) AS reeks, unnest(nr) AS nr, unnest(wijk) AS wijk,
        unnest(geheime_cellen(reeks, nr, wijk, aantal, erin, eruit, maat = 'stand')) AS geheim
    FROM lijst
)
SELECT maat, reeks, nr, wijk FROM cel WHERE geheim
