-- The taakvelden of the social domain and the years they are valid, from the reference list; and those that are not in
-- it and that the municipality placed itself ([onderdeel.taakveld] in mapping.toml), from the first year they are used.
WITH gebruikt AS (
    SELECT boekjaar, taakveld, onderdeel FROM stg.k2f__overzicht
    UNION
    SELECT boekjaar, taakveld, onderdeel FROM stg.k2f__journaal
)
SELECT
    taakveld,
    naam,
    CAST(vanaf_jaar AS INTEGER) AS vanaf_jaar,
    CAST(tot_en_met_jaar AS INTEGER) AS tot_en_met_jaar,
    familie,
    domein
FROM raw.ref_taakvelden
UNION ALL
SELECT
    g.taakveld,
    'Eigen taakveld ' || g.taakveld AS naam,
    CAST(min(g.boekjaar) AS INTEGER) AS vanaf_jaar,
    CAST(NULL AS INTEGER) AS tot_en_met_jaar,
    min(o.taakveld_familie) AS familie,
    CASE min(o.wet)
        WHEN 'wmo' THEN 'Wmo' WHEN 'jeugd' THEN 'Jeugd' WHEN 'participatiewet' THEN 'Participatiewet' ELSE 'Overig'
    END AS domein
FROM gebruikt AS g
INNER JOIN mart.dim_onderdeel AS o USING (onderdeel)
WHERE g.taakveld IS NOT NULL AND g.taakveld NOT IN (SELECT taakveld FROM raw.ref_taakvelden)
GROUP BY g.taakveld
