import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contractColumn, expandColumn } from '../../src/operations/registry.ts'
import { targets } from '../servers/databases.ts'
import { type Bench, openBench } from './bench.ts'
import { manyIndexes } from './further-examples.ts'

const rename = { table: 'users', from: 'email', to: 'email_address' } as const

describe.each(targets)('a column that is renamed on $name', (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  const indexes = async (column: string) => {
    const rows =
      await bench.rows(`SELECT pg_get_indexdef(i.indexrelid) || coalesce(' — ' || pg_get_constraintdef(k.oid), '') AS definition
      FROM pg_index i LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid
      WHERE indrelid = 'users'::regclass AND indisvalid AND pg_get_indexdef(i.indexrelid) ~ '\\m${column}\\M'`)
    return rows.map((row) => String(row['definition']))
  }
  /** A definition with the new column, and without the index's name. */
  const shape = (definition: string) =>
    definition.replace(/INDEX ("[^"]*"|\w+) ON/, 'INDEX ON').replaceAll(/\bemail\b/g, 'email_address')

  test('has the same indexes and constraints under its new name', async () => {
    await bench.prepare(manyIndexes)
    await bench.rows('INSERT INTO users SELECT id + 100, email || id, name, age FROM users WHERE id < 3')
    const failed = bench.rows(
      'CREATE UNIQUE INDEX CONCURRENTLY users_email_broken ON users (name, (email > email))',
    )
    await expect(failed).rejects.toThrow('could not create unique index')
    await bench.rows('CREATE INDEX users_email_last ON users (email DESC)')

    await bench.apply([expandColumn(rename)])
    const copied = await indexes('email_address')
    expect(copied.map(shape).sort()).toEqual((await indexes('email')).map(shape).sort())
    expect(copied).toHaveLength(10)
    expect(copied.join('\n')).toContain('UNIQUE (email_address) DEFERRABLE INITIALLY DEFERRED')
  })

  test('is not expanded over an index that has the name of a copy', async () => {
    await bench.prepare(
      'CREATE TABLE users (id int PRIMARY KEY, email text UNIQUE); CREATE INDEX users_email_address_key ON users (id)',
    )
    await expect(bench.apply([expandColumn(rename)])).rejects.toThrow(
      'An index users_email_address_key is there already, on users',
    )
  })

  test('is the same after the rename was taken back and done again', async () => {
    await bench.prepare(manyIndexes)
    await bench.apply([expandColumn(rename)])
    const expanded = await bench.catalog()
    const back = contractColumn({ ...rename, keep: 'from' })
    await bench.apply([back])
    await bench.undo([back])
    expect(await bench.catalog()).toEqual(expanded)
  })

  test('keeps its default, its values and NOT NULL to the end, and nothing of the old name', async () => {
    await bench.prepare(`CREATE TABLE users (id int PRIMARY KEY, email varchar(20) NOT NULL DEFAULT 'none');
      INSERT INTO users VALUES (1, 'a'), (2, DEFAULT)`)
    await bench.apply([expandColumn(rename)])
    await bench.apply([contractColumn(rename)])
    expect(await bench.rows('SELECT * FROM users ORDER BY id')).toEqual([
      { id: 1, email_address: 'a' },
      { id: 2, email_address: 'none' },
    ])
    const lines = (await bench.catalog()).join('\n')
    expect(lines).toMatch(
      /column users\.email_address character varying\(20\) collation \S+ not null t default 'none'::character varying /,
    )
    expect(lines).not.toMatch(/\bemail\b|limbeck_sync|proof/)
  })

  test('is not contracted while the two differ', async () => {
    await bench.prepare(
      'CREATE TABLE users (id int PRIMARY KEY, email text); INSERT INTO users VALUES (1, $$a$$)',
    )
    await bench.apply([expandColumn(rename)])
    await bench.rows(
      `ALTER TABLE users DISABLE TRIGGER USER; UPDATE users SET email = 'b'; ALTER TABLE users ENABLE TRIGGER USER`,
    )
    await expect(bench.apply([contractColumn(rename)])).rejects.toThrow(
      '1 rows of users differ between email and email_address',
    )
  })
})
