import type { Phase } from '../graph/revision.ts'
import { messageLine } from './sql-file.ts'

/** What a new revision's file says. */
export type NewRevision = {
  readonly id: string
  readonly downRevisions: readonly string[]
  readonly branchLabels: readonly string[]
  readonly dependsOn: readonly string[]
  /** Null for one that was imported from a tool that keeps no dates. */
  readonly createDate: string | null
  /** When in a deploy it runs, where that is to be said; a template of a project's own may leave it to the operations. */
  readonly phase: Phase | null
  readonly message: string
  /** The revisions that it stands for, where it does. */
  readonly replaces?: readonly string[]
  /** Files of which it takes in what they export, and the lines that import it; of a script only. */
  readonly parts?: readonly string[]
  readonly imports?: readonly string[]
  /** What it does, where that was found out; left out for one that somebody writes by hand. */
  readonly upgrade?: RevisionText
  /** What undoes it, where that is not derived from the upgrade. */
  readonly downgrade?: RevisionText
  /** Why nothing undoes it. */
  readonly irreversible?: string
  /** Functions of its own, below the others; of a script only. */
  readonly below?: string
}

/** What a revision does, as it may be written. */
export type RevisionText = {
  /** Calls of `op`, indented as in a function. */
  readonly code: string
  readonly sql: string
  /** Whether the code awaits something. */
  readonly awaits?: true
  /** Lines that stand above the function. */
  readonly above?: string
}

/** A way to write new revisions. */
export type Template = {
  readonly name: string
  /** What it is, in a line of `limbeck list-templates`. */
  readonly summary: string
  /** Of the file: `.ts`, `.js`, `.sql` and so on, with its dot. */
  readonly extension: string
  /** The text of a new revision's file. Its header has to be literal. */
  render(revision: NewRevision): string
}

/** Limbeck's own. */
export const templates: readonly Template[] = [
  {
    name: 'ts',
    summary: 'TypeScript, with types and completion (the default)',
    extension: '.ts',
    render: (revision) => scriptText(revision, { typed: true }),
  },
  {
    name: 'js',
    summary: 'JavaScript, with the same completion through a type comment',
    extension: '.js',
    render: (revision) => scriptText(revision, { typed: false }),
  },
  {
    name: 'sql',
    summary: 'plain SQL, an upgrade and a downgrade part',
    extension: '.sql',
    render: sqlText,
  },
]

/** A project's templates and Limbeck's; one of the project's goes before Limbeck's of the same name. */
export function allTemplates(own: readonly Template[]): readonly Template[] {
  const names = new Set(own.map(({ name }) => name))
  return [...own, ...templates.filter(({ name }) => !names.has(name))]
}

function scriptText(revision: NewRevision, { typed }: { readonly typed: boolean }): string {
  const op = typed ? 'op: Operations' : 'op'
  const comment = docComment(revision.message.replaceAll('*/', '* /'))
  const imports = [
    ...(typed ? ["import type { Operations } from 'limbeck'"] : []),
    ...(revision.imports ?? []),
  ]
  return `${comment}
${imports.map((line) => `${line}\n`).join('')}
export const revision = ${quote(revision.id)}
export const downRevision = ${oneOrMany(revision.downRevisions)}
export const branchLabels = ${oneOrMany(revision.branchLabels)}
export const dependsOn = ${oneOrMany(revision.dependsOn)}
export const createDate = ${revision.createDate === null ? 'null' : quote(revision.createDate)}
${seldomSaid(revision)
  .map(([name, value]) => `export const ${name} = ${value}\n`)
  .join('')}
${revise('upgrade', revision.upgrade)}${revision.downgrade === undefined ? '' : `\n${revise('downgrade', revision.downgrade)}`}${revision.below === undefined ? '' : `\n${revision.below}`}`

  function revise(name: string, text?: RevisionText): string {
    const type = typed ? '' : "/** @param {import('limbeck').Operations} op */\n"
    const async = text?.awaits === true ? 'async ' : ''
    return `${text?.above ?? ''}${type}export ${async}function ${name}(${op}) {${text === undefined || text.code === '' ? '' : `\n${text.code}`}}\n`
  }
}

/** The message stands on one line where it is one; what is said after a blank line is no part of it. */
function docComment(message: string): string {
  if (!message.includes('\n')) return `/** ${message} */`
  return `/**\n${message.replace(/^/gm, ' * ').replace(/ +$/gm, '')}\n */`
}

/** What stands in a header only where there is something to say. */
function seldomSaid({
  phase,
  irreversible,
  replaces = [],
  parts = [],
}: NewRevision): readonly (readonly [name: string, value: string])[] {
  return [
    ...(phase === null ? [] : [['phase', quote(phase)] as const]),
    ...(irreversible === undefined ? [] : [['irreversible', quote(irreversible)] as const]),
    ...(replaces.length === 0 ? [] : [['replaces', array(replaces)] as const]),
    ...(parts.length === 0 ? [] : [['parts', array(parts)] as const]),
  ]
}

function sqlText(revision: NewRevision): string {
  const list = (values: readonly string[]) => (values.length === 0 ? 'none' : values.join(', '))
  return `${revision.message
    .split('\n')
    .map((line) => `-- ${messageLine(line)}`)
    .join('\n')}
-- revision: ${revision.id}
-- down_revision: ${list(revision.downRevisions)}
-- branch_labels: ${list(revision.branchLabels)}
-- depends_on: ${list(revision.dependsOn)}
-- create_date: ${revision.createDate ?? 'none'}${revision.phase === null ? '' : `\n-- phase: ${revision.phase}`}

-- upgrade
${revision.upgrade?.sql ?? ''}
${revision.irreversible === undefined ? `-- downgrade\n${revision.downgrade?.sql ?? ''}` : `-- Nothing undoes it: ${revision.irreversible.replaceAll('\n', ' ')}\n`}`
}

function oneOrMany(values: readonly string[]): string {
  if (values.length === 0) return 'null'
  const [only] = values
  return values.length === 1 && only !== undefined ? quote(only) : array(values)
}

function array(values: readonly string[]): string {
  return `[${values.map(quote).join(', ')}]`
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
