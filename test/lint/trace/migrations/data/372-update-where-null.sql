-- title: As the old ORM never set it
UPDATE users SET legacy_role = 'member' WHERE legacy_role IS NULL;
