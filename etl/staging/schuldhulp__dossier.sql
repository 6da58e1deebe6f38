-- One row per dossier of the debt-aid office, as the delivery of each peildatum has it, without the person.
SELECT levering_id, peildatum, soort, ingangsdatum, einddatum, resultaat, schuld_eur
FROM raw.schuldhulp__dossier
