import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Config, generateRevision } from '../../src/index.ts'
import { folder } from '../cli/folder.ts'

const events = `CREATE TABLE events (id bigint, at timestamptz, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE events_2026_11 PARTITION OF events FOR VALUES FROM ('2026-11-01') TO ('2026-12-01');`
const next = `CREATE TABLE events_2026_12 PARTITION OF events FOR VALUES FROM ('2026-12-01') TO ('2027-01-01');`

test('nothing is warned of for tables that the revision itself makes', async () => {
  await using its = await folder({ 'migrations/.keep': '', 'schema.sql': events })
  const config: Config = {
    directory: its.directory,
    database: `pglite:${its.directory}/own`,
    schema: 'schema.sql',
  }
  const first = await generateRevision(config, { message: 'events' })
  expect(first?.does).toEqual(['create table events', 'create table events_2026_11'])
  expect(first?.hazards).toEqual([])
  expect(readFileSync(first?.file ?? '', 'utf8')).not.toContain('Mind:')

  await its.write({ 'schema.sql': `${events} ${next}` })
  const second = await generateRevision(config, { message: 'december' })
  expect(second?.hazards).toEqual([expect.stringContaining('events is closed for a moment')])
  expect(readFileSync(second?.file ?? '', 'utf8')).toContain('// Mind: events is closed for a moment')
})
