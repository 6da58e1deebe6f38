-- The taakvelden of the social domain and the years they are valid, from the reference list.
SELECT
    taakveld,
    naam,
    CAST(vanaf_jaar AS INTEGER) AS vanaf_jaar,
    CAST(tot_en_met_jaar AS INTEGER) AS tot_en_met_jaar,
    familie,
    domein
FROM raw.ref_taakvelden
