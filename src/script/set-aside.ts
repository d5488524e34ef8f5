import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { FileExists } from './write.ts'

/** A file that goes into another folder. */
export type Move = { readonly from: string; readonly to: string }

const folder = 'squashed'

/**
 * Where a revision's file goes that another one replaces: into a folder beside it, in which it is found as before. null where it
 * stays: it is in such a folder, or would not find there what it names as seen from its own.
 */
export function setAsideTo(file: string): string | null {
  return isSetAside(file) || namesOthers(file) ? null : join(dirname(file), folder, basename(file))
}

/** Whether it is where it goes already: a squash that was cut off has moved some and written nothing. */
export function isSetAside(file: string): boolean {
  return basename(dirname(file)) === folder
}

/** The folder in which a revision's file stands, or stood before it was set aside. */
export function homeOf(file: string): string {
  return isSetAside(file) ? dirname(dirname(file)) : dirname(file)
}

/** By its text, and rather once too often: a module that is beside it, or its own place. */
function namesOthers(file: string): boolean {
  return !file.endsWith('.sql') && /['"`]\.\.?\/|import\.meta/.test(readFileSync(file, 'utf8'))
}

/** Throws before anything is moved where a file would take the place of another. */
export function checkMoves(moves: readonly Move[]): void {
  const taken = moves.find(({ to }) => existsSync(to))
  if (taken !== undefined) throw new FileExists(taken.to)
}

export function moveAll(moves: readonly Move[]): void {
  for (const { from, to } of moves) {
    mkdirSync(dirname(to), { recursive: true })
    renameSync(from, to)
  }
}
