-- after: stg.persoon__stand, stg.persoon__periode, stg.persoon__adres, stg.voorziening__regel
-- Who became self-reliant, and when: the sixth month without Wmo provision, benefit and debt aid was completed on `dag`.
-- Benefit = an income scheme of the Participatiewet; being helped to work (arbeidsparticipatie) is no benefit, and youth care
-- does not count. A household is self-reliant when none of its members has any of these.
-- Only when Wmo and Participatiewet are both known, and only up to the day that all of them (debt aid too, where it is
-- delivered) are known: a person who may have got debt aid since is not called self-reliant.
-- Who moved out of the gemeente or died is not: known by the reason of the end in the month before, in whichever law.
WITH grens AS (
    SELECT peildatum, min(bron_peildatum) AS bekend_tot
    FROM stg.persoon__stand
    WHERE wet IN ('wmo', 'participatiewet', 'schuldhulp')
    GROUP BY peildatum
    HAVING count(*) FILTER (wet IN ('wmo', 'participatiewet')) = 2
), eenheid AS (
    SELECT p.peildatum, 'persoon' AS eenheid, p.persoon_nr AS nr, p.wijk_code, p.van, p.tot
    FROM stg.persoon__periode AS p
    WHERE (p.wet IN ('wmo', 'schuldhulp') AND p.onderdeel = 'totaal') OR p.onderdeel = 'inkomensregelingen'
    UNION ALL
    SELECT p.peildatum, 'huishouden', p.huishouden_nr, p.wijk_code, p.van, p.tot
    FROM stg.persoon__periode AS p
    WHERE (p.wet IN ('wmo', 'schuldhulp') AND p.onderdeel = 'totaal') OR p.onderdeel = 'inkomensregelingen'
), einde AS (
    SELECT *, max(tot) OVER tot_hier AS laatste, lead(van) OVER (PARTITION BY peildatum, eenheid, nr ORDER BY van, tot) AS weer
    FROM eenheid
    WINDOW tot_hier AS (
        PARTITION BY peildatum, eenheid, nr ORDER BY van, tot ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    )
), vrij AS (
    SELECT e.peildatum, e.eenheid, e.nr, e.wijk_code, e.laatste, CAST(e.laatste + INTERVAL 6 MONTH AS DATE) AS dag
    FROM einde AS e JOIN grens AS g USING (peildatum)
    WHERE e.laatste + INTERVAL 6 MONTH <= g.bekend_tot AND (e.weer IS NULL OR e.weer > e.laatste + INTERVAL 6 MONTH)
), weg AS (
    SELECT s.peildatum, r.persoon_nr, a.huishouden_nr, r.einddatum
    FROM stg.persoon__stand AS s
    JOIN stg.voorziening__regel AS r ON r.wet = s.wet AND r.peildatum = s.bron_peildatum
    JOIN stg.persoon__adres AS a ON a.peildatum = s.peildatum AND a.persoon_nr = r.persoon_nr
    WHERE r.reden_soort IN ('verhuizing', 'overlijden')
)
SELECT v.peildatum, CAST(date_trunc('month', v.dag) AS DATE) AS maand, v.eenheid, v.wijk_code
FROM vrij AS v
WHERE NOT EXISTS (
    SELECT 1 FROM weg AS w
    WHERE w.peildatum = v.peildatum AND if(v.eenheid = 'persoon', w.persoon_nr, w.huishouden_nr) = v.nr
        AND w.einddatum BETWEEN v.laatste - 31 AND v.dag
)
