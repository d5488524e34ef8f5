-- Rows of the marketplace as they may be in production; lint is not shown them. What may be NULL sometimes is, what need not be unique sometimes is not, and values mean something.
INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
SELECT md5('m' || n)::uuid::text, md5(n::text) || md5((n + 1)::text), CASE WHEN n % 60 > 0 THEN timestamptz '2024-01-01 00:00+00' + n * interval '1 day' END, 'step_' || n,
  timestamptz '2024-01-01 00:00+00' + n * interval '1 day', 1
FROM generate_series(1, 120) n;
INSERT INTO "User" ("id", "email", "name", "passwordHash", "role", "phone", "country", "rating", "isVerified", "bannedUntil", "settings", "createdAt", "updatedAt")
SELECT 'cu' || md5('user' || n), 'Person' || n || '@Mail.test', CASE WHEN n % 5 > 0 THEN 'First Last' || n % 400 END, CASE WHEN n % 4 > 0 THEN md5(n::text) END,
  (ARRAY['USER', 'USER', 'SELLER', 'SELLER', 'MODERATOR', 'ADMIN'])[1 + n % 6]::"Role", CASE WHEN n % 3 > 0 THEN '+33 1 ' || 10000 + n % 500 END,
  CASE WHEN n % 4 > 0 THEN (ARRAY['FR', 'DE', 'ES'])[1 + n % 3] END, n % 50 / 10.0, n % 3 = 0, CASE WHEN n % 40 = 0 THEN timestamp '2026-09-01' END,
  CASE WHEN n % 3 > 0 THEN '{"theme": "dark"}'::jsonb END, timestamp '2024-01-01' + n * interval '9 hours', timestamp '2025-01-01' + n * interval '9 hours'
FROM generate_series(1, 800) n;
INSERT INTO "Account" ("id", "userId", "provider", "providerAccountId", "refresh_token", "expires_at")
SELECT 'ca' || n, 'cu' || md5('user' || 1 + n % 700), (ARRAY['google', 'github'])[1 + n % 2], 'p' || n, CASE WHEN n % 2 = 0 THEN md5(n::text) END, CASE WHEN n % 3 > 0 THEN 1700000000 + n END
FROM generate_series(1, 600) n;
INSERT INTO "Session" ("id", "sessionToken", "userId", "expires")
SELECT 'cs' || n, md5('session' || n), 'cu' || md5('user' || 1 + n % 700), timestamp '2026-01-01' + n * interval '3 hours' FROM generate_series(1, 900) n;
INSERT INTO "Category" ("id", "name", "slug", "parentId")
SELECT n * 2, 'Category ' || n % 150, 'category-' || n, CASE WHEN n > 12 THEN (1 + n % 12) * 2 END FROM generate_series(1, 210) n;
INSERT INTO "Listing" ("id", "sellerId", "categoryId", "title", "description", "price", "currency", "quantity", "status", "images", "attributes", "viewCount", "publishedAt", "createdAt", "updatedAt")
SELECT 'cl' || n, 'cu' || md5('user' || 1 + n % 750), CASE WHEN n % 6 > 0 THEN (1 + n % 200) * 2 END, repeat('Nice thing ', 1 + n % 9) || n % 700, CASE WHEN n % 4 > 0 THEN 'As new. ' || n % 500 END,
  1 + n % 300 + 0.95, CASE WHEN n % 9 = 0 THEN 'CHF' ELSE 'EUR' END, n % 4, (ARRAY['DRAFT', 'ACTIVE', 'ACTIVE', 'SOLD', 'REMOVED'])[1 + n % 5]::"ListingStatus",
  CASE WHEN n % 3 > 0 THEN ARRAY['https://img.test/' || n || '.png'] END, CASE WHEN n % 2 = 0 THEN '{"size": "M"}' ELSE '{}' END::jsonb, n % 900,
  CASE WHEN n % 5 > 0 THEN timestamp '2025-02-01' + n * interval '2 hours' END, timestamp '2025-01-01' + n * interval '2 hours', timestamp '2025-03-01' + n * interval '2 hours'
FROM generate_series(1, 1400) n;
INSERT INTO "Tag" ("id", "label") SELECT n, 'tag ' || n FROM generate_series(1, 220) n;
INSERT INTO "_ListingToTag" ("A", "B") SELECT 'cl' || n, 1 + n % 210 FROM generate_series(1, 1300) n;
INSERT INTO "Order" ("id", "buyerId", "status", "total", "fee", "shippingAddress", "stripeId", "placedAt", "shippedAt")
SELECT n * 3, 'cu' || md5('user' || 1 + n % 760), (ARRAY['PENDING', 'PAID', 'SHIPPED', 'DELIVERED', 'REFUNDED'])[1 + n % 5]::"OrderStatus", 5 + n % 400 + 0.5,
  CASE WHEN n % 4 > 0 THEN n % 20 + 0.25 END, CASE WHEN n % 5 > 0 THEN jsonb_build_object('city', 'Paris', 'zip', '75001') END, CASE WHEN n % 3 > 0 THEN 'pi_' || n % 880 END,
  timestamp '2025-04-01' + n * interval '3 hours', CASE WHEN n % 5 IN (2, 3) THEN timestamp '2025-04-03' + n * interval '3 hours' END
FROM generate_series(1, 1100) n;
INSERT INTO "OrderItem" ("id", "orderId", "listingId", "quantity", "unitPrice")
SELECT n, (1 + n % 1090) * 3, 'cl' || 1 + n % 1390, 1 + n % 3, 4 + n % 90 + 0.5 FROM generate_series(1, 1600) n;
INSERT INTO "Review" ("id", "orderId", "authorId", "stars", "body", "hidden", "createdAt")
SELECT 'cr' || n, n * 3, CASE WHEN n % 90 = 7 THEN 'gone' ELSE 'cu' || md5('user' || 1 + n % 760) END, 1 + n % 5, CASE WHEN n % 3 > 0 THEN 'Good seller. ' || n % 90 END, CASE WHEN n % 4 > 0 THEN n % 12 = 1 END,
  timestamp '2025-05-01' + n * interval '5 hours'
FROM generate_series(1, 500) n;
INSERT INTO "Conversation" ("id", "listingId", "lastMessageAt")
SELECT 'cc' || n, CASE WHEN n % 8 > 0 THEN 'cl' || 1 + n % 1390 END, CASE WHEN n % 7 > 0 THEN timestamp '2025-06-01' + n * interval '4 hours' END FROM generate_series(1, 400) n;
INSERT INTO "Message" ("id", "conversationId", "senderId", "body", "readAt", "sentAt")
SELECT n, 'cc' || 1 + n % 390, 'cu' || md5('user' || 1 + n % 760), 'Hello ' || n % 600, CASE WHEN n % 3 > 0 THEN timestamp '2025-06-02' + n * interval '1 hour' END, timestamp '2025-06-01' + n * interval '1 hour'
FROM generate_series(1, 1800) n;
INSERT INTO "WalletEntry" ("id", "userId", "amountCents", "kind", "reference", "createdAt")
SELECT n, CASE WHEN n % 80 = 5 THEN 'gone' ELSE 'cu' || md5('user' || 1 + n % 760) END, 100 * (n % 200) - 5000, (ARRAY['payout', 'sale', 'fee'])[1 + n % 3], CASE WHEN n % 4 > 0 THEN 'order-' || n % 900 END, timestamp '2025-04-01' + n * interval '2 hours'
FROM generate_series(1, 1300) n;
SELECT setval(pg_get_serial_sequence(quote_ident(t), 'id'), 10000000) FROM unnest(ARRAY['Category', 'Tag', 'Order', 'OrderItem', 'Message', 'WalletEntry']) t;
