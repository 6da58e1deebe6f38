-- after: stg.persoon__stand, stg.persoon__adres, stg.voorziening__groep, stg.voorziening__periode
-- Periods in care of all laws together at a peildatum: per law ('totaal') and per onderdeel, by person and by household.
-- What ended over half a year before the first month that is given (stg.persoon__stand) says nothing about it: who became
-- self-reliant in that month left half a year before. `wet_bit` makes a combination of laws a number: wmo 1, jeugd 2, participatiewet 4, schuldhulp 8.
WITH periode AS (
    SELECT s.peildatum, g.wet, g.onderdeel, p.persoon_nr, p.van, p.tot
    FROM stg.persoon__stand AS s
    JOIN stg.voorziening__periode AS p ON p.peildatum = s.bron_peildatum
    JOIN stg.voorziening__groep AS g ON g.groep_nr = p.groep_nr AND g.wet = s.wet
    WHERE g.niveau = 'gemeente' AND g.kenmerk = '' AND p.tot >= s.vanaf - 250
)
SELECT
    p.peildatum, p.wet,
    CASE p.wet WHEN 'wmo' THEN 1 WHEN 'jeugd' THEN 2 WHEN 'participatiewet' THEN 4 ELSE 8 END AS wet_bit,
    p.onderdeel, p.persoon_nr, a.huishouden_nr, a.wijk_code, a.zonder_adres, p.van, p.tot
FROM periode AS p JOIN stg.persoon__adres AS a USING (peildatum, persoon_nr)
