-- title: Only the first of each title stays
DELETE FROM docs a USING docs b WHERE a.title = b.title AND a.id > b.id AND NOT a.locked;
