import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { connect } from '../../src/connection/connect.ts'

const endless = `CREATE FUNCTION endless(i int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN endless(i + 1); END $$`

test.each(['SELECT endless(1)', 'SELECT endless($1::int)'])(
  'an embedded database that breaks off says so, and is as it was: %s',
  async (text) => {
    const folder = await mkdtemp(join(tmpdir(), 'limbeck-test-embedded-'))
    const url = `pglite:${join(folder, 'database')}`
    const first = await connect(url)
    await first.run(`${endless}; CREATE TABLE t AS SELECT 1 AS x`)
    const asked = text.includes('$1') ? first.query(text, ['1']) : first.run(text)
    await expect(asked).rejects.toMatchObject({
      code: 'CONNECTION_LOST',
      message: expect.stringContaining('its stack is full'),
    })
    await first.close()
    expect(existsSync(join(folder, 'database.lock'))).toBe(false)
    const second = await connect(url)
    expect(await second.run('SELECT x FROM t')).toMatchObject([{ rows: [{ x: 1 }] }])
    await second.close()
    await rm(folder, { recursive: true })
  },
)
