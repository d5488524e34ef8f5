import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addEnumValues, replaceEnum } from '../../src/operations/registry.ts'
import { targets } from '../servers/databases.ts'
import { type Bench, openBench } from './bench.ts'
import { enumInUse } from './further-examples.ts'

describe.each(targets)('an enum on $name', (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  const mood = `CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')`

  test('gets each new label at its place', async () => {
    await bench.prepare(mood)
    const values = ['last', { value: 'first', before: 'sad' }, { value: 'second', after: 'first' }]
    await bench.apply([addEnumValues({ name: 'mood', values })])
    expect(await bench.rows('SELECT enum_range(NULL::mood)::text AS labels')).toEqual([
      { labels: '{first,second,sad,ok,happy,last}' },
    ])
  })

  test('is replaced with its rows, defaults and elements of arrays', async () => {
    await bench.prepare(enumInUse)
    await bench.apply([replaceEnum({ name: 'mood', without: ["it's ok"], mapping: { "it's ok": 'odd' } })])
    expect(
      await bench.rows('INSERT INTO people (name) VALUES ($$Zoe$$); SELECT * FROM people ORDER BY name'),
    ).toEqual([
      { name: 'Ada', mood: 'odd', past: '{sad,NULL,odd}' },
      { name: 'Bob', mood: 'happy', past: '{}' },
      { name: 'Eve', mood: 'happy', past: null },
      { name: 'Zoe', mood: 'odd', past: '{sad}' },
    ])
    expect(await bench.rows('SELECT enum_range(NULL::mood)::text AS labels')).toEqual([
      { labels: '{sad,happy,odd}' },
    ])
  })

  test('has two labels swapped by one mapping', async () => {
    await bench.prepare(
      `${mood}; CREATE TABLE t (m mood, a mood[]); INSERT INTO t VALUES ('sad', '{sad,happy}')`,
    )
    const values = ['sad', 'ok', 'happy']
    await bench.apply([replaceEnum({ name: 'mood', values, mapping: { sad: 'happy', happy: 'sad' } })])
    expect(await bench.rows('SELECT m::text, a::text FROM t')).toEqual([{ m: 'happy', a: '{happy,sad}' }])
  })

  test.each([
    [
      'a row',
      `CREATE TABLE t (m mood); INSERT INTO t VALUES ('ok')`,
      'invalid input value for enum mood: "ok"',
    ],
    [
      'an array in an array',
      `CREATE TABLE t (m mood[]); INSERT INTO t VALUES ('{{ok},{sad}}')`,
      'invalid input value',
    ],
    ['a default', `CREATE TABLE t (m mood DEFAULT 'ok')`, 'invalid input value for enum mood: "ok"'],
    ['a check', `CREATE TABLE t (m mood CHECK (m > 'ok'))`, 'invalid input value for enum mood: "ok"'],
    ['a view', `CREATE VIEW v AS SELECT 'ok'::mood AS m`, 'invalid input value for enum mood: "ok"'],
    ['a domain', 'CREATE DOMAIN d AS mood', 'cannot be replaced: the domain d uses it'],
    ['a composite type', 'CREATE TYPE c AS (m mood)', 'cannot be replaced: the composite type c uses it'],
    [
      'a generated column',
      `CREATE TABLE t (m mood, s bool GENERATED ALWAYS AS (m = 'sad') STORED)`,
      'generated column t.s',
    ],
    ['a range', 'CREATE TYPE r AS RANGE (subtype = mood)', 'cannot be replaced: the range type r uses it'],
    [
      'a function that another needs',
      `CREATE FUNCTION f(m mood) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'; CREATE TABLE t (i int DEFAULT f('sad'))`,
      'other objects depend on it',
    ],
  ])('stays as it is where %s stands in the way', async (_, given, message) => {
    await bench.prepare(`${mood}; ${given}`)
    const before = await bench.catalog()
    await expect(bench.apply([replaceEnum({ name: 'mood', without: ['ok'] })])).rejects.toThrow(message)
    expect(await bench.catalog()).toEqual(before)
  })
})
