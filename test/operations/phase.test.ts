import { describe, expect, test } from 'vitest'
import type { Directive } from '../../src/operations/operation.ts'
import { factsOf } from '../../src/operations/operations.ts'
import { planRevision } from '../../src/plan/plan.ts'
import { stageSql } from '../../src/plan/stage-sql.ts'
import { revision } from '../graph/revisions.ts'
import { cases } from './examples.ts'

/** A revision of these directives, as it is planned. */
async function planned(...directives: readonly Directive[]) {
  return planRevision({
    revision: revision('planned'),
    direction: 'upgrade',
    server: { major: 18 },
    recording: { directives: directives.map((directive) => ({ directive, at: null })), open: null },
  })
}

const execute = (sql: string) => ({ kind: 'execute', sql }) as Directive

/** The examples whose SQL is whole statements, which the parser sees through; in a DO block it sees nothing. */
const written = await Promise.all(
  cases
    .filter(({ directive }) => factsOf(directive).steps({ major: 18 }).every(isWhole))
    .map(async (one) => ({
      ...one,
      sql: (await planned(one.directive)).stages.flatMap(stageSql).join(';\n'),
    })),
)

function isWhole(step: ReturnType<ReturnType<typeof factsOf>['steps']>[number]): boolean {
  if (step.run === 'statement')
    return step.shown === undefined && step.rows === undefined && !/^DO /.test(step.sql.sql[0] ?? '')
  return step.run === 'procedure' && step.preview.every((text) => !/^(DO|--) /.test(text))
}

/** Operations that know more than their SQL says, and what it is. */
const knowing: ReadonlyMap<string, string> = new Map([
  ['attachPartition', 'the check is a proof of the bound, and goes again'],
  ['dropConstraint', '"was" says what it is'],
  ['dropIndex', '"was" says that it is not unique'],
  ['dropPolicy', '"was" says that it is a restrictive one'],
])

test('there is SQL of most operations to look at', () => {
  expect(new Set(written.map(({ directive }) => directive.kind)).size).toBeGreaterThan(150)
})

test.for(written.map((one) => [one.name, one] as const))('%s: its SQL has its phase', async ([, one]) => {
  const own = factsOf(one.directive).phase(() => false)
  const { phase } = await planned(execute(one.sql))
  if (own === 'contract' || !knowing.has(one.directive.kind)) expect(phase?.phase).toBe(own)
})

describe('what a revision has made itself, no application of before knows:', () => {
  const table = execute('CREATE TABLE app.made (id int); CREATE TABLE plain (id int)')
  const column = execute('ALTER TABLE old ADD COLUMN fresh text')
  const typed = { kind: 'createTable', schema: 'app', name: 'made', columns: [] } as Directive
  const added = { kind: 'addColumn', table: 'old', column: { name: 'fresh', type: 'text' } } as Directive

  test.each([
    [[table, execute('ALTER TABLE app.made ADD CHECK (id > 0)')], 'expand'],
    [[typed, execute('ALTER TABLE app.made ALTER id SET NOT NULL, ENABLE ROW LEVEL SECURITY')], 'expand'],
    [[typed, execute('ALTER TABLE made ALTER id SET NOT NULL')], 'contract'],
    [[column, { kind: 'setNotNull', table: 'old', column: 'fresh' }], 'expand'],
    [[{ kind: 'setNotNull', table: 'old', column: 'fresh' }, column], 'contract'],
    [[added, execute('ALTER TABLE old ADD FOREIGN KEY (fresh) REFERENCES other')], 'expand'],
    [[added, execute('CREATE UNIQUE INDEX ON old (fresh)')], 'expand'],
    [[added, execute('CREATE UNIQUE INDEX ON old (fresh, id)')], 'contract'],
    [[added, execute('CREATE UNIQUE INDEX ON old (lower(fresh))')], 'contract'],
    [[added, { kind: 'createIndex', name: 'i', table: 'old', columns: ['fresh'], unique: true }], 'expand'],
    [[typed, { kind: 'dropColumn', schema: 'app', table: 'made', name: 'id' }], 'contract'],
  ] as const)('%j: %s', async (directives, phase) => {
    expect((await planned(...directives)).phase?.phase).toBe(phase)
  })

  test.each([
    ['ALTER TABLE old ADD COLUMN fresh int NOT NULL', 'contract'],
    ['ALTER TABLE old ADD COLUMN fresh int NOT NULL DEFAULT 1', 'expand'],
    ['ALTER TABLE old ADD COLUMN fresh int GENERATED ALWAYS AS IDENTITY PRIMARY KEY', 'expand'],
    ['TRUNCATE old', 'contract'],
    ['REFRESH MATERIALIZED VIEW old WITH NO DATA', 'contract'],
    ['DROP OWNED BY somebody', 'contract'],
    ['ALTER TABLE old DROP COLUMN a, ADD COLUMN b int', 'contract'],
    ['DELETE FROM old', 'expand'],
  ])('%s: %s', async (sql, phase) => {
    expect((await planned(execute(sql))).phase?.phase).toBe(phase)
  })
})
