-- after: stg.persoon__stand, stg.persoon__periode, stg.voorziening__venster
-- Per month end, person and household: the laws that they have a provision of, and how many provisions.
-- In the month of the peildatum it is the state of that day. A month is left out when an export of one of the laws does not reach back to it.
-- A provision is an onderdeel that a person is in: two products of one onderdeel are one provision. Two members of a
-- household with the same kind of provision have two.
WITH begin AS (
    SELECT s.peildatum, greatest(max(s.vanaf), max(v.vanaf) FILTER (v.afgekapt)) AS vanaf
    FROM stg.persoon__stand AS s
    LEFT JOIN stg.voorziening__venster AS v
        ON v.wet = s.wet AND v.peildatum = s.bron_peildatum AND v.onderdeel = 'totaal'
    GROUP BY s.peildatum
), maand AS (
    SELECT b.peildatum, CAST(m.maand AS DATE) AS maand, least(last_day(CAST(m.maand AS DATE)), b.peildatum) AS dag
    FROM begin AS b
    CROSS JOIN LATERAL (SELECT unnest(generate_series(b.vanaf, b.peildatum, INTERVAL 1 MONTH)) AS maand) AS m
), persoon AS (
    SELECT m.peildatum, m.maand, p.persoon_nr, any_value(p.huishouden_nr) AS huishouden_nr,
        any_value(p.wijk_code) AS wijk_code, bool_or(p.zonder_adres) AS zonder_adres,
        bit_or(p.wet_bit) FILTER (p.onderdeel = 'totaal') AS wetten,
        count(*) FILTER (p.onderdeel <> 'totaal') AS voorzieningen
    FROM maand AS m
    JOIN stg.persoon__periode AS p ON p.peildatum = m.peildatum AND m.dag BETWEEN p.van AND p.tot
    GROUP BY m.peildatum, m.maand, p.persoon_nr
)
SELECT peildatum, maand, 'persoon' AS eenheid, wijk_code, zonder_adres, wetten, voorzieningen
FROM persoon
UNION ALL
SELECT peildatum, maand, 'huishouden', if(min(wijk_code) = max(wijk_code), min(wijk_code), NULL),
    bool_or(zonder_adres), bit_or(wetten), sum(voorzieningen)
FROM persoon
GROUP BY peildatum, maand, huishouden_nr
