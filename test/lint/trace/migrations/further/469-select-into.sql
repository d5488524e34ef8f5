SELECT id, email INTO users_snapshot FROM users;
