-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE ticket_labels REPLICA IDENTITY FULL;
ALTER PUBLICATION desk_search ADD TABLE ticket_labels;
