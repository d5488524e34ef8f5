-- title: max_length from 40 to 100
ALTER TABLE "products" ALTER COLUMN "supplier_code" TYPE varchar(100);
