import { expect, test } from 'vitest'
import { serverSql } from '../../../src/importer/sql/server-sql.ts'

const of = (text: string) => serverSql({ file: 'a.sql', line: 10, text })

test('BEGIN and COMMIT go, wherever PostgreSQL sees them, and nowhere else', async () => {
  expect(await of('BEGIN;\n\nSELECT 1;\n\nCOMMIT;\n\nSELECT 2;\n')).toEqual({
    sql: 'SELECT 1;\n\nSELECT 2;\n',
    transactionLines: [10, 14],
  })
  expect(await of('start transaction isolation level serializable; select 1; END;')).toMatchObject({
    sql: ' select 1; ',
  })
  const body = 'CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$\nBEGIN\n  NULL;\nEND $$;\n'
  expect(await of(body)).toEqual({ sql: body, transactionLines: [] })
})

test('a ROLLBACK is refused, with its line', async () => {
  expect(await of('BEGIN;\nSELECT 1;\nROLLBACK;\n')).toEqual({
    file: 'a.sql',
    line: 12,
    reason: '"ROLLBACK" takes back what stands before it.',
  })
})

test('a comment that would begin a part of the revision is told from one', async () => {
  expect(await of("-- upgrade\nSELECT '\n-- downgrade\n';\n--limbeck:downgrade\n")).toMatchObject({
    sql: "-- upgrade:\nSELECT '\n-- downgrade\n';\n--limbeck:downgrade:\n",
  })
})

test('what psql does itself is taken out only where PostgreSQL would not read it', async () => {
  expect(await of("SELECT E'\n\\i x\n';\n")).toMatchObject({ sql: "SELECT E'\n\\i x\n';\n" })
  expect(await of('\\set ON_ERROR_STOP on\nSELECT 1;\n')).toMatchObject({ sql: '\nSELECT 1;\n' })
  expect(await of('COPY t (a) FROM stdin;\n1\n\\.\n')).toMatchObject({
    reason: 'its COPY … FROM STDIN has rows, which psql reads: write an INSERT.',
  })
})

test('what the parser does not take is refused with its words', async () => {
  expect(await of('SELECT 1;\nSELEC 2;\n')).toMatchObject({
    line: 11,
    reason: 'PostgreSQL\'s parser does not take it: syntax error at or near "SELEC".',
  })
})
