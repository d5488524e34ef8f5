import { expect, test } from 'vitest'
import { callAt, replacedCall, withReplacements } from '../../src/script/replace-call.ts'

const text = `export function upgrade(op) {
  op.execute({ sql: \`SELECT ')' /* \${1 + (2)} */\` }) // why
  op.execute({
    sql: 'CREATE INDEX i ON t (a)',
  });
  if (wanted) op.execute({ sql: 'SELECT 1' })
  await op.execute({ sql: 'SELECT 2' })
}
`
const at = (line: number, column = 6) => callAt(text, { line, column, name: 'execute' })

test('a call on lines of its own is found with its arguments, and is replaced in its place', () => {
  const call = at(3)
  expect(call === null ? null : text.slice(call.from, call.to)).toBe(
    "op.execute({\n    sql: 'CREATE INDEX i ON t (a)',\n  })",
  )
  const code = "op.createIndex({\n  name: 'i',\n})\nop.comment()"
  expect(call === null ? null : withReplacements(text, [replacedCall(call, code)])).toContain(
    "  op.createIndex({\n    name: 'i',\n  });\n  op.comment();\n  if (wanted)",
  )
})

test('what stands with other code on its line is left alone', () => {
  expect(at(2)).toBeNull()
  expect(at(6, 18)).toBeNull()
  expect(at(7, 12)).toBeNull()
  expect(at(4)).toBeNull()
})
