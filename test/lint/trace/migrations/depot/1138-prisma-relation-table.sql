-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- CreateTable
CREATE TABLE "shipment_tags" (
    "shipment_id" UUID NOT NULL,
    "tag" TEXT NOT NULL,

    CONSTRAINT "shipment_tags_pkey" PRIMARY KEY ("shipment_id","tag")
);

-- CreateIndex
CREATE INDEX "shipment_tags_tag_idx" ON "shipment_tags"("tag");

-- AddForeignKey
ALTER TABLE "shipment_tags" ADD CONSTRAINT "shipment_tags_shipment_id_fkey" FOREIGN KEY ("shipment_id") REFERENCES "shipments"("id") ON DELETE CASCADE ON UPDATE CASCADE;
