import { nearMisses } from '../../near-miss.ts'
import { knownExtensions, type Shipped, shippedExtensions } from '../known-extensions.ts'
import type { Finding, Rule } from '../rule.ts'

export const unknownExtension: Rule = {
  name: 'unknown-extension',
  classes: ['fails-always'],
  level: 'error',
  title: 'an extension that the server does not have',
  problem:
    'CREATE EXTENSION needs its files on the server, and IF NOT EXISTS does not help where they are not there: it fails (0A000, before 15 58P01). Whether a server has one it says itself where it can be asked; elsewhere a name is told that neither PostgreSQL nor those who package extensions have.',
  instead: 'Look at pg_available_extensions on the server. The name has to be written as it stands there.',
  ignore: 'It is an extension of your own, and every server has it.',
  find({ statement: { parsed }, error }, { extensions, major }) {
    if (parsed.tree.kind !== 'CreateExtensionStmt') return []
    const name = String(parsed.tree.node['extname'])
    if (error?.when === 'always')
      return lacking.includes(error.sqlState) ? [refused(name, [`SQLSTATE ${error.sqlState}`])] : []
    if (extensions !== null)
      return extensions.has(name)
        ? []
        : [refused(name, ['pg_available_extensions of the database that it is for'])]
    const shipped = shippedExtensions.get(name)
    if (shipped !== undefined) return isOf(shipped, major) ? [] : [notOf(name, shipped, major)]
    return knownExtensions.has(name) ? [] : [unknown(name)]
  },
  examples: [
    { given: '', sql: 'CREATE EXTENSION IF NOT EXISTS uuid_ossp', finds: true },
    { given: '', sql: 'CREATE EXTENSION IF NOT EXISTS "uuid-ossp"', finds: false },
    { given: '', sql: 'CREATE EXTENSION adminpack', major: 17, finds: true },
  ],
}

/** Not in this server; in another one it may be. */
const lacking = ['0A000', '58P01']

function refused(name: string, evidence: readonly string[]): Finding {
  return { message: `The server does not have the extension ${name}.`, evidence, recipe: nearestTo(name) }
}

function unknown(name: string): Finding {
  return {
    level: 'warning',
    message: `No extension is known that is called ${name}.`,
    evidence: ['no server was asked'],
    recipe: nearestTo(name),
  }
}

function notOf(name: string, shipped: Shipped, major: number): Finding {
  return {
    message: `PostgreSQL ${major} does not come with the extension ${name}.`,
    evidence: [spanOf(shipped)],
  }
}

function nearestTo(name: string): string | null {
  const [nearest] = nearMisses(name, [...shippedExtensions.keys(), ...knownExtensions]).filter(
    (one) => one !== name,
  )
  return nearest === undefined ? null : `CREATE EXTENSION "${nearest}"`
}

function isOf({ since = 0, until = Number.POSITIVE_INFINITY }: Shipped, major: number): boolean {
  return major >= since && major <= until
}

function spanOf({ since, until }: Shipped): string {
  return [
    ...(since === undefined ? [] : [`since ${since}`]),
    ...(until === undefined ? [] : [`until ${until}`]),
  ].join(', ')
}
