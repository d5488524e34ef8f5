ALTER TABLE supplier_contacts NO INHERIT contacts;
