-- title: Addresses are compared in lower case from now on
UPDATE users SET email = lower(email) WHERE email <> lower(email);
