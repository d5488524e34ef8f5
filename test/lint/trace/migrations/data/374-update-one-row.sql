UPDATE settings SET value = 'CHF', updated_at = now() WHERE key = 'shop.currency';
