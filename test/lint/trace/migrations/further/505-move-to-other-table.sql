INSERT INTO contacts (id, name, email) SELECT id + 500000, name, email FROM supplier_contacts;
DELETE FROM supplier_contacts;
