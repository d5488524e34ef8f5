-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
LOCK TABLE staff IN SHARE ROW EXCLUSIVE MODE;
UPDATE staff SET badge_no = sub.n FROM (SELECT id, row_number() OVER (ORDER BY hired_on, id) AS n FROM staff) sub WHERE sub.id = staff.id;
