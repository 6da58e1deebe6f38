-- The savings target: goal, realised and expected, as it stands newest.
SELECT taakstelling, onderdeel, boekjaar, doel_eur, gerealiseerd_eur, prognose_eur, peildatum
FROM stg.programmas__taakstelling
