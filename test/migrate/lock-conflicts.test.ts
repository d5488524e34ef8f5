import { describe, expect, test } from 'vitest'
import { conflicts } from '../../src/migrate/lock-conflicts.ts'
import { type LockMode, lockModes } from '../../src/operations/operation.ts'
import { servers } from '../servers/databases.ts'

/** As LOCK TABLE says it: `SHARE ROW EXCLUSIVE`. */
const words = (mode: LockMode) => mode.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toUpperCase()

describe.each(servers())('on $name', (server) => {
  test('two sessions keep each other from a table in just the modes that are said to conflict', async () => {
    await using database = await server.open()
    await database.query('CREATE TABLE t ()')
    await using holder = await database.connect()
    await using other = await database.connect()
    const found: (readonly [wanted: LockMode, held: LockMode])[] = []
    for (const wanted of lockModes)
      for (const held of lockModes) {
        await holder.query(`BEGIN; LOCK TABLE t IN ${words(held)} MODE`)
        await other
          .query(`BEGIN; LOCK TABLE t IN ${words(wanted)} MODE NOWAIT`)
          .catch(() => found.push([wanted, held]))
        await other.query('ROLLBACK')
        await holder.query('ROLLBACK')
      }
    expect(conflicts).toEqual(found)
  })
})
