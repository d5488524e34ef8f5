DROP INDEX events_user_id_idx;
