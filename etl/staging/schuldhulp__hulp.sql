-- after: stg.persoon__nummer
-- Who gets debt aid, from when to when: the dossiers as far as they are about a person, as each delivery has them.
SELECT
    r.peildatum,
    p.nummer AS persoon_nr,
    h.nummer AS huishouden_nr,
    r.soort,
    g.gebied_code AS wijk_code,
    r.ingangsdatum,
    r.einddatum
FROM raw.schuldhulp__dossier AS r
JOIN stg.persoon__nummer AS p ON p.pseudoniem = r.persoon
LEFT JOIN stg.persoon__nummer AS h ON h.pseudoniem = r.huishouden
LEFT JOIN raw.ref_gebieden AS g ON g.gebied_code = r.wijk_code AND g.niveau = 'wijk'
