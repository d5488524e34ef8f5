import { expect, test } from 'vitest'
import { parseDatabaseUrl } from '../../src/connection/address.ts'
import { connect } from '../../src/connection/connect.ts'
import { targets } from '../servers/databases.ts'

// PostgreSQL sends an error at once and its state later, often in another packet; so this is tried often.
test.each(targets)('after an error the state of the transaction is known on $name', async (target) => {
  await using database = await target.open()
  const connection = await connect(
    target.kind === 'pglite'
      ? { type: 'embedded', directory: database.url.slice('pglite:'.length) }
      : parseDatabaseUrl(database.url),
  )
  try {
    for (let n = 0; n < 200; n++) {
      await expect(connection.run('BEGIN; SELECT 1 / 0')).rejects.toThrow('division by zero')
      expect(connection.transaction()).toBe('failed')
      await connection.run('ROLLBACK')
      await expect(connection.query('SELECT 1 / $1', ['0'])).rejects.toThrow('division by zero')
      expect(connection.transaction()).toBe('idle')
    }
  } finally {
    await connection.close()
  }
})
