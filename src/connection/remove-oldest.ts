import { readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Milliseconds after which what is not done yet belongs to a process that is gone. */
const longestWrite = 3_600_000

/**
 * Leaves the newest of what is kept in a folder, and what was used in the last milliseconds that are said. What has a dash or a dot in its name is under way, or was when its process ended: it goes
 * only once it is old.
 */
export function removeOldest(folder: string, most: number, inUse = 0): void {
  const now = Date.now()
  const all = readdirSync(folder).map((name) => ({ name, age: now - statSync(join(folder, name)).mtimeMs }))
  const [whole, begun] = [false, true].map((isBegun) =>
    all.filter(({ name }) => /[-.]/.test(name) === isBegun),
  )
  const old =
    whole
      ?.sort((one, other) => one.age - other.age)
      .slice(most)
      .filter(({ age }) => age >= inUse) ?? []
  const left = begun?.filter(({ age }) => age > longestWrite) ?? []
  for (const { name } of [...old, ...left]) {
    const gone = join(folder, `${name}-gone`)
    // Whoever copies it just now finds nothing at all, and no part of it.
    renameSync(join(folder, name), gone)
    rmSync(gone, { recursive: true, force: true })
  }
}
