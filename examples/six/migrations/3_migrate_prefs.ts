/** Move user preferences from JSON to a table of their own, with both kept in step. */
import type { Operations } from 'limbeck'

export const revision = 'migrate_prefs'
export const downRevision = 'idx_user_search'
export const branchLabels = null
export const dependsOn = null
export const createDate = '2026-01-17T00:00:00Z'

type User = { id: string; preferences: Record<string, unknown> }

export function upgrade(op: Operations) {
  op.assert({
    that: op.sql`NOT EXISTS (SELECT 1 FROM users WHERE jsonb_typeof(preferences) <> 'object')`,
    message:
      'users.preferences holds something that is no JSON object (an array, a string, null): decide what it means first',
  })
  op.createTable({
    name: 'user_preferences',
    columns: [
      { name: 'id', type: 'uuid', primaryKey: true, default: op.sql`gen_random_uuid()` },
      {
        name: 'user_id',
        type: 'uuid',
        notNull: true,
        references: { table: 'users', column: 'id', onDelete: 'CASCADE' },
      },
      { name: 'key', type: 'text', notNull: true },
      { name: 'value', type: 'jsonb', notNull: true },
      { name: 'created_at', type: 'timestamptz', notNull: true, default: op.sql`now()` },
      { name: 'updated_at', type: 'timestamptz', notNull: true, default: op.sql`now()` },
    ],
    constraints: [{ name: 'uq_user_prefs_user_key', unique: { columns: ['user_id', 'key'] } }],
  })

  // Whoever writes one of the two, the old application or the new, the other follows in the same transaction.
  op.createFunction({
    name: 'user_preferences_from_json',
    returns: 'trigger',
    language: 'plpgsql',
    set: { search_path: 'public' },
    body: `
BEGIN
  IF NEW.preferences IS NOT NULL AND jsonb_typeof(NEW.preferences) <> 'object' THEN
    RAISE EXCEPTION 'users.preferences has to be a JSON object' USING ERRCODE = 'check_violation';
  END IF;
  DELETE FROM user_preferences WHERE user_id = NEW.id AND NOT coalesce(NEW.preferences, '{}') ? key;
  INSERT INTO user_preferences (user_id, key, value)
    SELECT NEW.id, key, value FROM jsonb_each(coalesce(NEW.preferences, '{}'))
    ON CONFLICT (user_id, key) DO UPDATE SET value = excluded.value, updated_at = now()
    WHERE user_preferences.value IS DISTINCT FROM excluded.value;
  RETURN NULL;
END`,
  })
  op.createTrigger({
    table: 'users',
    name: 'users_preferences_to_table',
    when: 'after',
    events: ['insert', { updateOf: ['preferences'] }],
    forEach: 'row',
    execute: { function: 'user_preferences_from_json' },
  })
  op.createFunction({
    name: 'user_preferences_to_json',
    returns: 'trigger',
    language: 'plpgsql',
    set: { search_path: 'public' },
    body: `
BEGIN
  IF TG_OP <> 'INSERT' THEN
    UPDATE users SET preferences = preferences - OLD.key WHERE id = OLD.user_id AND preferences ? OLD.key
      AND (TG_OP = 'DELETE' OR (OLD.user_id, OLD.key) IS DISTINCT FROM (NEW.user_id, NEW.key));
  END IF;
  IF TG_OP <> 'DELETE' THEN
    UPDATE users SET preferences = coalesce(preferences, '{}') || jsonb_build_object(NEW.key, NEW.value)
      WHERE id = NEW.user_id AND preferences -> NEW.key IS DISTINCT FROM NEW.value;
  END IF;
  RETURN NULL;
END`,
  })
  op.createTrigger({
    table: 'user_preferences',
    name: 'user_preferences_to_users',
    when: 'after',
    events: ['insert', 'update', 'delete'],
    forEach: 'row',
    condition: op.sql`current_setting('limbeck.backfill', true) IS DISTINCT FROM 'on'`,
    execute: { function: 'user_preferences_to_json' },
  })

  op.backfill({
    table: 'users',
    columns: ['id', 'preferences'],
    where: op.sql`preferences <> '{}'`,
    into: { table: 'user_preferences', columns: ['user_id', 'key', 'value'] },
    onConflict: { update: ['user_id', 'key'] },
    transform: (user: User) =>
      Object.entries(user.preferences).map(([key, value]) => ({
        user_id: user.id,
        key,
        value: op.json(value),
      })),
  })
}

/** The JSON column has been kept in step all along, so nothing has to be copied back. */
export function downgrade(op: Operations) {
  op.dropTrigger({ table: 'user_preferences', name: 'user_preferences_to_users' })
  op.dropFunction({ name: 'user_preferences_to_json', arguments: [] })
  op.dropTrigger({ table: 'users', name: 'users_preferences_to_table' })
  op.dropFunction({ name: 'user_preferences_from_json', arguments: [] })
  op.dropTable({ name: 'user_preferences', loses: [] })
}
