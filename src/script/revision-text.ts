import type { Directive, Server } from '../operations/operation.ts'
import { builtIn, type DirectiveFacts, factsOf, type Vocabulary } from '../operations/operations.ts'
import { printDirective } from '../operations/print.ts'
import { warningsInTurn } from '../operations/warnings.ts'
import { inlineSql } from '../sql/tag.ts'
import type { RevisionText } from './template.ts'

/** Directives as they stand in a revision. Nobody knows yet on which server it will run; `isPartitioned`: what is known of its tables. */
export function revisionText(
  directives: readonly Directive[],
  { isPartitioned = () => false }: Pick<Server, 'isPartitioned'> = {},
): RevisionText {
  return { code: revisionCode(directives), sql: sqlText(directives, { major: newestMajor, isPartitioned }) }
}

/** Directives as they stand in the function of a script, those of a project's own operations too. */
export function revisionCode(directives: readonly Directive[], vocabulary: Vocabulary = builtIn): string {
  const facts = directives.map((directive) => factsOf(directive, vocabulary))
  const warnings = warningsInTurn(facts)
  return directives
    .map((directive, at) => {
      const { loses = [] } = facts[at] ?? {}
      const code = directiveCode(directive, { loses, warns: warnings[at] ?? [] })
      return paragraph(facts[at], facts[at - 1]) + code
    })
    .join('')
}

/** What directives send in an undisturbed run on a server. */
export function sqlText(directives: readonly Directive[], server: Server): string {
  return directives
    .flatMap((directive) => statements(directive, server))
    .map((text) => `${text.replace(/;$/, '')};\n`)
    .join('\n')
}

/** An empty line where another table begins to be spoken of. */
function paragraph(facts: DirectiveFacts | undefined, before: DirectiveFacts | undefined): string {
  return before === undefined || subject(facts) === subject(before) ? '' : '\n'
}

/** The table that a directive makes, or changes the most. */
function subject(facts: DirectiveFacts | undefined): string {
  const [table] = [...(facts?.makes ?? []), ...(facts?.locks ?? [])]
  return table === undefined ? '' : JSON.stringify([table.schema, table.table])
}

/** A directive on lines of its own, under what is gone for good once it has run and what a careful operator wants to know before. */
function directiveCode(
  directive: Directive,
  { loses, warns }: Pick<DirectiveFacts, 'loses' | 'warns'>,
): string {
  const comments = [...loses.map((loss) => `Loses ${loss}.`), ...warns.map((warning) => `Mind: ${warning}.`)]
  return `${comments.map((comment) => `  // ${comment}\n`).join('')}  ${printDirective(directive, '  ')}\n`
}

function statements(directive: Directive, server: Server): readonly string[] {
  return factsOf(directive)
    .steps(server)
    .flatMap((step) => {
      if (step.run === 'statement') return [step.shown ?? inlineSql(step.sql)]
      if (step.run === 'script') return [inlineSql(step.sql)]
      return step.run === 'procedure' ? step.preview : []
    })
}

const newestMajor = 18
