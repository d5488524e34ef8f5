-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- CreateIndex
CREATE UNIQUE INDEX "practitioners_email_key" ON "practitioners"("email");
