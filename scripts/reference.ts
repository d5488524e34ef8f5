/** Writes what is made of the source: the pages of docs/reference, and the shapes of the operations' fields. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { referencePages } from './reference/pages.ts'
import { shapesFile, shapesText } from './shapes/shapes-file.ts'

const directory = join(import.meta.dirname, '..', 'docs', 'reference')
writeFileSync(shapesFile, shapesText())
// What is no rule any more has no page.
rmSync(join(directory, 'rules'), { recursive: true, force: true })
for (const [name, text] of await referencePages()) {
  mkdirSync(dirname(join(directory, name)), { recursive: true })
  writeFileSync(join(directory, name), text)
}
