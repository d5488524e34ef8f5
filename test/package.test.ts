import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { imageName } from '../src/connection/pglite.ts'
import { type Folder, folder } from './cli/folder.ts'

const root = join(import.meta.dirname, '..')
const run = promisify(execFile)

type PackedFile = { readonly path: string; readonly mode: number }

/** Packs the working tree and installs it as anybody would: slow, so it happens once for all of these tests. */
describe('the package, installed into an empty project', () => {
  let project: Folder
  let tarballs: string
  let files: readonly PackedFile[]

  beforeAll(async () => {
    tarballs = await mkdtemp(join(tmpdir(), 'limbeck-package-'))
    const packed = await npm(root, 'pack', '--json', '--pack-destination', tarballs)
    const [tarball]: { filename: string; files: readonly PackedFile[] }[] = JSON.parse(
      packed.slice(packed.indexOf('[\n')),
    )
    files = tarball?.files ?? []
    project = await folder({ 'package.json': JSON.stringify({ type: 'module', private: true }) })
    const quietly = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline']
    await npm(project.directory, 'install', ...quietly, join(tarballs, tarball?.filename ?? ''))
  })
  afterAll(async () => {
    await project[Symbol.asyncDispose]()
    await rm(tarballs, { recursive: true })
  })

  test('holds what was compiled, README and LICENSE, guide and reference, and nothing else', async () => {
    const paths = files.map(({ path }) => path)
    const beside = paths.filter((path) => !path.startsWith('dist/')).sort()
    expect(beside.filter((path) => !/^docs\/(guide|reference)\/.*\.md$/.test(path))).toEqual([
      'LICENSE',
      'README.md',
      'package.json',
    ])
    // What README and hints point to.
    expect(beside).toEqual(
      expect.arrayContaining(['docs/guide/revisions.md', 'docs/reference/operations.md']),
    )
    expect(paths.filter((path) => path.startsWith('dist/') && !/\.(js|d\.ts)$/.test(path))).toEqual([
      `dist/${imageName()}.br`,
    ])
    expect(paths).toContain('dist/index.d.ts')
    const program = files.find(({ path }) => path === 'dist/cli/bin.js')
    expect(program?.mode.toString(8)).toMatch(/7..$/)
  })

  test('makes a project, runs a revision in TypeScript and tells where it stands', async () => {
    expect(await npx('init')).toContain('limbeck upgrade')
    const { file } = JSON.parse(await npx('revision', '-m', 'add users', '--json'))
    await project.write({ [file.slice(project.directory.length + 1)]: await withUsers(file) })

    expect(await npx('upgrade')).toMatch(/^✓ 2 revisions applied in /)
    expect(JSON.parse(await npx('status', '--json'))).toMatchObject({
      applied: [{ message: 'The first revision.' }, { message: 'add users' }],
      pending: [],
    })
    expect(await npx('downgrade', '-1', '--yes')).toMatch(/^✓ 1 revision undone in /)
  })

  test('has a new database with it, so that a machine that sees it first need not make one', async () => {
    const shipped = join(project.directory, 'node_modules', 'limbeck', 'dist', `${imageName()}.br`)
    const cache = join(project.directory, 'cache')
    vi.stubEnv('XDG_CACHE_HOME', cache)
    try {
      await npx('upgrade', '--database-url', 'pglite:seen')
    } finally {
      vi.unstubAllEnvs()
    }
    const kept = await readFile(join(cache, 'limbeck', imageName()))
    // initdb gives each database a number of its own.
    expect(kept.equals(brotliDecompressSync(await readFile(shipped)))).toBe(true)
  })

  test('is a library too, for a script in TypeScript', async () => {
    await project.write({
      'deploy.ts': `import { LimbeckError, upgrade, type UpgradeReport } from 'limbeck'

const report: UpgradeReport = await upgrade({ database: 'pglite:deployed' })
const refused = await upgrade({ database: 'nowhere' }).catch((error: unknown) => error)
console.log(JSON.stringify([report.applied.length, refused instanceof LimbeckError && refused.code]))
`,
    })
    const { stdout } = await run(process.execPath, ['deploy.ts'], { cwd: project.directory })
    expect(JSON.parse(stdout)).toEqual([2, 'INVALID_DATABASE_URL'])
  })

  test('has types that a strict project compiles against', async () => {
    await project.write({ 'typed.ts': typed, 'tsconfig.json': JSON.stringify(strict) })
    const { stdout } = await compile()
    expect(stdout).toBe('')
  })

  test('has types that find a mistake', async () => {
    await project.write({
      'typed.ts': typed.replace("name: 'email', type", "nmae: 'email', type"),
      'tsconfig.json': JSON.stringify(strict),
    })
    await expect(compile()).rejects.toMatchObject({ stdout: expect.stringContaining("'nmae'") })
  })

  test('gives a project with operations of its own their types, and runs them', async () => {
    const example = join(root, 'examples', 'extending')
    await cp(example, project.directory, { recursive: true, force: true })
    const files = ['limbeck.config.ts', 'operations/tenant.ts', 'migrations/2_acme.ts']
    await project.write({
      'tsconfig.json': JSON.stringify({
        compilerOptions: { ...strict.compilerOptions, allowImportingTsExtensions: true },
        files,
      }),
    })
    expect((await compile()).stdout).toBe('')
    expect(
      await npx('upgrade', '--migrations', 'migrations', '--database-url', 'pglite:extended', 'acme'),
    ).toMatch(/^✓ 2 revisions applied in /)
  })

  async function npx(...words: readonly string[]): Promise<string> {
    const { stdout } = await run(process.execPath, ['node_modules/.bin/limbeck', ...words], {
      cwd: project.directory,
    })
    return stdout
  }

  function compile() {
    const tsc = join(root, 'node_modules', '.bin', 'tsc')
    return run(tsc, ['--project', project.directory], { env: nodeFirst() })
  }
})

/** The new revision's file with something in it, as an editor leaves it. */
async function withUsers(file: string): Promise<string> {
  const text = await readFile(file, 'utf8')
  const written = text.replace(
    'op: Operations) {}',
    `op: Operations) {
  op.createTable({
    name: 'users',
    columns: [
      { name: 'id', type: 'bigint', identity: 'always', primaryKey: true },
      { name: 'email', type: 'text', notNull: true, unique: true },
    ],
  })
  op.createIndex({ name: 'users_email_idx', table: 'users', columns: ['email'], concurrently: true })
}`,
  )
  expect(written).not.toBe(text)
  return written
}

/** What an application, its config file and a revision say. */
const typed = `import { type Config, downgrade, type Operations, plan, upgrade } from 'limbeck'

export default {
  migrations: ['migrations', 'more'],
  database: 'postgres://localhost/app',
} satisfies Config

export async function change(op: Operations): Promise<void> {
  op.addColumn({ table: 'users', column: { name: 'email', type: 'varchar(100)', notNull: true } })
  const rows = await op.query<{ id: string }>(op.sql\`SELECT id FROM \${op.id('users')} WHERE email = \${'x'}\`)
  for (const { id } of rows) op.execute({ sql: op.sql\`DELETE FROM users WHERE id = \${id}\`, inverse: null })
  await op.backfill({ table: 'users', set: { email: op.sql\`lower(email)\` }, where: op.sql\`email <> lower(email)\` })
}

export async function deploy(signal: AbortSignal): Promise<number> {
  const { revisions } = await plan({}, { direction: 'upgrade' })
  const { applied } = await upgrade({ lockTimeout: 100 }, { to: 'head', signal, onEvent: ({ type }) => void type })
  const { lost } = await downgrade({}, { to: '-1', acceptLoss: true })
  return revisions.length + applied.length + lost.length
}
`

/** Without skipLibCheck: the package's own declarations are checked too. */
const strict = {
  compilerOptions: {
    strict: true,
    target: 'es2024',
    module: 'nodenext',
    noEmit: true,
    exactOptionalPropertyTypes: true,
    types: [],
  },
  files: ['typed.ts'],
}

async function npm(directory: string, ...words: readonly string[]): Promise<string> {
  const { stdout } = await run('npm', words, { cwd: directory, env: nodeFirst(), maxBuffer: 2 ** 26 })
  return stdout
}

/** npm and tsc are started by the node that runs the tests, whichever one the path has first. */
function nodeFirst(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter) }
}
