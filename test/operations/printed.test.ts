import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Directive } from '../../src/operations/operation.ts'
import { factsOf } from '../../src/operations/operations.ts'
import { printDirective } from '../../src/operations/print.ts'
import { record } from '../../src/operations/recording.ts'
import type { Sql } from '../../src/sql/tag.ts'
import { cases, operations } from './examples.ts'

test.for([...operations])(
  '%s is called what the registry calls it, and has an example',
  ([name, operation]) => {
    expect(operation.kind).toBe(name)
    expect(operation.definition.examples.length).toBeGreaterThan(0)
  },
)

describe('each example', () => {
  test.for(cases.map((one) => [one.name, one] as const))('%s', async ([, { directive }]) => {
    expect(await reload(directive)).toEqual(comparable(directive))
    expect(factsOf(directive).title).toMatch(/^\S.*\S$/)
    if (isJson(directive)) expect(JSON.parse(JSON.stringify(directive))).toEqual(directive)
    const inverse = factsOf(directive).inverse()
    for (const undoing of 'irreversible' in inverse ? [] : inverse) {
      expect(await reload(undoing)).toEqual(comparable(undoing))
    }
  })
})

describe('a directive that is printed and read again', () => {
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.double().filter((number) => !Object.is(number, -0)),
    fc.bigInt(),
    fc.boolean(),
    fc.constant(null),
    fc.date({ noInvalidDate: true }),
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    fc.array(fc.string()),
  )
  const special = fc.constantFrom('`', '\\', '$', '{', '}', '\r\n', "'", '"', '\u2028', 'a', ' ')
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: special }))
  const sql: fc.Arbitrary<Sql> = fc.array(fc.tuple(text, value)).chain((pairs) =>
    text.map((end) => ({
      sql: [...pairs.map(([piece]) => piece), end],
      values: pairs.map(([, inserted]) => inserted),
    })),
  )

  test('keeps every value', () =>
    fc.assert(
      fc.asyncProperty(fc.dictionary(text, value), async (row) => {
        const directive = { kind: 'bulkInsert', table: 't', rows: [row] }
        expect(await reload(directive)).toEqual(comparable(directive))
      }),
    ))

  test('keeps every piece of SQL', () =>
    fc.assert(
      fc.asyncProperty(sql, async (piece) => {
        const directive = { kind: 'execute', sql: piece }
        expect(await reload(directive)).toEqual(directive)
      }),
    ))

  test('keeps functions, arrows and methods alike', async () => {
    const fields = { kind: 'backfill', table: 'a', columns: [], into: { table: 'b', columns: [] } }
    const methods = {
      async *stream() {
        yield 'generator'
      },
      transform(row: unknown) {
        return [row, 'method']
      },
    }
    for (const transform of [(row: unknown) => [row, 'arrow'], methods.transform]) {
      const [loaded] = await recorded(printDirective({ ...fields, transform } as Directive))
      const { transform: again } = loaded as unknown as { transform(row: unknown): unknown }
      expect(again(1)).toEqual(transform(1))
    }
    const source = { kind: 'copyFrom', table: 'a', from: { stream: methods.stream } }
    const [copying] = await recorded(printDirective(source as Directive))
    const { from } = copying as unknown as { from: typeof methods }
    expect(await from.stream().next()).toEqual({ value: 'generator', done: false })
  })
})

async function reload(directive: Directive): Promise<unknown> {
  const [loaded] = await recorded(printDirective(directive))
  return comparable(loaded)
}

async function recorded(code: string) {
  const { directives } = await record(new Function('op', code) as () => void)
  return directives.map(({ directive }) => directive)
}

/** The same with its functions as their source, since two functions are never equal. */
function comparable(value: unknown): unknown {
  if (typeof value === 'function') return value.toString()
  if (Array.isArray(value)) return value.map(comparable)
  if (value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(
    Object.entries(value as object).map(([name, member]) => [name, comparable(member)]),
  )
}

function isJson(value: unknown): boolean {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return true
  if (Array.isArray(value)) return value.every(isJson)
  return typeof value === 'object' && Object.values(value).every(isJson)
}
