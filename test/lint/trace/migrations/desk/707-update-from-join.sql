-- schema: desk.sql
-- rows: desk-rows.sql
UPDATE tickets t SET team_id = a.team_id FROM agents a WHERE a.id = t.assignee_id AND t.team_id IS DISTINCT FROM a.team_id;
