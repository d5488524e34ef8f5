import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import {
  abort,
  type Config,
  downgrade,
  Interrupted,
  type MigrateEvent,
  plan,
  upgrade,
} from '../../src/index.ts'
import { testProject } from '../migrate/project.ts'
import { servers, type TestDatabase } from '../servers/databases.ts'
import { type Application, startTraffic, type Traffic, type Written } from './traffic.ts'

type Row = { readonly [column: string]: string | null }

/** A change, as the revisions say it, and the two applications that live through it. */
type Change = {
  /** What there has to be besides the table. */
  readonly given?: string
  /** How the table is made, where it is not a plain one with a key. */
  readonly made?: (columns: string) => string
  /** The columns of the table before it, and their values in the rows that are there. */
  readonly columns: string
  readonly initial: string
  /** What the revisions say. `drop`: what ends the change once and for all, where the contract can be taken back. */
  readonly expand: string
  readonly contract: string
  readonly drop?: string
  /** Whether `expand` cannot be taken back. */
  readonly irreversible?: true
  /** Where the new column takes the old one's name, one application lives through all of it. */
  readonly sameName?: true
  readonly old: Application
  readonly new: Application
  /** All columns of both sides, for a row that was there, and for one that an application has written. */
  readonly untouched: (id: number) => Row
  readonly touched: (n: number, id: number, by: 'old' | 'new') => Row
}

const rows = 3_000

/** What the revisions of a change of columns say. */
function expansion(fields: string, as?: string): Pick<Change, 'expand' | 'contract' | 'drop'> {
  const contracted = as === undefined ? fields : `${fields}, as: '${as}'`
  return {
    expand: `op.expandColumn({ ${fields} })`,
    contract: `op.contractColumn({ ${contracted}, keep: true })`,
    drop: `op.dropKeptColumn({ ${contracted} })`,
  }
}

/** What the revisions say of a rule that the old application breaks. */
function mending(rule: string, further = ''): Pick<Change, 'expand' | 'contract' | 'drop'> {
  const fields = `table: 'things', name: 'things_rule', ${rule}`
  return {
    expand: `op.expandCheck({ ${fields} })\n  ${further}`,
    contract: `op.contractCheck({ ${fields} })`,
    drop: "op.setComment({ on: { table: 'things' }, comment: 'mended', was: null })",
  }
}

/** An application that writes what is mended once the rule is there, and so cannot say what it will read. */
function written(column: string, value: string): Application {
  return { values: () => ({ [column]: value }), reads: (_, id) => ({ id: String(id) }) }
}

/** An application of one column. */
function of(column: string, value: (n: number, id: number) => string): Application {
  return {
    values: (n, id) => ({ [column]: `'${value(n, id)}'` }),
    reads: (n, id) => ({ [column]: value(n, id) }),
  }
}

const mail = (n: number, id: number) => `v${n}.${id}`
const hours = (n: number) => new Date(Date.UTC(2026, 1, 3, n)).toISOString().slice(0, 19).replace('T', ' ')
const days = (n: number) => new Date(Date.UTC(2026, 1, 3 + n)).toISOString().slice(0, 10)

/** Rows of the past, and of the time that new partitions are for once they are there. */
const partitioned: Application = {
  upserts: false,
  values: (n) => ({ at: `'2027-05-01Z'::timestamptz + interval '${n} hours'`, owner: String(1 + (n % 50)) }),
  reads: (n) => ({ owner: String(1 + (n % 50)) }),
}

const copied =
  "table: 'things', by: 'at', every: 'month', from: '2026-12-01', to: '2027-06-01', default: true"

const changes: { readonly [name: string]: Change } = {
  'another name': {
    columns: 'email text NOT NULL UNIQUE',
    initial: "'o' || n",
    ...expansion("table: 'things', from: 'email', to: 'email_address'"),
    old: of('email', mail),
    new: of('email_address', mail),
    untouched: (id) => ({ email: `o${id}`, email_address: `o${id}` }),
    touched: (n, id) => ({ email: mail(n, id), email_address: mail(n, id) }),
  },
  'another type': {
    columns: 'amount int NOT NULL DEFAULT 5 CHECK (amount >= 0)',
    initial: 'n',
    ...expansion("table: 'things', from: 'amount', to: { name: 'amount_new', type: 'bigint' }", 'amount'),
    sameName: true,
    old: of('amount', (n) => String(n)),
    new: of('amount', (n) => String(n)),
    untouched: (id) => ({ amount: String(id), amount_new: String(id) }),
    touched: (n) => ({ amount: String(n), amount_new: String(n) }),
  },
  'a wider key, to which the rows refer': {
    columns: 'owner int NOT NULL REFERENCES owners',
    initial: '1 + n % 50',
    expand:
      "op.expandKey({ table: 'owners', column: 'id', type: 'bigint', references: [{ table: 'things', column: 'owner' }] })",
    contract:
      "op.contractKey({ table: 'owners', column: 'id', type: 'bigint', references: [{ table: 'things', column: 'owner' }] })",
    sameName: true,
    old: of('owner', (n) => String(1 + (n % 50))),
    new: of('owner', (n) => String(1 + (n % 50))),
    untouched: (id) => ({ owner: String(1 + (id % 50)), owner_new: String(1 + (id % 50)) }),
    touched: (n) => ({ owner: String(1 + (n % 50)), owner_new: String(1 + (n % 50)) }),
  },
  'another name of the table': {
    columns: "note text DEFAULT 'none'",
    initial: "'o' || n",
    expand: "op.expandTable({ table: 'things', to: 'items' })",
    contract: "op.contractTable({ table: 'things', to: 'items' })",
    drop: "op.setComment({ on: { table: 'items' }, comment: 'were things', was: null })",
    old: of('note', (n) => `v${n}`),
    new: { ...of('note', (n) => `v${n}`), table: 'items' },
    untouched: (id) => ({ note: `o${id}` }),
    touched: (n) => ({ note: `v${n}` }),
  },
  'partitions for a table that is there': {
    columns: 'at timestamptz NOT NULL, owner int REFERENCES owners',
    initial: "'2026-01-01Z'::timestamptz + n * interval '1 minute', 1 + n % 50",
    expand:
      "op.partitionTable({ table: 'things', by: 'at', every: 'month', from: '2040-01-01', to: '2040-04-01' })",
    contract:
      "op.createPartitions({ table: 'things', every: 'month', from: '2040-04-01', to: '2040-06-01' })",
    irreversible: true,
    old: partitioned,
    new: partitioned,
    sameName: true,
    untouched: (id) => ({ owner: String(1 + (id % 50)) }),
    touched: (n) => ({ owner: String(1 + (n % 50)) }),
  },
  'an enum that loses a value': {
    given:
      "CREATE TYPE state AS ENUM ('active', 'suspended', 'inactive'); CREATE TYPE state_new AS ENUM ('active', 'inactive')",
    columns: "status state NOT NULL DEFAULT 'active'",
    initial: "CASE n % 3 WHEN 0 THEN 'active' WHEN 1 THEN 'suspended' ELSE 'inactive' END::state",
    ...expansion(
      `table: 'things', from: 'status', to: { name: 'status_new', type: 'state_new', default: 'active',
        up: op.sql\`(CASE status WHEN 'suspended' THEN 'inactive' ELSE status::text END)::state_new\`,
      }, down: { status: op.sql\`status_new::text::state\` }, carry: true`,
      'status',
    ),
    sameName: true,
    old: of('status', (n) => (n % 2 === 0 ? 'active' : 'inactive')),
    new: of('status', (n) => (n % 2 === 0 ? 'active' : 'inactive')),
    untouched: (id) => ({ status_new: id % 3 === 0 ? 'active' : 'inactive' }),
    touched: (n) => ({ status_new: n % 2 === 0 ? 'active' : 'inactive' }),
  },
  'a label that is no longer used': {
    given: "CREATE TYPE state AS ENUM ('active', 'suspended', 'inactive')",
    columns: "status state NOT NULL DEFAULT 'active'",
    initial: "CASE n % 3 WHEN 0 THEN 'active' WHEN 1 THEN 'suspended' ELSE 'inactive' END::state",
    ...mending("expression: op.sql`status <> 'suspended'`, mend: { status: 'inactive' }"),
    old: written('status', "'suspended'"),
    new: of('status', (n) => (n % 2 === 0 ? 'active' : 'inactive')),
    untouched: (id) => ({ status: id % 3 === 0 ? 'active' : 'inactive' }),
    touched: (n, _, by) => ({ status: by === 'new' && n % 2 === 0 ? 'active' : 'inactive' }),
  },
  'no more NULL': {
    columns: 'country text',
    initial: "CASE WHEN n % 3 > 0 THEN 'c' || n END",
    ...mending(
      "expression: op.sql`country IS NOT NULL`, mend: { country: op.sql`'nowhere ' || id` }",
      "op.setNotNull({ table: 'things', column: 'country' })",
    ),
    old: written('country', 'NULL'),
    new: of('country', mail),
    untouched: (id) => ({ country: id % 3 > 0 ? `c${id}` : `nowhere ${id}` }),
    touched: (n, id, by) => ({ country: by === 'old' ? `nowhere ${id}` : mail(n, id) }),
  },
  'partitions for all rows of a table': {
    columns: 'at timestamptz NOT NULL, owner int REFERENCES owners',
    initial: "'2026-12-31Z'::timestamptz + n * interval '1 minute', 1 + n % 50",
    expand: `op.copyIntoPartitions({ ${copied}, keep: true })`,
    contract: "op.setComment({ on: { table: 'things' }, comment: 'in parts', was: null })",
    drop: `op.dropUnpartitioned({ ${copied} })`,
    old: partitioned,
    new: partitioned,
    sameName: true,
    untouched: (id) => ({ owner: String(1 + (id % 50)) }),
    touched: (n) => ({ owner: String(1 + (n % 50)) }),
  },
  'partitions for rows of the default one': {
    made: (columns) => `CREATE TABLE things (${columns}, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
      CREATE TABLE things_default PARTITION OF things DEFAULT`,
    columns: 'at timestamptz NOT NULL, owner int REFERENCES owners',
    initial: "'2026-12-31Z'::timestamptz + n * interval '1 minute', 1 + n % 50",
    expand:
      "op.splitDefaultPartition({ table: 'things', every: 'month', from: '2026-12-01', to: '2027-06-01' })",
    contract:
      "op.createPartitions({ table: 'things', every: 'month', from: '2040-04-01', to: '2040-06-01' })",
    irreversible: true,
    old: partitioned,
    new: partitioned,
    sameName: true,
    untouched: (id) => ({ owner: String(1 + (id % 50)) }),
    touched: (n) => ({ owner: String(1 + (n % 50)) }),
  },
  'another unit': {
    columns: 'amount int',
    initial: 'n',
    ...expansion(`table: 'things', from: 'amount', to: { name: 'cents', type: 'bigint', up: op.sql\`amount * 100\` },
      down: { amount: op.sql\`cents / 100\` }`),
    old: of('amount', (n) => String(n)),
    new: of('cents', (n) => String(n)),
    untouched: (id) => ({ amount: String(id), cents: String(id * 100) }),
    touched: (n, _, by) =>
      by === 'old'
        ? { amount: String(n), cents: String(n * 100) }
        : { amount: String(Math.floor(n / 100)), cents: String(n) },
  },
  'one column split': {
    columns: 'name text',
    // A name without a space cannot be put together again as it was, so the backfill has to leave it alone.
    initial: "'First' || n || CASE WHEN n % 5 > 0 THEN ' Last' || n ELSE '' END",
    ...expansion(`table: 'things', from: 'name', to: [
      { name: 'first', type: 'text', up: op.sql\`split_part(name, ' ', 1)\` },
      { name: 'last', type: 'text', up: op.sql\`substr(name, strpos(name, ' ') + 1)\` },
    ], down: { name: op.sql\`concat_ws(' ', first, last)\` }`),
    old: of('name', (n) => `F${n} L${n}`),
    new: {
      values: (n) => ({ first: `'Mary Ann'`, last: `'L${n}'` }),
      reads: (n) => ({ first: 'Mary Ann', last: `L${n}` }),
    },
    untouched: (id) =>
      id % 5 === 0
        ? { name: `First${id}`, first: `First${id}`, last: `First${id}` }
        : { name: `First${id} Last${id}`, first: `First${id}`, last: `Last${id}` },
    // What the new application has written is not split anew where the space is.
    touched: (n, _, by) => {
      const first = by === 'old' ? `F${n}` : 'Mary Ann'
      return { name: `${first} L${n}`, first, last: `L${n}` }
    },
  },
  'two columns merged': {
    columns: 'day date, hour int',
    initial: "'2026-02-03'::date + n % 20, n % 24",
    ...expansion(`table: 'things', from: ['day', 'hour'], to: {
      name: 'at', type: 'timestamp', up: op.sql\`day + make_interval(hours => hour)\`,
    }, down: { day: op.sql\`at::date\`, hour: op.sql\`extract(hour from at)\` }`),
    old: {
      values: (n) => ({ day: `'${days(n % 20)}'`, hour: String(n % 24) }),
      reads: (n) => ({ day: days(n % 20), hour: String(n % 24) }),
    },
    new: of('at', (n) => hours(n % 500)),
    untouched: (id) => merged(days(id % 20), id % 24),
    touched: (n, _, by) =>
      by === 'old' ? merged(days(n % 20), n % 24) : merged(hours(n % 500).slice(0, 10), (n % 500) % 24),
  },
}

function merged(day: string, hour: number): Row {
  return { day, hour: String(hour), at: `${day} ${String(hour).padStart(2, '0')}:00:00` }
}

describe.each(servers())('old and new application write all the while on $name', (server) => {
  test.for(Object.entries(changes))('%s', { timeout: 60_000 }, async ([, change]) => {
    await using database = await server.open()
    await database.query(`CREATE TABLE owners (id int PRIMARY KEY); INSERT INTO owners SELECT generate_series(1, 50);
      ${change.given ?? ''};
      ${(change.made ?? plainTable)(`id int, touched int NOT NULL, ${change.columns}`)};
      CREATE INDEX ON things (${change.columns.split(' ')[0]});
      INSERT INTO things SELECT n, 0, ${change.initial} FROM generate_series(0, ${rows - 1}) n; ANALYZE things`)
    const { expand, contract, drop } = change
    await using project = await testProject(
      { id: 'expand', upgrade: `  ${expand}` },
      { id: 'contract', down: 'expand', upgrade: `  ${contract}` },
      ...(drop === undefined ? [] : [{ id: 'drop', down: 'contract', upgrade: `  ${drop}` }]),
    )
    const options = {
      database: database.url,
      lint: 'off' as const,
      migrations: project.migrations,
      batchRows: 200,
      lockTimeout: 200,
    }
    const to = (revision: string) => upgrade(options, { to: revision })
    const back = (revision: string) => downgrade(options, { to: revision })
    await using world = applications(database, change)

    // The old application is there; the change begins, is taken back half way and whole, begins again; the new application comes.
    await world.start('old')
    await halfWay(options, 'stage-done')
    await halfWay(options, 'backfill')
    await to('expand')
    if (change.irreversible === undefined) {
      await back('base')
      await to('expand')
    }
    await world.start('new')
    await sleep(300)
    await world.stopAll()
    await expectRows(database, change, world.written)

    // Both again, till the old one goes. The contract is taken back under the new one, and the old one returns.
    await world.start('old')
    await world.start('new')
    await sleep(100)
    if (change.sameName === undefined) await world.stop('old')
    await to('contract')
    await sleep(200)
    if (drop !== undefined) {
      await back('expand')
      await world.start('old')
      await sleep(200)
      await world.stopAll()
      await expectRows(database, change, world.written)

      await world.start('new')
      await to('contract')
      await to('drop')
      await sleep(100)
    }
    await world.stopAll()
    expect(world.failures).toEqual([])
    expect(world.statements()).toBeGreaterThan(500)
    const known = Object.keys(change.new.reads(0, 0))
    await expectRows(database, change, world.written, { columns: known, table: change.new.table })
  })
})

/** Stops the expansion at the first event of that type, and takes it back. One of a single stage has no half way. */
async function halfWay(options: Config, type: MigrateEvent['type']): Promise<void> {
  const controller = new AbortController()
  const { signal } = controller
  const onEvent = (event: MigrateEvent) => {
    if (event.type === type) controller.abort()
  }
  const { stages } = (await plan(options, { to: 'expand' })).revisions[0] ?? {}
  if (stages === undefined || stages.length < 2) return
  await expect(upgrade(options, { to: 'expand', signal, onEvent })).rejects.toThrow(Interrupted)
  expect((await abort(options, { acceptLoss: true })).aborted).toMatchObject({ id: 'expand' })
}

function plainTable(columns: string): string {
  return `CREATE TABLE things (${columns}, PRIMARY KEY (id))`
}

/** The applications that run, two sessions each. */
function applications(database: TestDatabase, change: Change) {
  const running = { old: [] as Traffic[], new: [] as Traffic[] }
  const lanes = { old: [0, 1], new: [2, 3] }
  const written: Written = new Map()
  const failures: string[] = []
  let number = 0
  let statements = 0
  const stop = async (side: 'old' | 'new') => {
    const traffics = running[side].splice(0)
    await Promise.all(traffics.map((traffic) => traffic.stop()))
    statements += traffics.reduce((sum, traffic) => sum + traffic.statements(), 0)
  }
  const stopAll = async () => {
    await stop('old')
    await stop('new')
  }
  return {
    written,
    failures,
    statements: () => statements,
    start: async (side: 'old' | 'new') => {
      for (const lane of running[side].length > 0 ? [] : lanes[side])
        running[side].push(
          await startTraffic(database, change[side], { lane, rows, written, failures, next: () => ++number }),
        )
    },
    stop,
    stopAll,
    [Symbol.asyncDispose]: stopAll,
  }
}

/** Every row has what its last writer has made it, in all columns of both sides. */
async function expectRows(
  database: TestDatabase,
  change: Change,
  written: Written,
  {
    columns = Object.keys(change.untouched(0)),
    table = 'things',
  }: { columns?: readonly string[]; table?: string | undefined } = {},
) {
  const list = columns.map((name) => `${name}::text AS ${name}`).join(', ')
  const found = await database.query<{ id: number } & Row>(`SELECT id, ${list} FROM ${table} ORDER BY id`)
  const there = Array.from({ length: rows }, (_, n) => n).filter((id) => !written.has(id))
  const wanted = [
    ...there.map((id) => ({ id, ...only(change.untouched(id), columns) })),
    ...[...written].flatMap(([id, last]) =>
      last === null
        ? []
        : [{ id, ...only(change.touched(last.n, id, last.by === change.old ? 'old' : 'new'), columns) }],
    ),
  ].toSorted((a, b) => a.id - b.id)
  expect(found).toEqual(wanted)
}

/** The columns of those names; the new column can have taken the old one's. */
function only(row: Row, columns: readonly string[]): Row {
  return Object.fromEntries(columns.map((name) => [name, row[name] ?? row[`${name}_new`] ?? null]))
}
