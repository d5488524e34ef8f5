-- title: An ORM says the type again
ALTER TABLE "docs" ALTER COLUMN "title" SET DATA TYPE TEXT;
