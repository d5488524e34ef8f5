import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Revision } from '../graph/revision.ts'

/** A digest of a file's text; line ends count as one, whichever way git has checked them out. */
export function checksumOf(text: string): string {
  // Loaded here: it takes longer than all else that listing revisions does, and most commands take no checksum.
  const { hash } = process.getBuiltinModule('node:crypto')
  return hash('sha256', text.includes('\r') ? text.replaceAll('\r\n', '\n') : text)
}

/** The checksum of a revision as it is now: of its file, and of those that it takes in. */
export function revisionChecksum(
  { file, parts }: Pick<Revision, 'file' | 'parts'>,
  text: string = readFileSync(file, 'utf8'),
): string {
  const own = checksumOf(text)
  if (parts.length === 0) return own
  const others = parts.map((part) => checksumOf(readFileSync(join(dirname(file), part), 'utf8')))
  return checksumOf([own, ...others].join(' '))
}
