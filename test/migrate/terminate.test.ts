import { describe, expect, test } from 'vitest'
import { connect } from '../../src/connection/connect.ts'
import { findBlockers } from '../../src/migrate/blockers.ts'
import { termination, type Waiting } from '../../src/migrate/terminate.ts'
import { rowOf } from '../faults/base.ts'
import { servers } from '../servers/databases.ts'

describe.each(servers())('on $name', (server) => {
  test('the next attempt waits no longer than until the time of who was in the way of the last is up', async () => {
    await using database = await server.open()
    await database.query('CREATE TABLE busy (id int)')
    const [session, observer, other] = [
      await connect(database.url),
      await connect(database.url),
      await connect(database.url),
    ]
    const told: string[] = []
    const attempt = (): Waiting => ({
      session,
      onTerminated: () => told.push('terminated'),
      onSpared: () => told.push('spared'),
    })
    await other.run('BEGIN; SELECT FROM busy')
    const waiting = session.run('LOCK TABLE busy; SELECT 1')
    await rowOf(database, `SELECT FROM pg_locks WHERE pid = ${session.processId} AND NOT granted`)
    const blockers = await findBlockers(observer, session.processId)
    expect(blockers).toHaveLength(1)

    const hour = termination(3_600)
    expect(hour.due(session)).toBeNull()
    await hour.look(attempt(), observer, blockers)
    const due = hour.due(session)
    expect(due).toBeGreaterThan(0)
    expect(due).toBeLessThanOrEqual(3_600_000)
    // Nobody has looked at an attempt since.
    expect(hour.due(session)).toBeNull()
    // Another attempt had nobody in its way, and a third the same again, whose time has gone on.
    await hour.look(attempt(), observer, [])
    expect(hour.due(session)).toBeNull()
    await hour.look(attempt(), observer, blockers)
    expect(hour.due(session)).toBeLessThan(due ?? 0)
    await hour.look(
      attempt(),
      observer,
      blockers.map((blocker) => ({ ...blocker, waits: true })),
    )
    expect(hour.due(session)).toBeNull()
    hour.passed(session)
    await hour.look(attempt(), observer, blockers)
    expect(hour.due(session)).toBeGreaterThan(0)

    const atOnce = termination(0)
    await atOnce.look(attempt(), observer, blockers)
    await waiting
    expect(atOnce.due(session)).toBeNull()
    await atOnce.look(attempt(), observer, blockers)
    expect(told).toEqual(['terminated'])
    await expect(other.run('SELECT 1')).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
    await session.close()
    await observer.close()
    await other.close()
  })

  test('a session that has gone on to its next transaction is not ended for the last one', async () => {
    await using database = await server.open()
    await database.query('CREATE TABLE busy (id int)')
    const [session, observer, other] = [
      await connect(database.url),
      await connect(database.url),
      await connect(database.url),
    ]
    await other.run('BEGIN; SELECT FROM busy')
    const waiting = session.run('LOCK TABLE busy; SELECT 1')
    await rowOf(database, `SELECT FROM pg_locks WHERE pid = ${session.processId} AND NOT granted`)
    const blockers = await findBlockers(observer, session.processId)
    await other.run('COMMIT')
    await waiting
    await other.run('BEGIN; SELECT FROM busy')
    const again = session.run('LOCK TABLE busy; SELECT 1')
    await rowOf(database, `SELECT FROM pg_locks WHERE pid = ${session.processId} AND NOT granted`)
    const told: string[] = []
    const onTold = () => void told.push('told')
    await termination(0).look({ session, onTerminated: onTold, onSpared: onTold }, observer, blockers)
    expect(told).toEqual([])
    await other.run('COMMIT')
    await again
    await session.close()
    await observer.close()
    await other.close()
  })
})
