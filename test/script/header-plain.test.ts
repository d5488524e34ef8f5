import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainHeader } from '../../src/script/header-plain.ts'
import { scanScript } from '../../src/script/header-scan.ts'

const plain = `/**
 * Add the invoices of 2026.
 *
 * With their lines.
 */
import type { Operations } from 'limbeck'

export const revision = 'a1'
export const downRevision = ['b2', 'c3']
export const branchLabels = null
export const createDate = '2026-01-15T00:00:00Z'

export async function upgrade(op: Operations) {}
`

/** Pieces of which some are plain, some nearly so, and some not at all. */
const piece = fc.constantFrom(
  '/** A comment. */\n',
  '/* none */\n',
  '/**/\n',
  '// export const revision = 1\n',
  "import { a, type B } from 'x';\n",
  "import x from 'x'\n",
  "export const revision = 'a1'\n",
  "export const revision = 'a1'",
  "export const revision = 'a\\'1'\r\n",
  "export const downRevision = ['b2', 'c3'];\r\n\r\n",
  "export const downRevision = ['b2',\n 'c3']\n",
  'export const downRevision = []\n',
  'export const dependsOn = null \n',
  "  + 'more'\n",
  ' as const\n',
  '\u00a0',
  "export const upgrade = 'no'\n",
  'export const upgrade = (op) => {}\n',
  'export function upgrade(op) {}\n',
  'export async function downgrade(op) {}\n',
  'export function other() {}\n',
  'export default function upgrade() {}\n',
  '{\n',
  '}\n',
  '`',
)

describe('a plain header', () => {
  test('is what a new revision has', () => {
    expect(plainHeader(plain)).toEqual(scanScript(plain))
    expect(plainHeader(plain)?.constants.get('downRevision')?.value).toEqual(['b2', 'c3'])
  })

  test('is read as token by token, or is none', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('')
        const header = plainHeader(text)
        if (header !== null) expect(header).toEqual(scanScript(text))
      }),
      { numRuns: 20_000 },
    )
  })
})
