import type { Directive, Example, Lock, OperationDefinition } from '../../src/operations/operation.ts'
import { factsOf } from '../../src/operations/operations.ts'
import { printDirective } from '../../src/operations/print.ts'
import * as registry from '../../src/operations/registry.ts'
import { cutStages, type Stage } from '../../src/plan/stage.ts'
import { stageSql } from '../../src/plan/stage-sql.ts'
import { plannedSteps } from '../../src/plan/steps.ts'
import { code, linkTo, page, table } from './markdown.ts'
import { documentation, namedTypes, sources, typeDeclaration } from './source.ts'

/** The server that the page's SQL is for. */
const server = { major: 18 }

const files = sources()

/** An operation whose fields nobody needs to know, and the file that it is in. */
type DocumentedOperation = {
  readonly kind: string
  readonly file: string
  readonly definition: OperationDefinition<object>
  make(fields: object): Directive
}

export async function operationsPage(): Promise<string> {
  const operations = operationFiles().flatMap(operationsIn)
  const sections = await Promise.all(operations.map(operationSection))
  return page(
    'Operations',
    `What a revision can say: each is a function of the \`op\` that \`upgrade\` and \`downgrade\` receive. The SQL is
that for PostgreSQL ${server.major}. All fields are read only.`,
    table(
      ['About', 'Operations'],
      operationFiles().map((file) => [
        subject(file),
        operationsIn(file)
          .map(({ kind }) => linkTo(kind))
          .join(', '),
      ]),
    ),
    ...sections,
    '## Types',
    'What the fields of several operations are made of.',
    ...sharedTypes().map(({ name, file }) => typeSection(name, file)),
  )
}

/** The files of operations, in the registry's order. */
function operationFiles(): readonly string[] {
  const exported = files.get('operations/registry.ts')?.matchAll(/'\.\/(.+?)'/g) ?? []
  return [...exported].map(([, name]) => `operations/${name}`)
}

function operationsIn(file: string): readonly DocumentedOperation[] {
  const names = [...(files.get(file) ?? '').matchAll(/^export const (\w+): Operation</gm)].map(
    ([, name]) => name,
  )
  return Object.values(registry)
    .filter((member) => 'definition' in member)
    .filter(({ kind }) => names.includes(kind))
    .sort((a, b) => names.indexOf(a.kind) - names.indexOf(b.kind))
    .map((member) => ({
      kind: member.kind,
      file,
      // The fields are those of the operation's own examples: the page makes no others.
      definition: member.definition as unknown as OperationDefinition<object>,
      make: member as unknown as DocumentedOperation['make'],
    }))
}

/** `operations/index.ts` is about indexes: its name says so in the singular. */
function subject(file: string): string {
  return file.replace(/^.*\//, '').replace('.ts', '')
}

async function operationSection(operation: DocumentedOperation): Promise<string> {
  const { kind, file, definition } = operation
  const text = files.get(file) ?? ''
  const [first, ...others] = definition.examples
  return [
    `## ${kind}`,
    documentation(text, kind) ?? '',
    code('ts', fieldTypes(text, kind).join('\n\n')),
    ...(first === undefined ? [] : [await exampleText(operation, first), factsText(operation, first)]),
    ...(await Promise.all(others.map((example) => exampleText(operation, example)))),
  ].join('\n\n')
}

/** The type of an operation's fields, and those of the same file that it names. */
function fieldTypes(text: string, kind: string): readonly string[] {
  const name = fieldsType(text, kind)
  return declarations(name, (wanted) => (typeDeclaration(text, wanted) === null ? null : text)).map(readable)
}

function fieldsType(text: string, kind: string): string {
  return text.match(new RegExp(`export const ${kind}: Operation<'${kind}', (\\w+)>`))?.[1] ?? ''
}

/** A type's declaration and, behind it, those that it names, as far as there is a text in which they stand. */
function declarations(
  name: string,
  textOf: (name: string) => string | null,
  seen = new Set<string>(),
): readonly string[] {
  const text = textOf(name)
  if (seen.has(name) || text === null) return []
  seen.add(name)
  const declaration = typeDeclaration(text, name) ?? ''
  return [declaration, ...namedTypes(declaration).flatMap((named) => declarations(named, textOf, seen))]
}

/** Without the words that say nothing to who writes a revision. */
function readable(declaration: string): string {
  return declaration.replace(/^export /, '').replaceAll('readonly ', '')
}

async function exampleText({ make }: DocumentedOperation, example: Example<object>): Promise<string> {
  const directive = make(example.fields)
  const version = Math.max(example.since ?? 0, ...factsOf(directive).needs.map(({ since }) => since))
  const since = version === 0 ? [] : [`From PostgreSQL ${version} on:`]
  const steps = await plannedSteps({ directive, at: null }, server)
  return [...since, code('ts', directiveText(directive)), code('sql', stagesText(cutStages(steps)))].join(
    '\n\n',
  )
}

/** A function in it is its source as node has stripped it: where types were, there are blanks. */
function directiveText(directive: Directive): string {
  return printDirective(directive).replaceAll(/\s*\) =>\s+/g, ') => ')
}

const kinds = { transaction: ': one transaction', procedure: ': no transaction', backfill: '' } as const

function stagesText(stages: readonly Stage[]): string {
  const [only] = stages
  if (stages.length === 1 && only !== undefined && only.type !== 'procedure') return statementsText(only)
  return stages
    .map((stage, n) => `-- stage ${n + 1}${kinds[stage.type]}\n${statementsText(stage)}`)
    .join('\n\n')
}

function statementsText(stage: Stage): string {
  return stageSql(stage)
    .map((sql) => (sql.startsWith('-- ') ? sql : `${shortened(sql.trim())};`))
    .join('\n')
}

const longest = 30

/** A block that looks through the catalog is longer than anybody wants to read here. */
function shortened(sql: string): string {
  const lines = sql.split('\n')
  if (lines.length <= longest) return sql
  return [...lines.slice(0, 4), '  -- … "limbeck plan" shows all of it', ...lines.slice(-2)].join('\n')
}

/** What there is to know of an example beside its SQL. */
function factsText({ make }: DocumentedOperation, example: Example<object>): string {
  const facts = factsOf(make(example.fields))
  const locks = example.locks ?? facts.locks
  return [
    `- Locks: ${locks.length === 0 ? 'no table that was there before' : locks.map(lockText).join(', ')}.`,
    ...facts.loses.map((what) => `- Loses ${what}.`),
    ...facts.warns.map((what) => `- Note: ${what}.`),
    ...facts.stays.map((what) => `- Undone: ${what}.`),
    ...(facts.stays.length === 0 ? [inverseText(facts.inverse(), example.leaves)] : []),
  ].join('\n')
}

function lockText({ schema, table: name, mode }: Lock): string {
  return `${mode} on \`${schema === undefined ? name : `${schema}.${name}`}\``
}

function inverseText(
  inverse: ReturnType<ReturnType<typeof factsOf>['inverse']>,
  leaves: string | undefined,
): string {
  if ('irreversible' in inverse) return `- Cannot be undone: ${inverse.irreversible}`
  if (inverse.length === 0) return '- Undone by nothing: there is nothing to undo.'
  const rest = leaves === undefined ? '' : `\n\n  ${leaves}`
  return `- Undone by${rest === '' ? '' : ', but not to the letter'}:\n\n${indented(code('ts', inverse.map(directiveText).join('\n')))}${rest}`
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ')
}

type SharedType = { readonly name: string; readonly file: string }

/** The types that operations of several files name, by name. */
function sharedTypes(): readonly SharedType[] {
  const found = new Map<string, string>()
  const visit = (name: string, from: string) => {
    const file = declaringFile(name, from)
    if (file === null || found.has(name)) return
    if (!operationFiles().includes(file)) found.set(name, file)
    for (const named of namedTypes(typeDeclaration(files.get(file) ?? '', name) ?? '')) {
      if (named !== name) visit(named, file)
    }
  }
  for (const file of operationFiles()) {
    for (const { kind } of operationsIn(file)) visit(fieldsType(files.get(file) ?? '', kind), file)
  }
  return [...found].map(([name, file]) => ({ name, file })).sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Where a type is declared that a file names: there, or in the room of operations or of SQL. */
function declaringFile(name: string, from: string): string | null {
  const rooms = [...files.keys()].filter((path) => /^(operations|sql)\//.test(path))
  return [from, ...rooms].find((path) => typeDeclaration(files.get(path) ?? '', name) !== null) ?? null
}

function typeSection(name: string, file: string): string {
  const text = files.get(file) ?? ''
  return [
    `### ${name}`,
    ...[documentation(text, name)].filter((found) => found !== null),
    code('ts', readable(typeDeclaration(text, name) ?? '')),
  ].join('\n\n')
}
