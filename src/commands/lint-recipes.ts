import { changeBetween } from '../autogenerate/directives.ts'
import { renamesBetween } from '../autogenerate/renames.ts'
import { readSnapshot } from '../catalog/read-snapshot.ts'
import type { Snapshot } from '../catalog/snapshot.ts'
import { embeddedMajor } from '../connection/address.ts'
import type { Connection } from '../connection/connection.ts'
import { LimbeckError } from '../error.ts'
import type { Hazard } from '../lint/hazard.ts'
import type { Rule } from '../lint/rule.ts'
import { isSuspicious } from '../lint/suspicion.ts'
import { alterCommands } from '../lint/tree.ts'
import type { Directive } from '../operations/operation.ts'
import { factsOf } from '../operations/operations.ts'
import { printDirective } from '../operations/print.ts'
import type { TracedStatement } from '../trace/subject.ts'
import type { Watcher } from '../trace/trace.ts'
import { wordsOf } from '../trace/words.ts'
import { compared } from './compared.ts'
import type { Project } from './project.ts'

/** What statements have made of the schema, as directives of Limbeck's: these do the same in their safe form. */
export type Recipes = Watcher & { of(statement: TracedStatement): string | null }

/** Looks at the schema before and after each statement that may be dangerous, and of which something can be said. */
export function recipesOn(connection: Connection, { ledgerSchema, autogenerate }: Project): Recipes {
  const codes = new Map<TracedStatement, string>()
  let before: Snapshot | null = null
  const snapshot = async () =>
    compared(await readSnapshot(connection, { ledgerSchema, isAskedAgain: true }), autogenerate)
  return {
    async before(statement, there) {
      before = mayHaveOne(statement) && !isOfNew(statement, there) ? await snapshot() : null
      return before !== null
    },
    async after(statement) {
      if (before === null) return
      const code = codeBetween(before, await snapshot(), statement.parsed.tree.kind === 'RenameStmt')
      if (code !== null) codes.set(statement, code)
    },
    of: (statement) => codes.get(statement) ?? null,
  }
}

/** A statement of the author's that says what there is. */
function mayHaveOne({ parsed, title }: TracedStatement): boolean {
  const { content, tree } = parsed
  // How values become new ones is in no catalog.
  const converts = alterCommands(tree).some(({ def }) => def?.ColumnDef?.raw_default !== undefined)
  return (
    !converts &&
    title === null &&
    content === 'schema' &&
    (isSuspicious(parsed) || tree.kind === 'RenameStmt')
  )
}

/** What the migration has made itself keeps nobody waiting. */
function isOfNew({ parsed: { tree } }: TracedStatement, there: ReadonlySet<string>): boolean {
  return ofRelations.has(tree.kind) && [...wordsOf(tree)].every((word) => !there.has(word))
}

/** Statements that name all relations which they keep from others. */
const ofRelations = new Set(['IndexStmt', 'AlterTableStmt', 'CreateStmt'])

/** `isRename`: only then what goes and what comes are one. */
function codeBetween(from: Snapshot, to: Snapshot, isRename: boolean): string | null {
  try {
    const { certain, likely } = renamesBetween(from, to, [])
    const directives = isRename
      ? [...certain, ...likely].flatMap((rename) => rename.directives)
      : changeBetween(from, to, { rows: 'go' }).directives
    // One statement that does the same is no way out: a safe form takes several steps, or has two halves.
    const isNoBetter = directives.some((directive) => {
      const { halves, steps } = factsOf(directive)
      const taken = steps({ major: embeddedMajor })
      return halves === null && taken.length < 2 && taken.every(({ run }) => run === 'statement')
    })
    return directives.length === 0 || isNoBetter ? null : codeOf(directives)
  } catch (error) {
    // Nothing is known that does it.
    if (error instanceof LimbeckError) return null
    throw error
  }
}

/** Whether all of it can stand in one revision. */
export function isRecipe(code: string): boolean {
  return !code.includes(secondHalf)
}

const secondHalf = '// and in a revision of its own, once no release uses the old one:'

/** What is in use is changed in two halves where there are such. */
function codeOf(directives: readonly Directive[]): string {
  const halves = directives.flatMap((directive) => factsOf(directive).halves ?? [])
  const whole = directives.filter((directive) => factsOf(directive).halves === null)
  const later = halves.map(({ contract }) => printDirective(contract))
  return [
    ...[...whole, ...halves.map(({ expand }) => expand)].map((directive) => printDirective(directive)),
    ...(later.length === 0 ? [] : [secondHalf, ...later]),
  ].join('\n')
}

/** Hazards with what to write instead: the rule's own, the directives, or in words. */
export function withRecipe(
  { recipe, ...hazard }: Hazard,
  { code, rules }: { readonly code: string | null; readonly rules: readonly Rule[] },
): Hazard {
  const words = rules.find(({ name }) => name === hazard.rule)?.instead ?? null
  return {
    ...hazard,
    recipe: recipe ?? (code !== null && isMended(hazard.class, code) ? code : null) ?? words,
  }
}

/** A statement that fails, or takes away what is to stay, is not mended by doing the same in another form; what the application of before does not bear, by doing it in two halves. */
function isMended(kind: Hazard['class'], code: string): boolean {
  if (kind === 'breaks-old-code') return !isRecipe(code)
  return kind === 'blocks-reads-long' || kind === 'blocks-writes-long'
}
