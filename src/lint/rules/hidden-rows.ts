import { type PicturedRelation, relationName } from '../../trace/picture.ts'
import type { Rule } from '../rule.ts'

export const hiddenRows: Rule = {
  name: 'hidden-rows',
  classes: ['hides-data', 'breaks-old-code'],
  level: 'warning',
  title: 'rows that are there and no longer seen',
  problem:
    'Row security without a policy shows no row to anybody but the owner. A partition that is detached, or a child that no longer inherits, takes its rows out of the table of which it was a part, and another condition takes them out of a view. Nothing fails: the rows are missing.',
  instead:
    'Make the policies before row security is on, in the same transaction. Detach what nobody reads any more.',
  ignore: 'That is what is wanted.',
  find({ before, after, hidden, rows }, { changes, all, found, isRun }) {
    const first = all[0]?.before ?? before
    const last = all.at(-1)?.after ?? after
    const hasRows = (oid: number): boolean =>
      (rows.get(oid) ?? 0) > 0 ||
      [...last.values()].some((one) => one.parents.includes(oid) && hasRows(one.oid))
    // Its policies were asked of its rows.
    const isMeasured = ({ oid }: PicturedRelation) =>
      isRun && (last.get(oid)?.policies ?? 0) > 0 && hasRows(oid)
    const secured = changes.secured
      .filter((one) => (last.get(one.oid)?.openPolicies ?? 0) === 0 && !isMeasured(one))
      .map((relation) => {
        const name = relationName(relation)
        const some = (last.get(relation.oid)?.policies ?? 0) > 0
        return {
          message: some
            ? `Others than the owner of ${name} see the rows that its policies show, and no others.`
            : `Nobody but its owner sees any row of ${name}: it has row security and no policy.`,
          relations: [name],
        }
      })
    const end = (oid: number) => last.get(oid)
    const narrowed = changes.narrowed
      .filter((one) => {
        const now = end(one.oid)
        if (now === undefined) return true
        // Who may not read is told so.
        const isClosed = (first.get(one.oid)?.readers ?? 0) > 0 && now.readers === 0
        if (!now.rowSecurity || isClosed || isMeasured(one)) return false
        // Dropped to be made again.
        const { policies, restrictions } = one
        return now.policies - now.restrictions <= policies - restrictions && now.restrictions >= restrictions
      })
      .flatMap((relation) => {
        const relations = [relationName(relation)]
        return [
          { message: `Fewer rows of ${relations[0]} are seen by others than its owner.`, relations },
          {
            class: 'breaks-old-code' as const,
            message: `Others than its owner may insert fewer rows into ${relations[0]}.`,
            relations,
          },
        ]
      })
    const nameOf = (oid: number) => {
      const relation = first.get(oid)
      return relation === undefined ? null : relationName(relation)
    }
    const isNarrowed = new Set(narrowed.flatMap(({ relations }) => relations))
    // Rows that are gone with their table are lost, and that is told, whatever has its name now.
    const isLost = (name: string) =>
      found.some(({ rule, relations }) => rule === 'drop-table' && relations.includes(name)) ||
      [...first.values()].some(
        ({ oid, parents }) => !last.has(oid) && parents.some((parent) => nameOf(parent) === name),
      )
    const fewer = hidden
      .filter(({ relation }) => !isLost(relation) && !isNarrowed.has(relation))
      .map(({ relation, before, after: left }) => ({
        message: `Rows are no longer read through ${relation}.`,
        evidence: [`${left} of ${before} sample rows are left`],
        relations: [relation],
      }))
    const told = new Set(hidden.map(({ relation }) => relation))
    const left = changes.left
      .filter(({ child, parent }) => last.has(child.oid) && !told.has(relationName(parent)))
      .map(({ child, parent }) => ({
        message: `The rows of ${relationName(child)} are no longer read with ${relationName(parent)}.`,
        relations: [relationName(child), relationName(parent)],
      }))
    const refused = changes.secured
      .filter((one) => (last.get(one.oid)?.openInserts ?? 0) === 0 && !isMeasured(one))
      .map((relation) => {
        const name = relationName(relation)
        const some = (last.get(relation.oid)?.policies ?? 0) > 0
        return {
          class: 'breaks-old-code' as const,
          message: some
            ? `Others than the owner of ${name} can insert the rows that its policies let, and no others.`
            : `Nobody but its owner can insert into ${name}: it has row security and no policy.`,
          relations: [name],
        }
      })
    return [...secured, ...refused, ...narrowed, ...fewer, ...left]
  },
  examples: [
    {
      given: 'CREATE TABLE users (id bigint)',
      sql: 'ALTER TABLE users ENABLE ROW LEVEL SECURITY',
      finds: true,
    },
    {
      given:
        "CREATE TABLE users (id bigint, name text); INSERT INTO users VALUES (1, 'a'), (2, 'b'); ALTER TABLE users ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON users USING (true)",
      sql: 'ALTER POLICY p ON users USING (id > 1)',
      finds: true,
    },
    {
      given:
        "CREATE TABLE users (id bigint, name text); INSERT INTO users VALUES (1, 'a'), (2, 'b'); ALTER TABLE users ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON users USING (id > 1)",
      sql: 'ALTER POLICY p ON users USING (id > 0)',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint)',
      sql: 'ALTER TABLE users ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON users USING (true)',
      finds: false,
    },
    {
      given: 'CREATE TABLE tokens (id bigint PRIMARY KEY, token text)',
      sql: 'DROP TABLE tokens; CREATE TABLE tokens (id bigint PRIMARY KEY, token text, expires_at timestamptz)',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint, tenant text NOT NULL)',
      sql: "ALTER TABLE users ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON users USING (tenant = coalesce(current_setting('app.tenant', true), tenant))",
      finds: false,
    },
    {
      given:
        'CREATE TABLE users (id bigint); ALTER TABLE users ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON users USING (true)',
      sql: 'DROP POLICY p ON users; ALTER TABLE users DISABLE ROW LEVEL SECURITY',
      finds: false,
    },
    {
      given:
        'CREATE TABLE users (id bigint); GRANT SELECT ON users TO pg_monitor; ALTER TABLE users ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON users USING (true)',
      sql: 'BEGIN; DROP POLICY p ON users; REVOKE SELECT ON users FROM pg_monitor; COMMIT',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint, tenant text NOT NULL)',
      sql: "ALTER TABLE users ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON users USING (tenant = current_setting('app.tenant'))",
      finds: false,
    },
    {
      given:
        'CREATE TABLE events (n integer) PARTITION BY LIST (n); CREATE TABLE one PARTITION OF events FOR VALUES IN (1)',
      sql: 'ALTER TABLE events DETACH PARTITION one',
      finds: true,
    },
    {
      given:
        'CREATE TABLE events (n integer) PARTITION BY LIST (n); CREATE TABLE one PARTITION OF events FOR VALUES IN (1)',
      sql: 'ALTER TABLE events DETACH PARTITION one; DROP TABLE one',
      finds: false,
    },
    {
      given:
        'CREATE TABLE users (id bigint); INSERT INTO users VALUES (1), (2); CREATE VIEW people AS SELECT id FROM users',
      sql: 'BEGIN; DELETE FROM users WHERE id = 1; COMMIT; CREATE OR REPLACE VIEW people AS SELECT id FROM users WHERE true',
      finds: false,
    },
    {
      given: 'CREATE TABLE animals (n integer); CREATE TABLE cats () INHERITS (animals)',
      sql: 'ALTER TABLE cats NO INHERIT animals',
      finds: true,
    },
    {
      given: 'CREATE TABLE animals (n integer); CREATE TABLE cats (n integer)',
      sql: 'ALTER TABLE cats INHERIT animals',
      finds: false,
    },
  ],
}
