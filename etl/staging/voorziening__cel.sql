-- after: stg.voorziening__telling
-- The counts of wijken with short numbers for what they are counted of (work database only): what is secret is decided in
-- arrays, and numbers are their places.
-- erin, eruit: inflow and outflow of the gemeente in that month, which are published beside the stocks of wijken.
-- blad: one law at one peildatum; reeks: one onderdeel of it, 'totaal' the last; wijk: in order of code; nr: month.
WITH reeksen AS (
    SELECT peildatum, wet, onderdeel, CAST(row_number() OVER (ORDER BY peildatum, wet, onderdeel = 'totaal', onderdeel) AS INTEGER) AS reeks,
        CAST(dense_rank() OVER (ORDER BY peildatum, wet) AS INTEGER) AS blad
    FROM (SELECT DISTINCT peildatum, wet, onderdeel FROM stg.voorziening__telling)
), wijken AS (
    SELECT gebied_code, CAST(row_number() OVER (ORDER BY gebied_code) AS INTEGER) AS wijk
    FROM (SELECT DISTINCT gebied_code FROM stg.voorziening__telling WHERE niveau = 'wijk')
)
SELECT t.*, r.reeks, r.blad, w.wijk,
    CAST(12 * year(t.maand) + month(t.maand) AS INTEGER) AS nr, g.instroom AS erin, g.uitstroom AS eruit
FROM stg.voorziening__telling AS t
JOIN (SELECT * FROM stg.voorziening__telling WHERE niveau = 'gemeente') AS g USING (peildatum, maand, wet, onderdeel)
JOIN reeksen AS r USING (peildatum, wet, onderdeel)
JOIN wijken AS w ON w.gebied_code = t.gebied_code
