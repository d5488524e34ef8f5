-- schema: desk.sql
-- rows: desk-rows.sql
DELETE FROM attachments a WHERE NOT EXISTS (SELECT 1 FROM ticket_messages m WHERE m.id = a.message_id);
