import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** A digest of a file's text; line ends count as one, whichever way git has checked them out. */
export function checksumOf(bytes: Buffer): string {
  return hash('sha256', bytes.includes('\r') ? bytes.toString().replaceAll('\r\n', '\n') : bytes)
}

/** The checksum of a file as it is now. */
export function fileChecksum(file: string): string {
  return checksumOf(readFileSync(file))
}
