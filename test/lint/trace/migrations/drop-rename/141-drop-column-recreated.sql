-- title: Generated when the type of a field was changed in the model
-- AlterTable
ALTER TABLE "products" DROP COLUMN "weight_g",
ADD COLUMN     "weight_g" DOUBLE PRECISION;
