import { cp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importAlembic } from '../../src/commands/import-alembic.ts'
import { upgrade } from '../../src/index.ts'
import { folder } from '../cli/folder.ts'
import type { TestDatabase } from '../servers/database.ts'
import { servers, type Target, targets } from '../servers/databases.ts'

const byHand = join(import.meta.dirname, '../../examples/six')

/** What the imported six have that those by hand have not, and the other way round; all else is the same. */
const differences: readonly {
  readonly reason: string
  readonly imported: readonly string[]
  readonly byHand: readonly string[]
}[] = [
  {
    reason: 'by hand, every user has an organization, new ones by a default',
    imported: [
      'constraint users fk_users_organization FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE SET NULL',
      'users.organization_id uuid',
    ],
    byHand: [
      'constraint users fk_users_organization FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE SET DEFAULT',
      'function default_organization_id',
      'index organizations_one_default',
      'index users_organization_id_idx',
      'users.organization_id uuid NOT NULL DEFAULT default_organization_id()',
    ],
  },
  {
    reason: 'by hand, a preference stays JSON of any length and is never NULL',
    imported: [
      'user_preferences.created_at timestamp with time zone DEFAULT now()',
      'user_preferences.key character varying(100) NOT NULL',
      'user_preferences.updated_at timestamp with time zone DEFAULT now()',
      'user_preferences.value text',
    ],
    byHand: [
      'user_preferences.created_at timestamp with time zone NOT NULL DEFAULT now()',
      'user_preferences.key text NOT NULL',
      'user_preferences.updated_at timestamp with time zone NOT NULL DEFAULT now()',
      'user_preferences.value jsonb NOT NULL',
    ],
  },
  {
    reason: 'by hand, JSON and table are kept in step',
    imported: [],
    byHand: [
      'function user_preferences_from_json',
      'function user_preferences_to_json',
      'trigger user_preferences user_preferences_to_users',
      'trigger users users_preferences_to_table',
    ],
  },
  {
    reason: 'by hand, the unique constraint’s index is enough',
    imported: ['index idx_user_prefs_user_id'],
    byHand: [],
  },
  {
    reason: 'another name of a foreign key',
    imported: [
      'constraint user_preferences fk_user_prefs_user FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE',
      'constraint events fk_events_user FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE SET NULL',
    ],
    byHand: [
      'constraint user_preferences user_preferences_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE',
      'constraint events events_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE SET NULL',
    ],
  },
  {
    reason: 'by hand, the new labels stand beside those that they are like',
    imported: ['type user_status active, inactive, deleted, suspended, pending_verification'],
    byHand: ['type user_status pending_verification, active, inactive, suspended, deleted'],
  },
  {
    reason: 'by hand, a text has no length that nobody asked for',
    imported: ['events.event_type character varying(100) NOT NULL'],
    byHand: ['events.event_type text NOT NULL'],
  },
  {
    reason: 'by hand, there are partitions for later months and for all other rows',
    imported: [],
    byHand: [
      ...['04', '05', '06', '07', '08', '09', '10', '11', '12'].map(
        (month) => `partition events_2026_${month}`,
      ),
      ...['01', '02', '03', '04', '05', '06'].map((month) => `partition events_2027_${month}`),
      'partition events_default',
    ],
  },
]

const asked = [...servers().slice(-1), ...targets.slice(-1)]

describe.each(asked)('on $name', (target) => {
  test('with --modernise, the six make what those by hand make, but for what these decide besides', async () => {
    await using one = await made(target, 'imported')
    await using other = await made(target, 'by hand')
    const [imported, hand] = [await schemaOf(one.database), await schemaOf(other.database)]
    expect(imported.filter((line) => !hand.includes(line))).toEqual(
      differences.flatMap((difference) => difference.imported).sort(),
    )
    expect(hand.filter((line) => !imported.includes(line))).toEqual(
      differences.flatMap((difference) => difference.byHand).sort(),
    )
    const users = await one.database.query(usersQuery)
    expect(users).toHaveLength(200)
    expect(users).toEqual(await other.database.query(usersQuery))
    const preferences = await one.database.query(importedPreferences)
    expect(preferences.length).toBeGreaterThan(500)
    expect(preferences).toEqual(await other.database.query(preferencesByHand))
  })
})

/** A database in which the six have run, with two hundred users from before them. */
async function made(target: Target, which: 'imported' | 'by hand') {
  const project = await folder({ 'migrations/.keep': '' })
  const database = await target.open()
  const config = { directory: project.directory, database: database.url, lint: 'off' as const }
  const migrations = join(project.directory, 'migrations')
  if (which === 'imported') {
    await importAlembic(config, { path: join(import.meta.dirname, 'six'), modernise: true })
    // Both begin with the same tables.
    await rm(join(migrations, 'previous_rev.ts'))
    await cp(join(byHand, 'migrations/0_previous_rev.ts'), join(migrations, 'previous_rev.ts'))
  } else await cp(join(byHand, 'migrations'), migrations, { recursive: true })
  await upgrade(config, { to: 'previous_rev' })
  const users = await readFile(join(byHand, 'users.sql'), 'utf8')
  await database.query(users.replace('20000', '200'))
  await upgrade(config)
  return {
    database,
    async [Symbol.asyncDispose]() {
      await database.drop()
      await project[Symbol.asyncDispose]()
    },
  }
}

async function schemaOf({ query }: TestDatabase): Promise<readonly string[]> {
  const found = await query<{ line: string }>(schemaQuery)
  return found.map(({ line }) => line).sort()
}

/** All that belongs to no partition, no extension and no ledger. */
const schemaQuery = `
  WITH relations AS (
    SELECT * FROM pg_class WHERE relnamespace = 'public'::regnamespace AND NOT relispartition
  )
  SELECT format('%s.%s %s%s%s', relname, attname, format_type(atttypid, atttypmod),
    CASE WHEN attnotnull THEN ' NOT NULL' END, ' DEFAULT ' || pg_get_expr(adbin, adrelid)) AS line
    FROM relations JOIN pg_attribute ON attrelid = relations.oid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE attnum > 0 AND NOT attisdropped AND relkind IN ('r', 'p')
  UNION ALL SELECT 'partition ' || relname FROM pg_class
    WHERE relispartition AND relkind = 'r' AND relnamespace = 'public'::regnamespace
  UNION ALL SELECT format('constraint %s %s %s', relname, conname, pg_get_constraintdef(pg_constraint.oid))
    FROM pg_constraint JOIN relations ON conrelid = relations.oid WHERE contype <> 'n'
  UNION ALL SELECT 'index ' || relname FROM relations WHERE relkind IN ('i', 'I')
  UNION ALL SELECT format('trigger %s %s', relname, tgname) FROM pg_trigger JOIN relations ON tgrelid = relations.oid WHERE NOT tgisinternal
  UNION ALL SELECT 'function ' || proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
  UNION ALL SELECT format('type %s %s', typname, string_agg(enumlabel, ', ' ORDER BY enumsortorder))
    FROM pg_type JOIN pg_enum ON enumtypid = pg_type.oid GROUP BY typname`

const usersQuery =
  'SELECT id, email, email_address, name, status, preferences, created_at, deleted_at, organization_id FROM users ORDER BY id'

const preferencesByHand = 'SELECT user_id, key, value::text FROM user_preferences ORDER BY user_id, key'

/** The Python makes its `str()` of each value. */
const importedPreferences = `
  SELECT user_id, key, CASE
    WHEN value ~ '^\\[' THEN replace(replace(value, '''', '"'), 'None', 'null')::jsonb
    WHEN value IN ('True', 'False') THEN lower(value)::jsonb
    WHEN value = 'None' THEN 'null'::jsonb
    WHEN value ~ '^\\d+$' THEN value::jsonb
    ELSE to_jsonb(value) END::text AS value
  FROM user_preferences ORDER BY user_id, key`
