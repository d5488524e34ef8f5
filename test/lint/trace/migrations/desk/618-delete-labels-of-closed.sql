-- schema: desk.sql
-- rows: desk-rows.sql
DELETE FROM ticket_labels tl USING tickets t WHERE t.id = tl.ticket_id AND t.state = 'closed';
