import { servers, type Target, type TestDatabase } from '../servers/databases.ts'
import { full } from './draw.ts'
import { type Move, make, revisions, type SixRevision } from './six.ts'

/** Where moves are disturbed. */
export const crashServers = full ? servers() : servers().slice(-1)

/** The database that a move starts from. It is copied, never changed. */
export type StartOf = (move: Move) => TestDatabase

/** Makes what every move starts from: before each revision, and after it with rows that its downgrade has to care for. */
export async function prepareStarts(target: Target, upTo: SixRevision = 'rename_email_p1'): Promise<StartOf> {
  const before = new Map<SixRevision, TestDatabase>()
  const after = new Map<SixRevision, TestDatabase>()
  let latest = await target.open()
  for (const revision of revisions.slice(0, revisions.indexOf(upTo) + 1)) {
    before.set(revision, latest)
    latest = await target.copy(latest)
    await make({ direction: 'upgrade', revision, to: revision }, latest.url)
    await latest.query(rowsAfter[revision] ?? 'SELECT')
    after.set(revision, latest)
  }
  return ({ direction, revision }) => (direction === 'upgrade' ? before : after).get(revision)!
}

const rowsAfter: { readonly [Revision in SixRevision]?: string } = {
  previous_rev: `
    INSERT INTO organizations (id, name, is_default)
      SELECT md5('organization' || n)::uuid, 'Organization ' || n, n = 1 FROM generate_series(1, 3) n;
    INSERT INTO users (id, email, name, status, preferences, created_at, deleted_at)
      SELECT md5('user' || n)::uuid, n || '@example.com', 'User ' || n,
        (ARRAY['active', 'inactive', 'deleted'])[1 + n % 3]::user_status,
        CASE n % 4 WHEN 0 THEN NULL WHEN 1 THEN '{}' ELSE jsonb_build_object('theme', 'dark', 'size', n, 'none', NULL) END,
        timestamptz '2026-01-01Z' + n * interval '1 hour', CASE n % 3 WHEN 2 THEN timestamptz '2026-02-01Z' END
      FROM generate_series(1, 150) n`,
  migrate_prefs: `
    UPDATE users SET preferences = '{"theme": "light"}' WHERE email LIKE '9%';
    DELETE FROM user_preferences WHERE key = 'none' AND value = 'null' AND user_id IN (SELECT id FROM users WHERE email LIKE '1%')`,
  enum_status: `
    UPDATE users SET status = 'suspended' WHERE email LIKE '2%';
    UPDATE users SET status = 'pending_verification' WHERE email LIKE '3%'`,
  events_partition: `
    INSERT INTO events (id, event_type, user_id, created_at)
      SELECT md5('event' || n)::uuid, 'login', md5('user' || n)::uuid, timestamptz '2025-12-01Z' + n * interval '5 days'
      FROM generate_series(1, 150) n`,
  rename_email_p1: `
    UPDATE users SET email_address = 'new' || email WHERE email LIKE '4%';
    INSERT INTO users (id, email, created_at) VALUES (md5('late')::uuid, 'late@example.com', '2026-03-01Z')`,
}
