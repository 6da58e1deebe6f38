-- after: stg.persoon__stand, stg.voorziening__regel
-- Where each person lives at a peildatum, over all laws: the wijk and the household (address) of the newest provision that
-- says one; what ended long before the first month that is given does not matter. Who has no known address is a household of his own; persons and households share one row of numbers.
WITH plek AS (
    SELECT s.peildatum, r.persoon_nr, r.huishouden_nr, r.wijk_code, r.ingangsdatum
    FROM stg.persoon__stand AS s
    JOIN stg.voorziening__regel AS r ON r.wet = s.wet AND r.peildatum = s.bron_peildatum
    WHERE r.in_zorg AND coalesce(r.einddatum >= s.vanaf - 250, TRUE)
)
SELECT
    peildatum,
    persoon_nr,
    arg_max(wijk_code, (ingangsdatum, wijk_code)) FILTER (wijk_code IS NOT NULL) AS wijk_code,
    coalesce(
        arg_max(huishouden_nr, (ingangsdatum, huishouden_nr)) FILTER (huishouden_nr IS NOT NULL), persoon_nr
    ) AS huishouden_nr,
    count(huishouden_nr) = 0 AS zonder_adres
FROM plek
GROUP BY peildatum, persoon_nr
