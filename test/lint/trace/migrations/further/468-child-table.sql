CREATE TABLE partner_contacts (partner_id bigint) INHERITS (contacts);
