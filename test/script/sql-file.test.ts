import { describe, expect, test } from 'vitest'
import { MissingHeader } from '../../src/script/header.ts'
import { MisplacedMarker, MissingUpgradeMarker, splitSqlFile, sqlHeader } from '../../src/script/sql-file.ts'

const example = `-- Add a column to users.
-- revision: add_col
-- down_revision: previous_rev
-- branch_labels: none
-- depends_on:
-- create_date: 2026-01-15T00:00:00Z
-- upgrade
ALTER TABLE users ADD COLUMN nickname text;
-- downgrade
ALTER TABLE users DROP COLUMN nickname;
`

describe('the header of a .sql file', () => {
  test('is its comment lines', () => {
    expect(sqlHeader(example, 'add_col.sql')).toEqual({
      id: 'add_col',
      downRevisions: ['previous_rev'],
      branchLabels: [],
      dependsOn: [],
      message: 'Add a column to users.',
      createDate: '2026-01-15T00:00:00Z',
      file: 'add_col.sql',
      irreversible: null,
      phase: null,
      replaces: [],
      parts: [],
    })
  })

  test('separates several values by commas', () => {
    const found = sqlHeader(
      '-- revision: m\n-- down_revision: a, b\n-- depends_on: c,d\n-- upgrade\n',
      'm.sql',
    )
    expect(found).toMatchObject({ downRevisions: ['a', 'b'], dependsOn: ['c', 'd'] })
  })

  test.each(['', ' none', ' null'])('is a base with "down_revision:%s"', (value) => {
    expect(sqlHeader(`-- revision: a\n-- down_revision:${value}\n-- upgrade\n`, 'a.sql')).toMatchObject({
      downRevisions: [],
    })
  })

  test('takes the first paragraph of the other lines as the message', () => {
    const text =
      '-- Split\n-- the name: in two.\n--\n-- At length.\n-- revision: a\n-- down_revision:\n-- upgrade'
    expect(sqlHeader(text, 'a.sql')?.message).toBe('Split the name: in two.')
  })

  test('ends at the first statement, and does not count below it', () => {
    expect(sqlHeader('SELECT 1;\n-- revision: a\n-- down_revision:\n', 'a.sql')).toBeNull()
  })

  test('is read with carriage returns', () => {
    expect(sqlHeader(example.replaceAll('\n', '\r\n'), 'a.sql')).toMatchObject({ id: 'add_col' })
  })

  test('is absent from a file that is no revision', () => {
    expect(sqlHeader('CREATE FUNCTION f() ...', 'f.sql')).toBeNull()
  })

  test('must be there in a file with an upgrade', () => {
    expect(() => sqlHeader('-- upgrade\nSELECT 1', 'a.sql')).toThrow(MissingHeader)
    expect(() => sqlHeader('-- revision: a\n-- upgrade\nSELECT 1', 'a.sql')).toThrow(/downRevision/)
  })
})

describe('the parts of a .sql file', () => {
  test('are between the markers, with the lines where they begin', () => {
    expect(splitSqlFile(example, 'a.sql')).toEqual({
      upgrade: { text: 'ALTER TABLE users ADD COLUMN nickname text;\n', line: 8 },
      downgrade: { text: 'ALTER TABLE users DROP COLUMN nickname;\n', line: 10 },
    })
  })

  test('may lack a downgrade', () => {
    expect(splitSqlFile('-- revision: a\n-- upgrade\nSELECT 1', 'a.sql')).toEqual({
      upgrade: { text: 'SELECT 1', line: 3 },
      downgrade: null,
    })
  })

  test('may be marked with the name of Limbeck, and end in carriage returns', () => {
    expect(splitSqlFile('-- limbeck:upgrade\r\nUP;\r\n-- limbeck: downgrade\r\nDOWN;', 'a.sql')).toEqual({
      upgrade: { text: 'UP;\r\n', line: 2 },
      downgrade: { text: 'DOWN;', line: 4 },
    })
  })

  test.each([
    "'\n-- downgrade\n'",
    "E'it\\'s\n-- downgrade\n'",
    '"\n-- downgrade\n"',
    '$$\n-- downgrade\n$$',
    '$body$ $$\n-- downgrade\n$body$',
    '/* /* */\n-- downgrade\n*/',
    '-- a downgrade\n  -- downgrade\n-- downgrade of it',
    'SELECT 1 -- downgrade\n',
  ])('are not divided inside of %j', (quoted) => {
    const text = `-- upgrade\nSELECT ${quoted};\n-- downgrade\nDOWN`
    expect(splitSqlFile(text, 'a.sql').downgrade).toMatchObject({ text: 'DOWN' })
  })

  test('must have an upgrade', () => {
    expect(() => splitSqlFile('-- revision: a\nSELECT 1', 'a.sql')).toThrow(MissingUpgradeMarker)
  })

  test('come once each, the upgrade first', () => {
    expect(() => splitSqlFile('-- downgrade\n-- upgrade\n', 'a.sql')).toThrow(MisplacedMarker)
    expect(() => splitSqlFile('-- upgrade\n-- downgrade\n-- downgrade\n', 'a.sql')).toThrow(/a.sql:3/)
  })
})
