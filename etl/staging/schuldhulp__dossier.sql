-- after: stg.persoon__nummer
-- One row per dossier of the debt-aid office, as the delivery of each peildatum has it.
SELECT
    r.peildatum,
    p.nummer AS persoon_nr,
    h.nummer AS huishouden_nr,
    r.soort,
    g.gebied_code AS wijk_code,
    r.aanmelddatum,
    r.ingangsdatum,
    r.einddatum,
    r.resultaat,
    r.schuld_eur
FROM raw.schuldhulp__dossier AS r
JOIN stg.persoon__nummer AS p ON p.pseudoniem = r.persoon
LEFT JOIN stg.persoon__nummer AS h ON h.pseudoniem = r.huishouden
LEFT JOIN raw.ref_gebieden AS g ON g.gebied_code = r.wijk_code AND g.niveau = 'wijk'
