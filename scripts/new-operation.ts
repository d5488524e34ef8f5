/**
 * Writes the skeleton of a new kind of object: `npm run new:operation -- sequence` makes src/operations/sequence.ts with a
 * create and a drop, and adds its line to the registry. What is to be filled in does not compile until it is.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [name = ''] = process.argv.slice(2)
if (!/^[a-z]+(-[a-z]+)*$/.test(name)) {
  process.stderr.write(
    'Say the kind of object, in lower case with hyphens: npm run new:operation -- text-search\n',
  )
  process.exit(2)
}
const directory = join(import.meta.dirname, '..', 'src', 'operations')
const file = join(directory, `${name}.ts`)
if (existsSync(file)) {
  process.stderr.write(`src/operations/${name}.ts is there already; nothing was written.\n`)
  process.exit(1)
}
writeFileSync(file, skeleton(name))
register(join(directory, 'registry.ts'), name)
process.stdout.write(
  `src/operations/${name}.ts and its line in registry.ts. CONTRIBUTING.md says what makes it complete.\n`,
)

function register(registry: string, kind: string): void {
  const lines = readFileSync(registry, 'utf8').trimEnd().split('\n')
  const all = [...lines, `export * from './${kind}.ts'`].sort()
  writeFileSync(registry, `${all.join('\n')}\n`)
}

function skeleton(kind: string): string {
  const words = kind.replaceAll('-', ' ')
  const sql = words.toUpperCase()
  const page = kind.replaceAll('-', '')
  const type = kind.replace(/(^|-)(.)/g, (_, _hyphen, letter: string) => letter.toUpperCase())
  return `import { clauses } from '../sql/clauses.ts'
import { qualifiedName } from '../sql/identifier.ts'
import { type Operation, operation, statement, unknownBefore } from './operation.ts'
import { inSchema } from './relation.ts'

export type Create${type} = {
  readonly schema?: string
  readonly name: string
  // Every option, in PostgreSQL's words.
}

export type Drop${type} = {
  readonly schema?: string
  readonly name: string
  /** What the ${words} was, so that it can be made again. */
  readonly was?: Omit<Create${type}, 'schema' | 'name'>
}

/**
 * Creates a ${words}. Say what it locks.
 * https://www.postgresql.org/docs/current/sql-create${page}.html
 */
export const create${type}: Operation<'create${type}', Create${type}> = operation('create${type}', {
  title: (fields) => \`create ${words} \${fields.name}\`,
  steps: (fields) => [statement(clauses('CREATE ${sql}', qualifiedName(fields)))],
  inverse: ({ schema, name, ...was }) => [drop${type}({ ...inSchema({ schema }), name, was })],
  locks: () => [],
  examples: [{ fields: { } }],
})

/**
 * Drops a ${words}; refused by PostgreSQL while something uses it.
 * https://www.postgresql.org/docs/current/sql-drop${page}.html
 */
export const drop${type}: Operation<'drop${type}', Drop${type}> = operation('drop${type}', {
  title: (fields) => \`drop ${words} \${fields.name}\`,
  steps: (fields) => [statement(\`DROP ${sql} \${qualifiedName(fields)}\`)],
  inverse: ({ was, ...named }) =>
    was === undefined ? unknownBefore(\`the ${words} \${named.name}\`, 'drop${type}') : [create${type}({ ...named, ...was })],
  locks: () => [],
  examples: [{ fields: { } }],
})
`
}
