import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Major, majors } from '../../servers/binaries.ts'
import type { Truth } from './classes.ts'

const folder = join(import.meta.dirname, 'truth')

/** What `truth/` says of each migration by its slug, on each major that can run it. */
export function readTruths(): ReadonlyMap<string, ReadonlyMap<Major, Truth>> {
  const files = globSync('*.json', { cwd: folder }).toSorted()
  const entries = files.flatMap((file) => {
    const topic: Record<string, Record<string, Truth>> = JSON.parse(readFileSync(join(folder, file), 'utf8'))
    return Object.entries(topic)
  })
  return new Map(entries.map(([slug, byRange]) => [slug, byMajor(byRange)]))
}

/** `13-17` and `18` → each of 13 to 18, in order: JavaScript puts a key like `18` first. */
function byMajor(byRange: Readonly<Record<string, Truth>>): ReadonlyMap<Major, Truth> {
  const entries = Object.entries(byRange).flatMap(([range, truth]) => {
    const [first = 0, last = first] = range.split('-').map(Number)
    const covered = majors.filter((major) => major >= first && major <= last)
    return covered.map((major) => [major, truth] as const)
  })
  return new Map(entries.toSorted(([a], [b]) => a - b))
}
