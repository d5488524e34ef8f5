import type { RefusedRows } from '../../trace/observation.ts'
import type { Hazard } from '../hazard.ts'
import type { Rule } from '../rule.ts'

export const refusedRows: Rule = {
  name: 'refused-rows',
  classes: ['breaks-old-code'],
  level: 'warning',
  title: 'rows that the application of before writes are refused',
  problem:
    'Rows that were there are written again after the migration, and PostgreSQL does not take them: a new check (NOT VALID too: it holds for all that is written from now on), a trigger that refuses, a rule that swallows, a domain or a type that takes less. The release that runs meanwhile writes such rows, and knows nothing of it.',
  instead:
    'Let the release out first that writes what the migration asks for. A trigger may mend what comes from the old one until then.',
  ignore: 'No release that runs writes such rows.',
  find({ refused: tried, after, given }, { all, found }) {
    // Rows that a policy does not show are hidden, and that is told.
    const refused = tried.filter(
      ({ sqlState, oid }) => sqlState !== '00000' || after.get(oid)?.rowSecurity !== true,
    )
    if (refused.length === 0) return []
    const failures = new Set(all.map(({ error }) => error?.sqlState))
    return refused
      .filter((one) => (given.has(one.oid) ? isTelling(one, failures) : isSure(one, failures)))
      .filter((one, at, others) => at === others.findIndex((other) => isAlike(one, other)))
      .filter(({ sqlState, relation }) => sqlState !== '23502' || !isTold(relation, found))
      .map((one) => ({
        message: message(one),
        evidence: [
          `${one.refused} of ${one.of} ${given.has(one.oid) ? 'rows' : 'sample rows'}, written as before: SQLSTATE ${one.sqlState}`,
        ],
        relations: [one.relation],
      }))
  },
  examples: [
    {
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY, age integer); INSERT INTO users VALUES (1, 17), (2, 40)',
      sql: 'ALTER TABLE users ADD CONSTRAINT adult CHECK (age > 17) NOT VALID',
      finds: true,
    },
    {
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY, age integer); INSERT INTO users VALUES (1, 17), (2, 40)',
      sql: 'ALTER TABLE users ADD CONSTRAINT born CHECK (age >= 0) NOT VALID',
      finds: false,
    },
    {
      given: 'CREATE TABLE coupons (code text PRIMARY KEY, percent integer)',
      sql: "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'read only'; END $$; CREATE TRIGGER refuse BEFORE UPDATE ON coupons FOR EACH ROW EXECUTE FUNCTION refuse()",
      finds: true,
    },
    {
      given: 'CREATE TABLE coupons (code text PRIMARY KEY, percent integer)',
      sql: 'CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.percent := coalesce(NEW.percent, 0); RETURN NEW; END $$; CREATE TRIGGER touch BEFORE UPDATE ON coupons FOR EACH ROW EXECUTE FUNCTION touch()',
      finds: false,
    },
    {
      given: 'CREATE TABLE coupons (code text PRIMARY KEY, percent integer)',
      sql: 'CREATE RULE keep AS ON DELETE TO coupons DO INSTEAD NOTHING',
      finds: true,
    },
    {
      given: 'CREATE DOMAIN email AS text; CREATE TABLE users (id bigint PRIMARY KEY, email email)',
      sql: 'ALTER DOMAIN email SET NOT NULL',
      finds: true,
    },
    {
      given:
        "CREATE TABLE orgs (id integer PRIMARY KEY); CREATE FUNCTION main_org() RETURNS integer LANGUAGE sql STABLE AS 'SELECT min(id) FROM public.orgs'; CREATE TABLE users (id bigint PRIMARY KEY, org integer NOT NULL DEFAULT main_org())",
      sql: 'ALTER TABLE orgs ADD CONSTRAINT former CHECK (id < 0); ALTER TABLE users ADD COLUMN mail text',
      finds: false,
    },
    {
      given:
        "CREATE TABLE users (id bigint PRIMARY KEY, size text); INSERT INTO users VALUES (1, 'small'), (2, '2')",
      sql: '-- limbeck: transaction none\nCREATE INDEX CONCURRENTLY i ON users ((size::integer))',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, size text, gone boolean NOT NULL)',
      sql: 'CREATE INDEX i ON users ((size::integer)) WHERE NOT gone',
      finds: true,
    },
  ],
}

/** A type that does not hold the rows that are there is told as that; what does not fit now and then hangs on the value. */
function isTelling(
  { sqlState, refused, of }: RefusedRows,
  failures: ReadonlySet<string | undefined>,
): boolean {
  if (!['22001', '22003'].includes(sqlState)) return true
  return !failures.has(sqlState) && refused * 2 >= of
}

/** Sample rows are awkward, and what refuses some of them says little. What a text has to say, now that the migration itself fails on one, it has to say of new rows too. */
function isSure(
  { isRaised, sqlState, verb, refused, of }: RefusedRows,
  failures: ReadonlySet<string | undefined>,
): boolean {
  if (sqlState === '22P02' && failures.has(sqlState)) return true
  const isOfValues = !isRaised && !['00000', '42501'].includes(sqlState)
  return refused === of && (!isOfValues || (verb === 'partial INSERT' && sqlState === '23502'))
}

/** An INSERT of less fails by the same. */
function isAlike(one: RefusedRows, other: RefusedRows): boolean {
  const verb = ({ verb }: RefusedRows) => (verb === 'partial INSERT' ? 'INSERT' : verb)
  return (
    one.relation === other.relation &&
    one.sqlState === other.sqlState &&
    one.constraint === other.constraint &&
    verb(one) === verb(other)
  )
}

/** A column that must be written now. */
function isTold(relation: string, found: readonly Hazard[]): boolean {
  return found.some(({ rule, relations }) => rule === 'required-value' && relations.includes(relation))
}

function message({ verb, relation, message: said, sqlState }: RefusedRows): string {
  if (sqlState === '00000') return `${what(verb, relation)} as before does nothing, without an error.`
  return `${what(verb, relation)} as before fails: ${said}.`
}

function what(verb: RefusedRows['verb'], relation: string): string {
  switch (verb) {
    case 'INSERT':
      return `An INSERT into ${relation}`
    case 'partial INSERT':
      return `An INSERT into ${relation} without what may be left out`
    case 'UPDATE':
      return `An UPDATE of ${relation}`
    case 'DELETE':
      return `A DELETE from ${relation}`
  }
}
