-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
UPDATE visits SET vitals = vitals - 'rr' || jsonb_build_object('blood_pressure', vitals -> 'rr') WHERE vitals ? 'rr';
