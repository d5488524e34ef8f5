import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importVerb } from '../../src/cli/verbs/import.ts'
import { stamp } from '../../src/cli/verbs/stamp.ts'
import { formats } from '../../src/importer/sql/formats.ts'
import { compareVersions, repeatableId, versionId } from '../../src/takeover/flyway.ts'
import { revisionIdOf } from '../../src/takeover/revision-id.ts'
import { foreignTools } from '../../src/takeover/tools.ts'

const guide = readFileSync(join(import.meta.dirname, '../../docs/guide/taking-over.md'), 'utf8')

describe.each(foreignTools)('$name', ({ name, tableName }) => {
  test('is named by the help of stamp', () => {
    expect(stamp.options?.find((option) => option.name === 'from')?.summary).toContain(name)
  })

  test('is told of in the guide, with its table', () => {
    expect(guide).toMatch(new RegExp(`^\\| \`${name}\` \\| \`[\\w.]*${tableName}\``, 'm'))
  })
})

describe.each(formats)('folders of $tool.title', ({ tool }) => {
  test('are named by the help of import, and told of in the guide', () => {
    expect(importVerb.arguments?.[0]?.summary).toContain(tool.title)
    expect(guide).toContain(`\n| ${tool.title} | `)
  })
})

test('an id has nothing by which selectors are written, and is none of their words', () => {
  expect(['a-b', 'a@b:c', '-lead', 'two words', 'head', '@'].map(revisionIdOf)).toEqual([
    'a_b',
    'a_b_c',
    'lead',
    'two_words',
    'head_',
    '_',
  ])
})

test('versions of Flyway are equal where Flyway takes them for equal, and in its order', () => {
  expect(['1', '01', '1.0', '1_0_0', '0', '0.0', '1.10', '2013.01.15.11.35.56'].map(versionId)).toEqual([
    '1',
    '1',
    '1',
    '1',
    '0',
    '0',
    '1.10',
    '2013.1.15.11.35.56',
  ])
  expect(['10', '1.10', '1.9', '2', '1'].sort(compareVersions)).toEqual(['1', '1.9', '1.10', '2', '10'])
})

test('a repeatable migration’s id has its checksum, a negative one too', () => {
  expect(repeatableId('My view', -1)).toBe('R_My_view_ffffffff')
})
