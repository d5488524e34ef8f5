/** Writes what is made of the source: the pages of docs/reference, and the shapes of the operations' fields. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { referencePages } from './reference/pages.ts'
import { shapesFile, shapesText } from './shapes/shapes-file.ts'

const directory = join(import.meta.dirname, '..', 'docs', 'reference')
mkdirSync(directory, { recursive: true })
writeFileSync(shapesFile, shapesText())
for (const [name, text] of await referencePages()) writeFileSync(join(directory, name), text)
