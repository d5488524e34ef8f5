-- title: Prisma puts a model's indexes in one migration
-- CreateIndex
CREATE INDEX "orders_category_id_idx" ON "orders"("category_id");

-- CreateIndex
CREATE INDEX "order_items_product_id_idx" ON "order_items"("product_id");

-- CreateIndex
CREATE INDEX "users_created_at_idx" ON "users"("created_at" DESC);
