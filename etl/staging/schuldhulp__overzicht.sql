-- The office's own month report as it stands newest. It holds no persons.
SELECT levering_id, peildatum, maand, soort, maat, aantal, bedrag_eur
FROM raw.schuldhulp__overzicht
