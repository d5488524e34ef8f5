import { crc32 } from 'node:zlib'

/** The checksum that Flyway keeps of a script: a CRC-32 of its lines without their ends, as a signed number. */
export function flywayChecksum(text: string): number {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
  return lines.reduce((sum, line) => crc32(line, sum), 0) | 0
}
