import { describe, expect, test } from 'vitest'
import { checkFields, InvalidField } from '../../src/operations/field-check.ts'
import { builtIn, factsOf } from '../../src/operations/operations.ts'
import { fieldsOf } from '../../src/operations/shapes.ts'
import { cases } from './examples.ts'

/** What is said of such a call: the message and, behind a bar, the hint. */
function refusal(kind: string, fields: unknown): string {
  try {
    checkFields(kind, fields)
  } catch (error) {
    if (error instanceof InvalidField) return `${error.message} | ${error.hint}`
    throw error
  }
  return 'passes'
}

test('every operation has its fields checked', () => {
  expect(Object.keys(fieldsOf).toSorted()).toEqual([...builtIn.keys()].toSorted())
})

test.for(cases.map((one) => [one.name, one.directive] as const))(
  '%s passes, and so does what undoes it; with a field more it is refused',
  ([, { kind, ...fields }]) => {
    expect(refusal(kind, fields)).toBe('passes')
    const inverse = factsOf({ kind, ...fields }).inverse()
    const undoing = 'irreversible' in inverse ? [] : inverse
    for (const { kind: its, ...others } of undoing) expect(refusal(its, others)).toBe('passes')
    expect(refusal(kind, { ...fields, misspelt: true })).toContain(`op.${kind} has no field "misspelt".`)
  },
)

describe('what is refused', () => {
  const column = { name: 'x', type: 'int' }
  const key = { table: 'a', name: 'k', columns: ['x'] }

  test.each([
    // A word that is not there, at every depth.
    [
      'createIndex',
      { ...key, concurently: true },
      'op.createIndex has no field "concurently". | Did you mean concurrently?',
    ],
    [
      'createIndex',
      { ...key, columns: undefined, colums: ['x'] },
      'has no field "colums". | Did you mean columns?',
    ],
    [
      'addColumn',
      { table: 'a', column: { ...column, notNul: true } },
      '"column" has no field "notNul". | Did you mean notNull?',
    ],
    [
      'createTable',
      { name: 'a', columns: [column, { ...column, primarykey: true }] },
      '"columns[1]" has no field "primarykey". | Did you mean primaryKey?',
    ],
    [
      'createForeignKey',
      { ...key, references: { tabel: 'b' } },
      '"references" has no field "tabel". | Did you mean table?',
    ],
    ['createTable', { name: 'a', columns: [column], with: { fillfactor: 70, anything: 'else' } }, 'passes'],
    // Of another type.
    ['createIndex', { ...key, concurrently: 'yes' }, '"concurrently" is \'yes\'. | It takes true or false.'],
    ['addColumn', { table: 'a', column: 'x' }, '"column" is \'x\'. | It takes an object { name, type, '],
    [
      'createForeignKey',
      { ...key, references: { table: 'b' }, onDelete: 'CASCADES' },
      "\"onDelete\" is 'CASCADES'. | It takes 'CASCADE', ",
    ],
    [
      'createTrigger',
      {
        table: 'a',
        name: 't',
        when: 'befor',
        events: ['insert'],
        forEach: 'row',
        execute: { function: 'f' },
      },
      "\"when\" is 'befor'. | It takes 'instead of', 'after' or 'before'.",
    ],
    [
      'backfill',
      { table: 'a', set: { x: 1 }, where: 'x = 1' },
      '"where" is \'x = 1\'. | It takes SQL (op.sql`…`).',
    ],
    ['backfill', { table: 'a', set: { x: () => 1 } }, '"set.x" is a function. | It takes a value.'],
    ['execute', 'SELECT 1', "op.execute was given 'SELECT 1'. | It takes an object { sql"],
    ['addColumn', undefined, 'op.addColumn was given undefined.'],
    [
      'createStatistics',
      { name: 's', from: { table: 'a' }, columns: 'x' },
      '"columns" is \'x\'. | It takes a list',
    ],
    // Missing.
    ['createIndex', { table: 'a', name: 'b' }, 'op.createIndex needs "columns".'],
    [
      'alterDomain',
      { name: 'd' },
      'op.alterDomain needs one of its fields. | Give any of "default", "notNull".',
    ],
    // Not together.
    [
      'backfill',
      { table: 'a', set: { x: 1 }, columns: ['x'] },
      'has a field "columns", but not beside the others',
    ],
    // What is undefined is left out.
    ['createIndex', { ...key, concurrently: undefined }, 'passes'],
  ])('%s %j', (kind, fields, said) => {
    expect(refusal(kind, fields)).toContain(said)
  })
})

test('an operation of the project\u2019s own is not known here', () => {
  expect(refusal('createTenant', { anything: 1 })).toBe('passes')
})
