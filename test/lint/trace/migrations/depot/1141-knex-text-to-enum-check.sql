-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
alter table "staff" add constraint "staff_role_check" check ("role" in ('driver', 'dispatcher', 'admin', 'clerk'));
