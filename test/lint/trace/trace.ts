import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Major, majors } from '../../servers/binaries.ts'
import { type Server, startServer } from '../../servers/server.ts'
import { type Truth, truthOf } from './classes.ts'
import { prepareSessions, type Sessions, staysOpen } from './measure.ts'
import { type Migration, readMigrations } from './migration.ts'
import { type Original, type Outcome, originalOf, outcomeOf } from './outcome.ts'
import { type Client, connect } from './session.ts'
import { truthText } from './truth-text.ts'

/** A server with the databases to copy, and what is known of them. */
type Place = {
  readonly server: Server
  readonly admin: Client
  /** By the name of the schema's file. */
  readonly originals: ReadonlyMap<string, Originals>
  /** Of each original the one in use. */
  readonly copies: Map<Original, Copy>
}

type Originals = { readonly rows: Original; readonly empty: Original }

type Copy = { readonly sessions: Sessions; uses: number; readonly drop: () => Promise<void> }

const usesOfCopy = 40

const { values: options } = parseArgs({
  options: { only: { type: 'string' }, majors: { type: 'string' } },
})

const chosenMajors = majors.filter(
  (major) => !options.majors || options.majors.split(',').includes(String(major)),
)
const all = await readMigrations()
const migrations = all.filter(({ topic, slug }) => !options.only || `${topic}/${slug}`.includes(options.only))
const truths = new Map(migrations.map(({ slug }) => [slug, new Map<Major, Truth>()]))

// Most of the time is waiting for the checkpoint that each database ends with, so the servers run side by side.
await Promise.all(chosenMajors.map(traceAll))

if (options.only || options.majors) process.stdout.write(truthText({ migrations, truths }))
else writeTruth()

async function traceAll(major: Major): Promise<void> {
  await using server = await startServer(major, {
    settings: { autovacuum: 'off', TimeZone: 'UTC', allow_in_place_tablespaces: 'on' },
  })
  const admin = await connect(server.url('postgres'))
  const place = await prepare(server, admin)
  for (const migration of migrations.filter(({ since }) => since <= major)) {
    await trace(place, migration).then(
      (truth) => truths.get(migration.slug)!.set(major, truth),
      reportFailure,
    )
  }
  await admin.end()
  process.stderr.write(`PostgreSQL ${major} is done\n`)
}

/** Of the tracing itself: the others go on, and this one has no truth. */
function reportFailure(error: unknown): void {
  console.error(error)
  process.exitCode = 1
}

function writeTruth(): void {
  const folder = join(import.meta.dirname, 'truth')
  mkdirSync(folder, { recursive: true })
  for (const [topic, ofTopic] of Map.groupBy(migrations, (migration) => migration.topic)) {
    writeFileSync(join(folder, `${topic}.json`), truthText({ migrations: ofTopic, truths }))
  }
}

async function prepare(server: Server, admin: Client): Promise<Place> {
  await admin.run(`CREATE TABLESPACE fast_ssd LOCATION ''`)
  const originals = new Map<string, Originals>()
  for (const [schema, [first]] of Map.groupBy(migrations, (migration) => migration.schema))
    originals.set(schema, await prepareOriginals({ server, admin }, first!))
  return { server, admin, originals, copies: new Map() }
}

async function prepareOriginals(
  { server, admin }: Pick<Place, 'server' | 'admin'>,
  { schema, rows }: Pick<Migration, 'schema' | 'rows'>,
): Promise<Originals> {
  const [name] = schema.split('.')
  const [empty, filled] = [`empty_${name}`, `rows_${name}`]
  await admin.run(`CREATE DATABASE ${empty}`)
  await load(server, { database: empty, file: schema })
  await admin.run(`CREATE DATABASE ${filled} TEMPLATE ${empty}`)
  await load(server, { database: filled, file: rows })
  return {
    rows: await read(server, { database: filled, withRows: true }),
    empty: await read(server, { database: empty, withRows: false }),
  }
}

async function load(
  server: Server,
  { database, file }: { readonly database: string; readonly file: string },
): Promise<void> {
  const client = await connect(server.url(database))
  await client.run(readFileSync(join(import.meta.dirname, file), 'utf8'))
  await client.run('ANALYZE')
  await client.end()
}

async function read(
  server: Server,
  { database, withRows }: Pick<Original, 'database' | 'withRows'>,
): Promise<Original> {
  const client = await connect(server.url(database))
  const original = await originalOf(client, { database, withRows })
  await client.end()
  return original
}

async function trace(place: Place, migration: Migration): Promise<Truth> {
  const originals = place.originals.get(migration.schema)!
  const rows = await onCopy(place, { migration, original: originals.rows })
  const empty = await onCopy(place, { migration, original: originals.empty })
  const fails = ({ measured }: Outcome) => measured.some(({ error }) => error)
  if (fails(empty) && !fails(rows)) {
    process.stderr.write(`${migration.slug} on ${place.server.major} fails only where there are no rows\n`)
  }
  return truthOf(migration, { rows, empty })
}

/** What stays open leaves a copy as it was, but for dead rows, so a copy is used for some of them. */
async function onCopy(
  place: Place,
  { migration, original }: { readonly migration: Migration; readonly original: Original },
): Promise<Outcome> {
  const kept = place.copies.get(original)
  const copy = kept ?? (await makeCopy(place, original))
  if (staysOpen(migration)) place.copies.set(original, copy)
  else place.copies.delete(original)
  try {
    return await outcomeOf(copy.sessions, { migration, original })
  } catch (error) {
    place.copies.delete(original)
    throw new Error(`${migration.topic}/${migration.slug} on PostgreSQL ${place.server.major}`, {
      cause: error,
    })
  } finally {
    copy.uses += 1
    if (copy.uses === usesOfCopy) place.copies.delete(original)
    if (place.copies.get(original) !== copy) await copy.drop()
  }
}

async function makeCopy({ server, admin }: Place, original: Original): Promise<Copy> {
  const strategy = server.major >= 15 ? 'STRATEGY file_copy' : ''
  const name = `copy_${original.database}`
  await admin.run(`CREATE DATABASE ${name} TEMPLATE ${original.database} ${strategy}`)
  const sessions = { main: await connect(server.url(name)), other: await connect(server.url(name)) }
  await prepareSessions(sessions)
  const drop = async () => {
    await sessions.main.end()
    await sessions.other.end()
    await admin.run(`DROP DATABASE ${name} WITH (FORCE)`)
  }
  return { sessions, uses: 0, drop }
}
