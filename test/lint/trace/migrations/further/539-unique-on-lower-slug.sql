CREATE UNIQUE INDEX organizations_slug_lower ON organizations (lower(slug));
