DELETE FROM settings WHERE key = 'mail.sender';
