-- The own gemeente and its wijken: the regions that provisions are counted for (which gemeente: see the settings).
SELECT gebied_code, naam, niveau, ouder_code
FROM raw.ref_gebieden
WHERE niveau = 'wijk' OR gebied_code IN (SELECT gebied_code FROM raw.ref_eigen_gemeente)
