import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  derivedName,
  InvalidIdentifier,
  maximumIdentifierBytes,
  quoteIdentifier,
} from '../../src/sql/identifier.ts'
import { doBlock, dollarQuote, literal, quoteLiteral } from '../../src/sql/literal.ts'
import { type BoundSql, bindSql, id, inlineSql, sql } from '../../src/sql/tag.ts'
import { InvalidValue, json, type Value } from '../../src/sql/value.ts'
import { type Session, servers, type TestDatabase } from '../servers/databases.ts'

/** Any text that PostgreSQL can hold, with what quoting is about more often than chance would have it. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }).filter((string) => !string.includes('\0')),
  fc.string({
    unit: fc.constantFrom("'", '"', '\\', '$', '$$', '{', '}', ',', ':a', '%s', '--', '/*', '\n', ' '),
  }),
)
const identifier = text.filter((name) => name !== '' && Buffer.byteLength(name) <= maximumIdentifierBytes)

describe.each(servers())('on $name', (server) => {
  let database: TestDatabase
  let session: Session
  beforeAll(async () => {
    database = await server.open()
    session = await database.connect()
  })
  afterAll(async () => {
    await session[Symbol.asyncDispose]()
    await database.drop()
  })

  const one = async (expression: string, values?: BoundSql['values']) => {
    const [row] = await session.query<{ value: unknown }>(`SELECT ${expression} AS value`, values)
    return row?.value
  }
  const holds = <T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => Promise<unknown>) =>
    fc.assert(
      fc.asyncProperty(arbitrary, async (value) => {
        await check(value)
      }),
    )

  test.each(['on', 'off'])(
    'a literal comes back as it was, with standard_conforming_strings %s',
    async (setting) => {
      await session.query(`SET standard_conforming_strings = ${setting}; SET escape_string_warning = off`)
      await holds(text, async (value) => expect(await one(`${literal(value)}::text`)).toBe(value))
      await session.query('RESET standard_conforming_strings')
    },
  )

  test('a text in dollar quotes comes back as it was', () =>
    holds(text, async (value) => expect(await one(`${dollarQuote(value)}::text`)).toBe(value)))

  test('a text goes through a block and its dynamic SQL', () =>
    holds(text, async (value) => {
      await session.query(
        doBlock(
          `BEGIN EXECUTE format('SELECT set_config(''limbeck.test'', %L, false)', ${quoteLiteral(value)}); END`,
        ),
      )
      expect(await one(`current_setting('limbeck.test')`)).toBe(value)
    }))

  test('an array comes back as it was, its NULLs and empty strings too', () =>
    holds(fc.array(fc.option(text)), async (value) =>
      expect(await one(`${literal(value)}::text[]`)).toEqual(value),
    ))

  test('an array of arrays keeps its shape', () =>
    holds(fc.array(fc.tuple(text, text), { minLength: 1 }), async (value) =>
      expect(await one(`${literal(value)}::text[]`)).toEqual(value),
    ))

  test('JSON comes back as it was', () =>
    holds(fc.jsonValue({ noUnicodeString: false }).filter(storable), async (value) =>
      expect(await one(`${literal(json(value))}::json`)).toEqual(JSON.parse(JSON.stringify(value))),
    ))

  test('a number comes back as it was, also behind a minus', () =>
    holds(
      fc.double({ noDefaultInfinity: false }).filter((n) => !Object.is(n, -0)),
      async (value) => {
        expect(Number(await one(`(${literal(value)})::float8`))).toBe(value)
        if (Number.isFinite(value)) expect(Number(await one(`0::float8 -${literal(value)}`))).toBe(0 - value)
      },
    ))

  test('bytes and instants come back as they were', async () => {
    await holds(fc.uint8Array(), async (value) =>
      expect(Buffer.from((await one(`${literal(value)}::bytea`)) as Buffer)).toEqual(Buffer.from(value)),
    )
    const year = (n: number) => new Date(Date.UTC(n, 0, 1))
    await holds(fc.date({ noInvalidDate: true, min: year(1000), max: year(9999) }), async (value) =>
      expect(await one(`${literal(value)}::timestamptz`)).toEqual(value),
    )
  })

  test('a parameter and a literal are the same value', () =>
    holds(fc.oneof(text, fc.array(text), fc.integer(), fc.constant(null)), async (value) => {
      const type = id(Array.isArray(value) ? '_text' : 'text')
      const piece = sql`CAST(${value as Value} AS ${type})`
      const bound = bindSql(piece)
      expect(await one(bound.text, bound.values)).toEqual(await one(inlineSql(piece)))
    }))

  test('a name is found in the catalog as it was', () =>
    holds(identifier, async (name) => {
      await session.query(`CREATE TEMPORARY TABLE ${quoteIdentifier(name)} (${quoteIdentifier(name)} int)`)
      const found = await session.query(
        `SELECT relname, attname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum = 1
        WHERE pg_class.oid = ${quoteLiteral(quoteIdentifier(name))}::regclass`,
      )
      expect(found).toEqual([{ relname: name, attname: name }])
      await session.query(`DROP TABLE ${quoteIdentifier(name)}`)
    }))
})

describe('a name', () => {
  test('has up to 63 bytes, and not one more', () => {
    expect(quoteIdentifier('é'.repeat(31))).toBe(`"${'é'.repeat(31)}"`)
    expect(quoteIdentifier('n'.repeat(63))).toBe(`"${'n'.repeat(63)}"`)
    expect(() => quoteIdentifier('n'.repeat(64))).toThrow('has 64 bytes, and PostgreSQL keeps 63')
    expect(() => quoteIdentifier('é'.repeat(32))).toThrow(InvalidIdentifier)
  })

  test('is not empty and holds no zero byte', () => {
    expect(() => quoteIdentifier('')).toThrow('is empty')
    expect(() => quoteIdentifier('a\0b')).toThrow('holds a zero byte')
  })

  const parts = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }), { minLength: 2 })

  test('that is derived fits, is the same every time, and is kept whole where it can be', () =>
    fc.assert(
      fc.property(parts, (names) => {
        const name = derivedName(...names)
        const whole = names.join('_')
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(maximumIdentifierBytes)
        expect(name.isWellFormed()).toBe(true)
        expect(derivedName(...names)).toBe(name)
        if (Buffer.byteLength(whole) <= maximumIdentifierBytes) expect(name).toBe(whole)
      }),
    ))

  test('that is derived differs where the parts differ far behind', () => {
    const long = 'x'.repeat(80)
    expect(derivedName(long, 'a')).not.toBe(derivedName(long, 'b'))
  })
})

test('a value without a text in PostgreSQL is refused', () => {
  expect(() => literal('a\0b')).toThrow(InvalidValue)
  expect(() => literal(new Date(Number.NaN))).toThrow('the date is invalid')
  expect(() => literal(undefined as unknown as Value)).toThrow('of type undefined')
})

describe('the sql tag', () => {
  test('keeps values apart from the text, also those of a piece that is put in', () => {
    const inner = sql`a = ${1}`
    expect(sql`WHERE ${inner} AND b = ${'x'}`).toEqual({
      sql: ['WHERE a = ', ' AND b = ', ''],
      values: [1, 'x'],
    })
  })

  test('keeps backslashes as they are written', () => {
    expect(sql`E'\n' ~ '\d' \`\${`.sql).toEqual(["E'\\n' ~ '\\d' `${"])
  })

  test('takes names through id', () => {
    expect(inlineSql(sql`${id('a.b', 'c"d')}`)).toBe('"a.b"."c""d"')
  })
})

/** PostgreSQL stores no zero byte, and no half of a surrogate pair. */
function storable(value: unknown): boolean {
  const printed = JSON.stringify(value)
  return !printed.includes('\\u0000') && !/\\ud[89a-f]/.test(printed)
}
