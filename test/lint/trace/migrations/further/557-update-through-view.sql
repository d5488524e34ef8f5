UPDATE active_users SET name = upper(name);
