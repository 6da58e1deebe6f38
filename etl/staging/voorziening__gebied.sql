-- The own gemeente and its wijken: the regions that provisions are counted for.
-- The own gemeente is the one whose wijken stand in the list of regions.
SELECT gebied_code, naam, niveau, ouder_code
FROM raw.ref_gebieden
WHERE niveau = 'wijk'
   OR gebied_code IN (SELECT ouder_code FROM raw.ref_gebieden WHERE niveau = 'wijk')
