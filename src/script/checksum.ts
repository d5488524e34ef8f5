import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { LimbeckError } from '../error.ts'
import type { Revision } from '../graph/revision.ts'

/** A file that a revision says to take in cannot be read. */
export class MissingPart extends LimbeckError {
  readonly code = 'MISSING_PART'
  readonly file: string
  readonly part: string

  constructor(file: string, part: string, cause: unknown) {
    super(
      `${file} takes in ${part}, and that cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        hint: 'Bring the file back from version control: a revision that takes in another file needs it for good.',
        cause,
      },
    )
    this.file = file
    this.part = part
  }
}

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
  const others = parts.map((part) => checksumOf(partText(file, part)))
  return checksumOf([own, ...others].join(' '))
}

function partText(file: string, part: string): string {
  try {
    return readFileSync(join(dirname(file), part), 'utf8')
  } catch (cause) {
    throw new MissingPart(file, part, cause)
  }
}
