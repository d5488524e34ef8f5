-- transaction: none
-- title: The younger of two users of a name loses it, in steps
UPDATE users u SET username = username || '_' || id
  WHERE id BETWEEN 1 AND 20000 AND EXISTS (SELECT FROM users o WHERE o.username = u.username AND o.id < u.id);
UPDATE users u SET username = username || '_' || id
  WHERE id BETWEEN 20001 AND 40000 AND EXISTS (SELECT FROM users o WHERE o.username = u.username AND o.id < u.id);
