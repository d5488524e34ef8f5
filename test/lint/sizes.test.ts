import { expect, test } from 'vitest'
import type { Hazard } from '../../src/lint/hazard.ts'
import { bySize } from '../../src/lint/sizes.ts'
import type { Work } from '../../src/lint/work.ts'

const sizes = new Map([
  ['users', { rows: 90_000_000, size: '11 GB', bytes: 12_000_000_000 }],
  ['orgs', { rows: 12, size: '8192 bytes', bytes: 8192 }],
  ['logs', { rows: 20_000, size: '2 MB', bytes: 2_000_000 }],
])

function told(relation: string, what: readonly Work['what'][]): readonly string[] {
  const hazard: Hazard = {
    rule: 'long-lock',
    class: 'blocks-reads-long',
    level: 'error',
    message: 'It waits.',
    evidence: [],
    recipe: null,
    relations: [relation],
    work: what.map((one) => ({ what: one, relation })),
  }
  const { level, evidence } = bySize(hazard, sizes)
  return [level, ...evidence]
}

test('a large table gets a time, and at which rate', () => {
  expect(told('users', ['scan'])).toEqual([
    'error',
    'users has about 90,000,000 rows in 11 GB here',
    'that takes 60 s or so, assumed a scan at 200 MB/s',
  ])
  expect(told('users', ['rewrite', 'index', 'scan'])).toContain(
    'that takes 8 min or so, assumed a rewrite at 50 MB/s and an index at 50 MB/s',
  )
})

test('what takes less than a second, is small, or is not known gets none', () => {
  expect(told('logs', ['scan'])).toEqual(['error', 'logs has about 20,000 rows in 2 MB here'])
  expect(told('orgs', ['rows'])).toEqual(['advice', 'orgs has about 12 rows in 8192 bytes here'])
  expect(told('others', ['rewrite'])).toEqual(['error'])
})
