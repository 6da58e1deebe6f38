-- Every pseudonym of a person or a household, by a small number within this build. The one place where all person
-- sources meet: the same pseudonym in two of them is the same person or address, and gets one number.
-- Comparing numbers is many times cheaper than comparing 64 characters, and no pseudonym is needed downstream.
-- Persons and households share one row of numbers, so that a person without a known address can be a household.
SELECT pseudoniem, CAST(row_number() OVER (ORDER BY pseudoniem) AS INTEGER) AS nummer
FROM (
    SELECT persoon AS pseudoniem FROM raw.wmo__toekenning
    UNION SELECT huishouden FROM raw.wmo__toekenning
    UNION SELECT persoon FROM raw.jeugd__toekenning
    UNION SELECT huishouden FROM raw.jeugd__toekenning
    UNION SELECT persoon FROM raw.participatiewet__uitkering
    UNION SELECT huishouden FROM raw.participatiewet__uitkering
    UNION SELECT persoon FROM raw.participatiewet__verstrekking
    UNION SELECT huishouden FROM raw.participatiewet__verstrekking
    UNION SELECT persoon FROM raw.participatiewet__traject
    UNION SELECT huishouden FROM raw.participatiewet__traject
    UNION SELECT persoon FROM raw.schuldhulp__dossier
    UNION SELECT huishouden FROM raw.schuldhulp__dossier
) AS alle
WHERE pseudoniem IS NOT NULL
