-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE appointments ADD CONSTRAINT appointments_room_id_fkey FOREIGN KEY (room_id) REFERENCES rooms (id);
