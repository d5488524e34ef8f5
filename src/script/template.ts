/** What a new revision's file says. */
export type NewRevision = {
  readonly id: string
  readonly downRevisions: readonly string[]
  readonly branchLabels: readonly string[]
  readonly dependsOn: readonly string[]
  readonly createDate: string
  readonly message: string
}

/** A way to write new revisions. */
export type Template = { readonly name: string; readonly summary: string; readonly extension: string }

export const templates: readonly Template[] = [
  { name: 'ts', summary: 'TypeScript, with types and completion (the default)', extension: '.ts' },
  { name: 'js', summary: 'JavaScript, with the same completion through a type comment', extension: '.js' },
  { name: 'sql', summary: 'plain SQL, an upgrade and a downgrade part', extension: '.sql' },
]

/** The text of a new revision's file. */
export function renderRevision(revision: NewRevision, template: string): string {
  return template === 'sql' ? sqlText(revision) : scriptText(revision, template)
}

function scriptText(revision: NewRevision, template: string): string {
  const typed = template === 'ts'
  const op = typed ? 'op: Operations' : 'op'
  const comment = revision.message.replaceAll('*/', '* /')
  return `/** ${comment} */
${typed ? "import type { Operations } from 'limbeck'\n" : ''}
export const revision = ${quote(revision.id)}
export const downRevision = ${oneOrMany(revision.downRevisions)}
export const branchLabels = ${oneOrMany(revision.branchLabels)}
export const dependsOn = ${oneOrMany(revision.dependsOn)}
export const createDate = ${quote(revision.createDate)}

${typed ? '' : "/** @param {import('limbeck').Operations} op */\n"}export function upgrade(${op}) {}
`
}

function sqlText(revision: NewRevision): string {
  const list = (values: readonly string[]) => (values.length === 0 ? 'none' : values.join(', '))
  return `-- ${revision.message.replaceAll('\n', '\n-- ')}
-- revision: ${revision.id}
-- down_revision: ${list(revision.downRevisions)}
-- branch_labels: ${list(revision.branchLabels)}
-- depends_on: ${list(revision.dependsOn)}
-- create_date: ${revision.createDate}

-- upgrade

-- downgrade
`
}

function oneOrMany(values: readonly string[]): string {
  if (values.length === 0) return 'null'
  const [only] = values
  return values.length === 1 && only !== undefined ? quote(only) : `[${values.map(quote).join(', ')}]`
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
