-- title: As TypeORM generates it
ALTER TABLE "categories" ADD "createdAt" TIMESTAMP NOT NULL DEFAULT now();
ALTER TABLE "categories" ADD "updatedAt" TIMESTAMP NOT NULL DEFAULT now();
