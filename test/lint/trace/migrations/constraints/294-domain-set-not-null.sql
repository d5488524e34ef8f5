-- classes: +blocks-writes-long because all rows are read under SHARE, which a copy without rows does not show
ALTER DOMAIN email_address SET NOT NULL;
