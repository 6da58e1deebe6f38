-- per: peildatum
-- Monthly counts of provisions as they may be published: exact for the gemeente, protected for wijken (a count is secret,
-- see stg.voorziening__geheim, or rounded to 5). Inflow and outflow are of the gemeente only: in a wijk a month's flow is
-- nearly always 0-7, and a row that is always secret says nothing but opens the stocks beside it.
WITH wijk AS (
    SELECT peildatum, maand, wet, onderdeel, gebied_code, reeks, nr, wijk, maat, aantal
    FROM stg.voorziening__cel UNPIVOT (aantal FOR maat IN (aanvraag, toekenning, afwijzing, stand))
), gemeente AS (
    SELECT peildatum, maand, wet, onderdeel, gebied_code, maat, aantal
    FROM (SELECT * FROM stg.voorziening__telling WHERE niveau = 'gemeente')
    UNPIVOT (aantal FOR maat IN (aanvraag, toekenning, afwijzing, instroom, uitstroom, stand))
)
SELECT maand, wet, onderdeel, gebied_code, maat, CAST(aantal AS INTEGER) AS aantal, peildatum FROM gemeente
UNION ALL
SELECT w.maand, w.wet, w.onderdeel, w.gebied_code, w.maat,
    CAST(if(g.wijk IS NULL, 5 * ((w.aantal + 2) // 5), NULL) AS INTEGER) AS aantal, w.peildatum
FROM wijk AS w
LEFT JOIN stg.voorziening__geheim AS g USING (maat, reeks, nr, wijk)
