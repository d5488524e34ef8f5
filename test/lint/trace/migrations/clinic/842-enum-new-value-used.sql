-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TYPE bill_state ADD VALUE 'overdue';
UPDATE bills SET state = 'overdue' WHERE state = 'sent' AND due_on < now();
