DELETE FROM users WHERE status = 'deleted';
