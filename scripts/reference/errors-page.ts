import { page, table } from './markdown.ts'
import { documentation, sources } from './source.ts'

/** A class of errors that Limbeck throws on purpose. */
export type ErrorClass = {
  readonly name: string
  /** Null where the class names none, which is a mistake. */
  readonly code: string | null
  /** The comment above the class; null where there is none, which is a mistake. */
  readonly documentation: string | null
}

/** Every class in `src/` that extends LimbeckError. */
export function errorClasses(): readonly ErrorClass[] {
  return [...sources().values()].flatMap((text) =>
    [...text.matchAll(/\bclass (\w+) extends LimbeckError\b/g)].map(({ 1: name = '', index }) => ({
      name,
      code: text.slice(index).match(/^[^\n]*\n\s*readonly code = '([A-Z_]+)'/)?.[1] ?? null,
      documentation: documentation(text, name),
    })),
  )
}

export function errorsPage(): string {
  const rows = errorClasses().map(({ name, code, documentation: text }) => [
    `\`${code}\``,
    `\`${name}\``,
    text ?? '',
  ])
  return page(
    'Errors',
    `Whatever Limbeck throws on purpose is a \`LimbeckError\`: its \`message\` says what happened, with the value; its
\`hint\` says what to do; its \`cause\` is the error behind it. Tell situations apart by \`code\`, which stays the same
from version to version; with \`--json\` the command line prints it as \`error.code\`.`,
    `\`\`\`ts
import { LimbeckError, upgrade } from 'limbeck'

try {
  await upgrade()
} catch (error) {
  if (error instanceof LimbeckError && error.code === 'LEASE_TIMEOUT') await later()
  else throw error
}
\`\`\``,
    table(
      ['Code', 'Class', 'What happened'],
      rows.toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
    ),
  )
}
