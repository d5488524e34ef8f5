import { readdirSync } from 'node:fs'
import { join } from 'node:path'

export const examplesDirectory: string = join(import.meta.dirname, 'examples')

/** A folder an example: `versions/`, what Alembic made of it, and `metadata.py` where it has a naming convention. */
export function exampleNames(): readonly string[] {
  return readdirSync(examplesDirectory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
}
