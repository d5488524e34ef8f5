-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- transaction: none
ALTER TABLE appointments ADD CONSTRAINT appointments_room_id_fkey FOREIGN KEY (room_id) REFERENCES rooms (id) ON DELETE SET NULL NOT VALID;
ALTER TABLE appointments VALIDATE CONSTRAINT appointments_room_id_fkey;
