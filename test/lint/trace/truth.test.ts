import { describe, expect, test } from 'vitest'
import { majors } from '../../servers/binaries.ts'
import { hazardClasses } from './classes.ts'
import { readMigrations } from './migration.ts'
import { squawkRules } from './squawk.ts'
import { readTruths } from './truth.ts'

const migrations = await readMigrations()
const truths = readTruths()

test('there is a truth for each migration on each major that can run it, and for nothing else', () => {
  expect([...truths.keys()].toSorted()).toEqual(migrations.map(({ slug }) => slug).toSorted())
  for (const { slug, since } of migrations) {
    expect([slug, ...truths.get(slug)!.keys()]).toEqual([slug, ...majors.filter((major) => major >= since)])
  }
})

test('the truth is of the statements as they stand in the files', () => {
  for (const { slug, statements } of migrations) {
    const texts = statements.map(({ text }) => text)
    for (const truth of truths.get(slug)!.values()) {
      expect(truth.statements.map(({ text }) => text)).toEqual(texts.slice(0, truth.statements.length))
    }
  }
})

test('a number is used once', () => {
  const numbers = migrations.map(({ slug }) => slug.split('-')[0])
  expect(new Set(numbers).size).toBe(numbers.length)
})

describe('of all migrations', () => {
  const newest = [...truths.values()].map((byMajor) => [...byMajor.values()].at(-1)!)

  test.each(hazardClasses)('several have %s, and more have it not', (name) => {
    const positive = newest.filter(({ classes }) => classes.includes(name)).length
    expect(positive).toBeGreaterThanOrEqual(3)
    expect(newest.length - positive).toBeGreaterThan(positive)
  })

  test('at least a third have no hazard', () => {
    const safe = newest.filter(({ classes }) => classes.length === 0)
    expect(safe.length).toBeGreaterThan(newest.length / 3)
  })
})

test('a rule of squawk warns of one of the classes, or of none', () => {
  const named = Object.values(squawkRules).filter((name) => name !== null)
  expect(named.filter((name) => !hazardClasses.includes(name))).toEqual([])
})
