-- title: The lookup is loaded again
CREATE TABLE carriers (code text PRIMARY KEY, name text NOT NULL);
INSERT INTO carriers VALUES ('dhl', 'DHL');
TRUNCATE carriers;
INSERT INTO carriers VALUES ('dhl', 'DHL'), ('ups', 'UPS'), ('dpd', 'DPD');
