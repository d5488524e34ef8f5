-- title: Short biographies
-- classes: +data-loss because what comes after the twentieth character is cut off
ALTER TABLE users ALTER COLUMN bio TYPE varchar(20) USING substring(bio from 1 for 20);
