import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { servers } from './databases.ts'
import { type Server, startServer } from './server.ts'

describe.each(servers())('a $name of its own', ({ major }) => {
  test('has after a kill what was committed before, and nothing else', async () => {
    await using server = await startServer(major)
    await query(server, 'CREATE TABLE entry (id int)')
    const open = await connect(server)
    await open.query('BEGIN; INSERT INTO entry VALUES (2)')
    await query(server, 'INSERT INTO entry VALUES (1)')

    await server.kill()
    await expect(query(server, 'SELECT 1')).rejects.toThrow('ECONNREFUSED')
    await server.restart()

    expect(await query(server, 'SELECT id FROM entry')).toEqual([{ id: 1 }])
    expect(await server.log()).toContain('automatic recovery in progress')
  })

  test('restarts without recovery when it runs', async () => {
    await using server = await startServer(major)
    await query(server, 'CREATE TABLE entry (id int)')
    await server.restart()
    expect(await query(server, 'SELECT id FROM entry')).toEqual([])
    expect(await server.log()).not.toContain('automatic recovery')
  })

  test('takes settings, and says why it does not start', async () => {
    await using server = await startServer(major, { settings: { lock_timeout: '7s' } })
    expect(await query(server, 'SHOW lock_timeout')).toEqual([{ lock_timeout: '7s' }])
    await expect(startServer(major, { port: server.port })).rejects.toThrow('Address already in use')
  })
})

async function query(server: Server, sql: string): Promise<unknown[]> {
  const client = await connect(server)
  const { rows } = await client.query(sql).finally(() => client.end())
  return rows
}

async function connect(server: Server): Promise<pg.Client> {
  const client = new pg.Client(server.url('postgres'))
  client.on('error', () => {})
  await client.connect()
  return client
}
