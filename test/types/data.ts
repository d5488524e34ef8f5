import { createReadStream } from 'node:fs'
import { bulkInsert, copyFrom } from '../../src/operations/registry.ts'

export function data() {
  copyFrom({
    table: 't',
    from: { file: 't.csv' },
    format: 'csv',
    quote: "'",
    header: 'match',
    forceNull: '*',
  })
  copyFrom({ table: 't', from: { stream: () => createReadStream('t.txt') }, delimiter: '|' })
  // @ts-expect-error The text format has no quotes.
  copyFrom({ table: 't', from: { file: 't.txt' }, quote: "'" })
  // @ts-expect-error Nor columns in which quotes would mean something.
  copyFrom({ table: 't', from: { file: 't.txt' }, format: 'text', forceNotNull: ['a'] })
  // @ts-expect-error A stream can be read once: it has to be a function that makes one.
  copyFrom({ table: 't', from: { stream: createReadStream('t.txt') } })

  bulkInsert({ table: 't', rows: [{ id: 1 }], overriding: 'system' })
  // @ts-expect-error Either the rows' values are kept (system), or the sequence's are taken (user).
  bulkInsert({ table: 't', rows: [{ id: 1 }], overriding: 'always' })
}
