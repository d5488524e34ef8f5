-- classes: +data-loss because what was written until then is gone
TRUNCATE wishlists RESTART IDENTITY;
