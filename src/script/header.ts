import { LimbeckError } from '../error.ts'
import type { Revision } from '../graph/revision.ts'
import { plainHeader } from './header-plain.ts'
import { type Header, lineAt, scanScript } from './header-scan.ts'

/** A revision with what else its header may say. */
export type RevisionHeader = Revision & {
  /** Why it cannot be undone, where the author says that it cannot. */
  readonly irreversible: string | null
}

/** A header constant that must be run to be known, or is of the wrong type. */
export class HeaderNotLiteral extends LimbeckError {
  readonly code = 'HEADER_NOT_LITERAL'
  readonly file: string
  readonly line: number
  readonly constant: string

  constructor({ file, line, constant, expected }: HeaderFault) {
    super(`"${constant}" in ${file}:${line} is not ${expected}.`, {
      hint: `Headers are read without running the file: write the value out, as in ${EXAMPLES[constant]}`,
    })
    this.file = file
    this.line = line
    this.constant = constant
  }
}

type HeaderFault = {
  readonly file: string
  readonly line: number
  readonly constant: HeaderName
  readonly expected: string
}

/** A revision file without what makes it one. */
export class MissingHeader extends LimbeckError {
  readonly code = 'MISSING_HEADER'
  readonly file: string
  readonly constant: string

  constructor(file: string, constant: 'revision' | 'downRevision') {
    const found = constant === 'revision' ? 'has an upgrade' : 'has a revision'
    super(`${file} ${found} but no "${constant}" in its header.`, {
      hint: `Put it above the functions: ${EXAMPLES[constant]}`,
    })
    this.file = file
    this.constant = constant
  }
}

const EXAMPLES = {
  revision: "export const revision = 'add_org_001'",
  downRevision: "export const downRevision = 'previous_rev' (null for a base, an array for a merge)",
  branchLabels: "export const branchLabels = ['billing']",
  dependsOn: "export const dependsOn = ['add_org_001']",
  createDate: "export const createDate = '2026-01-15T00:00:00Z'",
  replaces: "export const replaces = ['add_org_001', 'add_org_002']",
  parts: "export const parts = ['./rates.ts']",
  irreversible: "export const irreversible = 'the old values are gone'",
  phase: "export const phase = 'expand'",
} as const satisfies Readonly<Record<string, string>>

type HeaderName = keyof typeof EXAMPLES

/**
 * The header of a .ts, .mts, .js or .mjs file, without running it. Null for a module that is no revision: it has
 * neither a `revision` nor an `upgrade`.
 */
export function scanHeader(text: string, file: string): RevisionHeader | null {
  return revisionOf(scriptHeader(text), file)
}

/** As `scanHeader`, unchecked. */
export function scriptHeader(text: string): Header {
  return plainHeader(text) ?? scanScript(text)
}

/** Checks what was read, and says in which file and line it is wrong. */
export function revisionOf(header: Header, file: string): RevisionHeader | null {
  const source = { header, file }
  if (!header.constants.has('revision')) {
    if (header.hasUpgrade) throw new MissingHeader(file, 'revision')
    return null
  }
  if (!header.constants.has('downRevision')) throw new MissingHeader(file, 'downRevision')
  return {
    id: textOf(source, 'revision') ?? notLiteral(source, 'revision', 'a string'),
    downRevisions: listOf(source, 'downRevision'),
    branchLabels: listOf(source, 'branchLabels'),
    dependsOn: listOf(source, 'dependsOn'),
    message: detached(header.message),
    createDate: textOf(source, 'createDate'),
    file,
    irreversible: textOf(source, 'irreversible'),
    phase: phaseOf(source),
    replaces: listOf(source, 'replaces'),
    parts: listOf(source, 'parts'),
  }
}

type Source = { readonly header: Header; readonly file: string }

function textOf(source: Source, name: HeaderName): string | null {
  const value = constantOf(source, name)
  if (value === null) return null
  if (typeof value === 'string') return detached(value)
  return notLiteral(source, name, 'a string')
}

function listOf(source: Source, name: HeaderName): readonly string[] {
  const value = constantOf(source, name)
  if (value === null) return []
  if (typeof value === 'string') return [detached(value)]
  return value?.map(detached) ?? notLiteral(source, name, 'a string, null or an array of strings')
}

function phaseOf(source: Source): RevisionHeader['phase'] {
  const value = textOf(source, 'phase')
  if (value === 'expand' || value === 'contract' || value === null) return value
  return notLiteral(source, 'phase', "'expand', 'contract' or null")
}

function constantOf({ header }: Source, name: HeaderName): string | null | readonly string[] | undefined {
  const constant = header.constants.get(name)
  return constant ? constant.value : null
}

/** A copy, since a slice of a file's text keeps all of it in memory: of ten thousand files, and at a cost in time. */
function detached(text: string): string {
  return text.length < SHORTEST_SLICE ? text : ` ${text}`.slice(1)
}

/** What is shorter V8 copies of itself. */
const SHORTEST_SLICE = 13

function notLiteral({ header, file }: Source, constant: HeaderName, expected: string): never {
  const line = lineAt(header.text, header.constants.get(constant)?.position ?? 0)
  throw new HeaderNotLiteral({ file, line, constant, expected })
}
