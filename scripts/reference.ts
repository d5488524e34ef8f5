/** Writes the pages of docs/reference from the source: npm run reference. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { referencePages } from './reference/pages.ts'

const directory = join(import.meta.dirname, '..', 'docs', 'reference')
mkdirSync(directory, { recursive: true })
for (const [name, text] of await referencePages()) writeFileSync(join(directory, name), text)
