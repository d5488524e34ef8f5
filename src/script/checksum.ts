import { readFileSync } from 'node:fs'

/** A digest of a file's text; line ends count as one, whichever way git has checked them out. */
export function checksumOf(text: string): string {
  // Loaded here: it takes longer than all else that listing revisions does, and most commands take no checksum.
  const { hash } = process.getBuiltinModule('node:crypto')
  return hash('sha256', text.includes('\r') ? text.replaceAll('\r\n', '\n') : text)
}

/** The checksum of a file as it is now. */
export function fileChecksum(file: string): string {
  return checksumOf(readFileSync(file, 'utf8'))
}
