import { find } from '../../trace/fixed-locks.ts'
import { isGiven } from '../../trace/given-rows.ts'
import type { Observation } from '../../trace/observation.ts'
import type { Rule } from '../rule.ts'

export const failsOnRows: Rule = {
  name: 'fails-on-rows',
  classes: ['fails-on-data'],
  level: 'error',
  title: 'a statement that fails where there are rows',
  problem:
    'On an empty database it runs, and with rows that the schema allows it does not: a NULL where none may be, a value twice, a value that the new type does not hold.',
  instead:
    'Look for such rows first and mend them in batches; a new column gets a default, or is filled before it is NOT NULL.',
  ignore: 'No row is such: the query that shows it was run.',
  find(observation) {
    const { error } = observation
    if (error === null || error.when !== 'rows') return []
    const isSample = !isOfGivenRows(observation)
    if (isSample && hangsOnReferences(error.sqlState, observation)) return []
    return [
      {
        message: `With some rows it fails: ${error.message}.`,
        evidence: [`SQLSTATE ${error.sqlState}, with ${isSample ? 'sample rows' : 'rows'} only`],
      },
    ]
  },
  examples: [
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY)',
      sql: 'ALTER TABLE users ADD COLUMN age integer NOT NULL',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY)',
      sql: 'ALTER TABLE users ADD COLUMN age integer',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, name text)',
      sql: 'ALTER TABLE users ADD UNIQUE (name)',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, name text)',
      sql: 'ALTER TABLE users ALTER name TYPE integer USING name::integer',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, logins integer)',
      sql: 'UPDATE users SET logins = logins + 1',
      finds: false,
    },
    {
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY, name text, mail text, phone text, city text, gone timestamptz)',
      sql: 'CREATE UNIQUE INDEX ON users (name) WHERE gone IS NULL',
      finds: true,
    },
    {
      given:
        "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric NOT NULL, note text); CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.total < 0 THEN RAISE EXCEPTION 'negative'; END IF; RETURN NEW; END $$; CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION refuse()",
      sql: "UPDATE orders SET note = ''",
      finds: false,
    },
    {
      given:
        "CREATE FUNCTION is_iban(t text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT t ~ '^[A-Z]{2}[0-9]{6}$' $$; CREATE TABLE accounts (id bigint PRIMARY KEY, iban text NOT NULL CHECK (is_iban(iban)))",
      sql: 'ALTER TABLE accounts ADD UNIQUE (iban)',
      finds: true,
    },
    {
      given:
        "CREATE TABLE roles (id integer PRIMARY KEY, name text); INSERT INTO roles VALUES (1, 'admin'); CREATE TABLE users (id bigint PRIMARY KEY, role_id integer NOT NULL REFERENCES roles, name text)",
      sql: 'ALTER TABLE users ADD UNIQUE (name)',
      finds: true,
    },
    {
      given: 'CREATE TABLE visits (id bigint PRIMARY KEY, weight_kg real)',
      sql: 'ALTER TABLE visits ALTER weight_kg TYPE integer USING round(weight_kg * 1000)::integer',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, logins bigint)',
      sql: 'ALTER TABLE users ALTER logins TYPE integer',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, token text NOT NULL)',
      sql: 'CREATE TABLE tokens (user_id bigint NOT NULL, token text UNIQUE); INSERT INTO tokens SELECT id, token FROM users',
      finds: true,
    },
    {
      given:
        'CREATE TABLE items (id bigint PRIMARY KEY, amount integer NOT NULL, price numeric(10,2) NOT NULL)',
      sql: 'ALTER TABLE items ADD COLUMN total numeric(12,2) GENERATED ALWAYS AS (amount * price) STORED',
      finds: false,
    },
    {
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY, gone boolean NOT NULL); CREATE TABLE posts (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users)',
      sql: 'DELETE FROM users WHERE gone',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, name text)',
      sql: 'ALTER TABLE users ADD UNIQUE (id, name)',
      finds: false,
    },
  ],
}

/** Whether all tables that it locks have rows of the schema's own. */
function isOfGivenRows(observation: Observation): boolean {
  const tables = observation.locks.filter(
    ({ kind, existedBefore }) => existedBefore && (kind === 'r' || kind === 'p'),
  )
  return tables.length > 0 && tables.every(({ relation }) => isGiven(relation, observation))
}

/** What sample rows say of a check or a foreign key that nobody knew when they were made says nothing of real ones; nor does what is reckoned with them. */
function hangsOnReferences(sqlState: string, observation: Observation): boolean {
  const { kind } = observation.statement.parsed.tree
  // A key that a sample has too.
  if (kind === 'InsertStmt') return sqlState.startsWith('23') && !isOfNewTable(sqlState, observation)
  // No trigger has looked at samples: what one refuses that was there, no row may be.
  if (sqlState === 'P0001') return ['UpdateStmt', 'DeleteStmt', 'MergeStmt'].includes(kind)
  // Samples have the largest numbers that there are.
  if (sqlState === '22003') return kind !== 'AlterTableStmt'
  // Nothing that was there before says that what is deleted is not referred to.
  return sqlState === '23514' || (sqlState === '23503' && kind !== 'DeleteStmt')
}

/** Whether the rows of others are too often the same, or have a NULL too many, for a table that the migration has made. */
function isOfNewTable(sqlState: string, { statement, before, old }: Observation): boolean {
  const target = find(before, statement.parsed.tree.node['relation'])
  return ['23502', '23505'].includes(sqlState) && target !== undefined && !old.has(target.oid)
}
