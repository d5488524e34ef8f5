ALTER INDEX users_username_idx RENAME TO ix_users_username;
