-- title: As Django writes AddField with a default
ALTER TABLE "products" ADD COLUMN "is_digital" boolean DEFAULT false NOT NULL;
ALTER TABLE "products" ALTER COLUMN "is_digital" DROP DEFAULT;
