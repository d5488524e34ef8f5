-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- AlterTable
ALTER TABLE "rooms" ADD COLUMN     "capacity" INTEGER NOT NULL DEFAULT 1,
ALTER COLUMN "name" SET DATA TYPE VARCHAR(80);

-- CreateTable
CREATE TABLE "room_bookings" (
    "id" TEXT NOT NULL,
    "room_id" INTEGER NOT NULL,
    "starts_at" TIMESTAMP(3) NOT NULL,
    CONSTRAINT "room_bookings_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "room_bookings_room_id_idx" ON "room_bookings"("room_id");

-- AddForeignKey
ALTER TABLE "room_bookings" ADD CONSTRAINT "room_bookings_room_id_fkey" FOREIGN KEY ("room_id") REFERENCES "rooms"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
