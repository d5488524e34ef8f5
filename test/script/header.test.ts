import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HeaderNotLiteral, MissingHeader, scanHeader } from '../../src/script/header.ts'

const scan = (...lines: readonly string[]) => scanHeader(lines.join('\n'), 'file.ts')
const withHeader = (...lines: readonly string[]) =>
  scan("export const revision = 'add_org_001'", "export const downRevision = 'previous_rev'", ...lines)

function errorOf(call: () => unknown): unknown {
  try {
    return call()
  } catch (error) {
    return error
  }
}

const example = `/** Add organization_id to users. */
import type { Operations } from 'limbeck'

export const revision = 'add_org_001'
export const downRevision = 'previous_rev'
export const branchLabels = null
export const dependsOn = null
export const createDate = '2026-01-15T00:00:00Z'

export function upgrade(op: Operations) {
  op.addColumn({ table: 'users', column: { name: 'organization_id', type: 'uuid' } })
}
`

describe('a header', () => {
  test('is read from the file of the design', () => {
    expect(scanHeader(example, 'add_org.ts')).toEqual({
      id: 'add_org_001',
      downRevisions: ['previous_rev'],
      branchLabels: [],
      dependsOn: [],
      message: 'Add organization_id to users.',
      createDate: '2026-01-15T00:00:00Z',
      file: 'add_org.ts',
      irreversible: null,
      phase: null,
      replaces: [],
      parts: [],
    })
  })

  test('may have lists, in either quotes or a plain template, with a comma at the end', () => {
    const found = scan(
      'export const revision = `add_org`;',
      'export const downRevision = [',
      "  'left', // the one",
      '  "right", /* and the other */',
      '];',
      "export const branchLabels = ['billing']",
      "export const dependsOn = 'abc'",
    )
    expect(found).toMatchObject({
      id: 'add_org',
      downRevisions: ['left', 'right'],
      branchLabels: ['billing'],
      dependsOn: ['abc'],
    })
  })

  test('may have type annotations and assertions', () => {
    const found = scan(
      'export const revision: string = "a" as const',
      'export const downRevision: string | readonly string[] | null = ["b"] as const;',
      'export const branchLabels: (() => string)[] | null = null',
      "export const phase = 'expand' satisfies Phase",
      "export const createDate = '2026'",
    )
    expect(found).toMatchObject({ id: 'a', downRevisions: ['b'], phase: 'expand', createDate: '2026' })
  })

  test('may be in any order, on one line, or several to a statement', () => {
    expect(scan("export const downRevision=null;export const revision='a'")).toMatchObject({ id: 'a' })
    expect(scan("export const revision = 'a', downRevision = null")).toMatchObject({ id: 'a' })
  })

  test('may stand below imports and other declarations', () => {
    const found = scan(
      "import { type A, b } from './b.ts'",
      "import type { Operations } from 'limbeck'",
      `const table = { name: 'users', columns: [\`a\${b(\`}\${1}\`)}\`, /[/'"\`{]/g] }`,
      'type Row = { revision: string; downRevision: null }',
      'interface Old { id: number }',
      'function helper(a = 1 / 2) { return "}" + a / 3 }',
      'const half = table.columns.length / 2, x = (1) / 2',
      "export const revision = 'a'",
      'export const downRevision = null',
    )
    expect(found).toMatchObject({ id: 'a' })
  })

  test('is found below an exported helper', () => {
    const found = scan(
      'export function helper() { return { a: 1 } }',
      "export const revision = 'a'",
      'export const downRevision = null',
    )
    expect(found).toMatchObject({ id: 'a' })
  })

  test('does not count in a comment, a string, a template or a block', () => {
    const found = scan(
      "// export const revision = 'commented'",
      "/* export const revision = 'blocked' */",
      `const text = "export const revision = 'quoted'"`,
      "const long = `\nexport const revision = 'templated'\n`",
      "declare module 'x' {\n  export const revision = 'nested'\n}",
      "export const revision = 'real'",
      'export const downRevision = null',
    )
    expect(found).toMatchObject({ id: 'real' })
  })

  test('keeps the first paragraph of the first doc comment as the message', () => {
    const message = (comment: string) => scanHeader(`${comment}\n${example}`, 'f.ts')?.message
    expect(message('/**\n * Add a column\n * to users.\n *\n * At length.\n */')).toBe(
      'Add a column to users.',
    )
    expect(message('/** Rename. */')).toBe('Rename.')
    expect(message('/**\n * Split.\n * @see docs\n */')).toBe('Split.')
    expect(message('// not this\n/* nor this */\n/**/')).toBe('Add organization_id to users.')
    expect(withHeader()?.message).toBe('')
  })

  test('may say why it cannot be undone, and its phase', () => {
    const found = withHeader("export const irreversible = 'it\\'s gone'", "export const phase = 'contract'")
    expect(found).toMatchObject({ irreversible: "it's gone", phase: 'contract' })
  })

  test('undoes escapes', () => {
    expect(withHeader("export const irreversible = '\\u00e9\\x41\\u{1F600}\\n\\\\'")?.irreversible).toBe(
      'éA😀\n\\',
    )
  })

  test('passes over constants it does not know', () => {
    const found = withHeader(
      'export const transaction = false',
      'export const batch = { size: [1, 2] }',
      example,
    )
    expect(found).toMatchObject({ id: 'add_org_001' })
  })

  test('is read in a file with carriage returns and a byte order mark', () => {
    expect(scanHeader(`\ufeff${example.replaceAll('\n', '\r\n')}`, 'f.ts')).toMatchObject({
      id: 'add_org_001',
      message: 'Add organization_id to users.',
    })
  })

  test('is read although the body is no program at all', () => {
    const broken = `${example}\nexport function downgrade( { '' "\` => \${ ((( /`
    expect(scanHeader(broken, 'f.ts')).toMatchObject({ id: 'add_org_001' })
  })

  test('is read whatever follows it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (body) => {
        expect(scanHeader(`${example}${body}`, 'f.ts')).toMatchObject({ id: 'add_org_001' })
      }),
    )
  })

  test('comes out as it went in, whatever its text', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string({ unit: 'binary' })), (id, parents) => {
        const quoted = (text: string) => JSON.stringify(text)
        const found = scan(
          `export const revision = ${quoted(id)}`,
          `export const downRevision = [${parents.map(quoted).join(', ')}]`,
        )
        expect(found).toMatchObject({ id, downRevisions: parents })
      }),
    )
  })

  test('gives an answer or a Limbeck error for any text', () => {
    const pieces = [
      'export ',
      'const ',
      'revision',
      ' = ',
      "'",
      '"',
      '`',
      '${',
      '}',
      '{',
      '[',
      ']',
      '/',
      '/*',
      '*/',
      '\n',
      'upgrade',
      'function ',
      'a',
      ',',
      ':',
      'as ',
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces)), (text) => {
        const found = errorOf(() => scanHeader(text.join(''), 'f.ts'))
        if (found instanceof Error) expect(found).toHaveProperty('code')
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a module without a header', () => {
  test('is no revision', () => {
    expect(scan('export const batchSize = 1000', 'export function quote() {}')).toBeNull()
    expect(scan('')).toBeNull()
  })

  test.each([
    'export function upgrade() {}',
    'export async function upgrade(op) {}',
    'export const upgrade = (op) => {}',
    'export { run as upgrade }',
  ])('is an error with an upgrade: %s', (code) => {
    const error = errorOf(() => scan(code))
    expect(error).toBeInstanceOf(MissingHeader)
    expect(error).toMatchObject({ file: 'file.ts', constant: 'revision' })
  })

  test('is an error with a revision and no down revision', () => {
    const error = errorOf(() => scan("export const revision = 'a'", 'export function upgrade() {}'))
    expect(error).toMatchObject({ code: 'MISSING_HEADER', constant: 'downRevision' })
  })
})

describe('a header is refused that is not literal', () => {
  test.each([
    'makeId()',
    "'a' + suffix",
    "'a'\n  + suffix",
    "'a'.trim()",
    `\`a\${b}\``,
    'null',
    '12',
    '["a"]',
    'process.env.ID',
    "['a'].join('')",
  ])('as a revision: %s', (value) => {
    const error = errorOf(() =>
      scan('', `export const revision = ${value}`, 'export const downRevision = null'),
    )
    expect(error).toBeInstanceOf(HeaderNotLiteral)
    expect(error).toMatchObject({ file: 'file.ts', line: 2, constant: 'revision' })
  })

  test.each(['[a]', "['a', ...more]", '{}', "'a' || 'b'"])('as a down revision: %s', (value) => {
    const error = errorOf(() => scan("export const revision = 'a'", `export const downRevision = ${value}`))
    expect(error).toMatchObject({ code: 'HEADER_NOT_LITERAL', line: 2, constant: 'downRevision' })
  })

  test('as a variable, or exported by name', () => {
    expect(
      errorOf(() => scan("export let revision = 'a'", 'export const downRevision = null')),
    ).toBeInstanceOf(HeaderNotLiteral)
    expect(
      errorOf(() => scan("const revision = 'a'", 'export const downRevision = null', 'export { revision }')),
    ).toBeInstanceOf(HeaderNotLiteral)
  })

  test('as a phase that there is not', () => {
    expect(errorOf(() => withHeader("export const phase = 'later'"))).toMatchObject({
      constant: 'phase',
      line: 3,
    })
  })

  test('with a message that says where, and how to write it', () => {
    const error = errorOf(() => scan('export const revision = id()', 'export const downRevision = null'))
    expect(error).toMatchObject({
      message: '"revision" in file.ts:1 is not a string.',
      hint: expect.stringContaining("export const revision = 'add_org_001'"),
    })
  })
})
