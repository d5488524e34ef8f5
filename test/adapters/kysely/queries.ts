/** Queries that compile against the types, lines that must not, and rows that are as the types say. */
import { deepStrictEqual } from 'node:assert'
import { type Insertable, Kysely, PostgresDialect, type Selectable, type Updateable } from 'kysely'
import pg from 'pg'
import type { DB, IntervalValue } from './database.ts'

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'] })
const database = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })

const user: Insertable<DB['users']> = { email: 'A@example.com' }
// @ts-expect-error Nobody may say an identity that is always generated.
const numbered: Insertable<DB['users']> = { email: 'a@example.com', id: 1 }
// @ts-expect-error Nor a generated column.
const lowered: Updateable<DB['users']> = { lower_email: 'a@example.com' }
// @ts-expect-error A label that the enum has not.
const mistaken: Insertable<DB['users']> = { email: 'a@example.com', state: 'lost' }
// @ts-expect-error What is NOT NULL and has no default is needed.
const nameless: Insertable<DB['users']> = {}
// @ts-expect-error node-postgres would write this array as one of PostgreSQL's.
const listed: Updateable<DB['shop.all values']> = { jb: [1, 2] }
void [numbered, lowered, mistaken, nameless, listed]

const inserted = await database.insertInto('users').values(user).returningAll().executeTakeFirstOrThrow()
const id: string = inserted.id
const createdAt: Date = inserted.created_at
const state: 'new' | 'it\'s "old"' = inserted.state
const name: string | null = inserted.name
deepStrictEqual([id, createdAt instanceof Date, state, name], ['1', true, 'new', null])

await database
  .updateTable('users')
  .set({ name: 'Ada', state: 'it\'s "old"', created_at: '2026-01-01' })
  .where('id', '=', id)
  .execute()
const person = await database.selectFrom('people').selectAll().executeTakeFirstOrThrow()
deepStrictEqual(person satisfies { id: string | null; name: string | null }, { id: '1', name: 'Ada' })
// @ts-expect-error There is no such column.
database.selectFrom('users').select('nobody')

const at = new Date('2026-01-02T03:04:05Z')
const values: Insertable<DB['shop.all values']> = {
  ...{ i2: 1, i8: 2n, o: 3, f4: 0.5, f8: 0.25, n: '1.50', b: true, t: 'x', m: '$1.00' },
  ...{
    u: '6a1b8c1e-8d0a-4f0e-9d50-0a7e3f3f2b11',
    d: at,
    ts: at,
    tz: at,
    ti: '01:02:03',
    iv: '1 day 2 hours',
  },
  ...{
    j: { a: 1 },
    jb: JSON.stringify([1]),
    by: new Uint8Array([1, 2]),
    p: '(1,2)',
    ci: '<(1,2),3>',
    r: '[1,3)',
  },
  ...{
    ip: '10.0.0.1',
    po: 4,
    x: '<a/>',
    ai: [1, null],
    ai8: [1n, '2'],
    an: [1.5, '2.5'],
    af8: [0.5],
    ab: [true],
  },
  ...{
    au: ['6a1b8c1e-8d0a-4f0e-9d50-0a7e3f3f2b11'],
    ad: [at],
    atz: [at],
    aj: [{ a: 1 }],
    aby: [new Uint8Array([1])],
  },
  ...{
    aiv: ['1 day'],
    am: ['$1.00'],
    ap: ['(1,2)'],
    aip: ['10.0.0.1'],
    ast: ['new' as const],
    ar: ['[1,3)'],
  },
  ...{ ax: ['<a/>'], aci: ['<(1,2),3>'] },
}
const row: Selectable<DB['shop.all values']> = await database
  .withSchema('shop')
  .insertInto('shop.all values')
  .values(values)
  .returningAll()
  .executeTakeFirstOrThrow()

/** Each must have the type on the left, which the compiler sees, and the value on the right is what it had when it was read. */
const interval: IntervalValue = row.iv
deepStrictEqual([interval.days, interval.hours, interval.toPostgres()], [1, 2, '2 hours 1 days'])
const numbers: number[] = [row.id, row.i2, row.o, row.f4, row.f8, row.po]
deepStrictEqual(numbers, [1, 1, 3, 0.5, 0.25, 4])
const texts: string[] = [row.i8, row.n, row.t, row.u, row.m, row.ti, row.r, row.ip, row.k, row.x]
deepStrictEqual(
  texts.map((text) => typeof text),
  texts.map(() => 'string'),
)
const dates: Date[] = [row.d, row.ts, row.tz]
deepStrictEqual(
  dates.map((date) => date instanceof Date),
  [true, true, true],
)
const bytes: Uint8Array = row.by
deepStrictEqual([...bytes], [1, 2])
deepStrictEqual([row.b satisfies boolean, row.j, row.jb], [true, { a: 1 }, [1]])
deepStrictEqual({ ...(row.p satisfies { x: number; y: number }) }, { x: 1, y: 2 })
deepStrictEqual({ ...(row.ci satisfies { radius: number }) }, { x: 1, y: 2, radius: 3 })
const lists: (number | null)[][] = [row.ai, row.an, row.af8]
deepStrictEqual(lists, [[1, null], [1.5, 2.5], [0.5]])
const textLists: (string | null)[][] = [row.ai8, row.at, row.au, row.am, row.aip]
deepStrictEqual(textLists.slice(0, 2), [['1', '2'], []])
deepStrictEqual(
  textLists.map((list) => Array.isArray(list) && list.every((one) => typeof one === 'string')),
  textLists.map(() => true),
)
deepStrictEqual(row.ab satisfies (boolean | null)[], [true])
const dateLists: (Date | null)[][] = [row.ad, row.atz]
deepStrictEqual(
  dateLists.map((list) => list[0] instanceof Date),
  [true, true],
)
deepStrictEqual([row.aj, [...(row.aby[0] ?? [])]], [[{ a: 1 }], [1]])
deepStrictEqual([row.aiv[0]?.days, row.ap[0]?.x], [1, 1])
const arraysAsText: string[] = [row.ast, row.ar, row.ax, row.aci]
deepStrictEqual(arraysAsText, ['{new}', '{"[1,3)"}', '{<a/>}', '{"<(1,2),3>"}'])

await database.insertInto('events').values({ at: '2026-05-01' }).execute()
await database.destroy()
console.log('done')
