-- Savings targets, as they stand newest.
SELECT taakstelling, onderdeel, boekjaar, doel_eur, gerealiseerd_eur, prognose_eur, peildatum
FROM raw.programmas__taakstelling
