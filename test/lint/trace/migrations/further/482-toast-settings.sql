ALTER TABLE docs SET (toast_tuple_target = 4096, toast.autovacuum_enabled = true);
