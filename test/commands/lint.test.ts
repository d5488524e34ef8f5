import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type LintReport, lint } from '../../src/commands/lint.ts'
import { downgrade, upgrade } from '../../src/index.ts'
import type { Rule } from '../../src/lint/rule.ts'
import { rules } from '../../src/lint/rules.ts'
import { folder } from '../cli/folder.ts'
import { newest } from '../faults/base.ts'

const schema = `CREATE TABLE orgs (id bigint PRIMARY KEY, name text);
CREATE TABLE users (id bigint PRIMARY KEY, email text, org bigint, age integer);`

/** Rules by line, as far as they are not advice. */
function found({ statements }: LintReport): readonly string[] {
  return statements.flatMap(({ file, line, hazards }) =>
    hazards.filter(({ level }) => level !== 'advice').map(({ rule }) => `${file}:${line} ${rule}`),
  )
}

const revision = (id: string, down: string | null, body: string) =>
  `/** ${id} */\nexport const revision = '${id}'\nexport const downRevision = ${down === null ? 'null' : `'${down}'`}\n\nexport function upgrade(op) {\n${body}\n}\n`

test('a file is looked at as its runner would run it, on the schema before it', async () => {
  await using its = await folder({
    'schema.sql': schema,
    'one.sql':
      'ALTER TABLE users ADD COLUMN adult boolean;\nUPDATE users SET adult = age > 17;\nCREATE INDEX ON users (email);',
  })
  const config = { directory: its.directory }
  const one = await lint(config, { files: ['one.sql'], schema: 'schema.sql', transaction: 'one' })
  expect(found(one)).toEqual(['one.sql:2 held-lock', 'one.sql:2 bulk-change', 'one.sql:3 index-build'])
  const [first, second, third] = one.statements
  expect(first?.locks).toEqual([{ relation: 'users', mode: 'AccessExclusive', existedBefore: true }])
  expect(second?.scans).toEqual(['users'])
  expect(third?.indexesBuilt).toEqual([{ index: 'users_email_idx', table: 'users' }])
  expect(third?.hazards[0]?.recipe).toContain('op.createIndex({')

  const none = await lint(config, { files: ['one.sql'], schema: 'schema.sql', transaction: 'none' })
  expect(found(none)).toEqual(['one.sql:2 bulk-change', 'one.sql:3 index-build'])
})

test('what sets a transaction belongs to its beginning, and comes too late after anything else', async () => {
  await using its = await folder({
    'schema.sql': `${schema} LOCK TABLE users; BEGIN; LOCK TABLE orgs IN SHARE MODE; COMMIT;`,
    'begun.sql':
      "BEGIN;\nSET LOCAL lock_timeout = '1s';\nSET TRANSACTION ISOLATION LEVEL REPEATABLE READ;\nUPDATE users SET age = 1;\nCOMMIT;",
    'late.sql':
      'BEGIN;\nUPDATE users SET age = 1;\nSET TRANSACTION ISOLATION LEVEL REPEATABLE READ;\nCOMMIT;',
  })
  const config = { directory: its.directory }
  const begun = await lint(config, { files: ['begun.sql'], schema: 'schema.sql' })
  expect(found(begun)).toEqual(['begun.sql:4 bulk-change'])
  expect(begun.statements.map(({ transaction }) => transaction)).toEqual([null, 1, null, 1, null])
  const late = await lint(config, { files: ['late.sql'], schema: 'schema.sql' })
  expect(found(late)).toEqual(['late.sql:2 bulk-change', 'late.sql:3 always-fails'])
})

test('what cannot be done again is left out when another statement is tried with fewer rows', async () => {
  await using its = await folder({
    'schema.sql': `${schema} CREATE SEQUENCE numbers; CREATE TABLE firsts (n bigint CHECK (n < 2));`,
    'drawn.sql':
      "CREATE TEMP TABLE kept AS SELECT 1 AS n; INSERT INTO firsts VALUES (nextval('numbers'));\nALTER TABLE users ADD UNIQUE (age);\nCREATE INDEX ON orgs (name);",
  })
  const report = await lint({ directory: its.directory }, { files: ['drawn.sql'], schema: 'schema.sql' })
  expect(found(report)).toEqual([
    'drawn.sql:2 key-build',
    'drawn.sql:2 fails-on-rows',
    'drawn.sql:3 index-build',
    'drawn.sql:3 held-lock',
  ])
})

test('locks are told by the names that others know, and as they are where there are rows', async () => {
  await using its = await folder({
    'schema.sql': `${schema} CREATE TABLE wishes (org bigint REFERENCES orgs (id));`,
    'rename.sql': 'ALTER TABLE users RENAME TO people;\nALTER TABLE people ADD COLUMN born date;',
    'fill.sql': 'INSERT INTO wishes SELECT id FROM orgs;',
  })
  const config = { directory: its.directory }
  const renamed = await lint(config, { files: ['rename.sql'], schema: 'schema.sql' })
  expect(renamed.statements.map(({ locks }) => locks)).toEqual([
    [{ relation: 'users', mode: 'AccessExclusive', existedBefore: true }],
    [{ relation: 'users', mode: 'AccessExclusive', existedBefore: true }],
  ])
  const filled = await lint(config, { files: ['fill.sql'], schema: 'schema.sql' })
  expect(filled.statements[0]?.locks).toContainEqual({
    relation: 'orgs',
    mode: 'RowShare',
    existedBefore: true,
  })
})

test('a hazard is accepted with a reason, and what takes nothing is told', async () => {
  await using its = await folder({
    'schema.sql': schema,
    'one.sql':
      '-- limbeck: accept index-build forty rows\nCREATE INDEX ON users (email);\n-- limbeck: accept drop-tabel nobody uses it\nSELECT 1;',
  })
  const report = await lint({ directory: its.directory }, { files: ['one.sql'], schema: 'schema.sql' })
  expect(found(report)).toEqual([])
  expect(report.statements[0]?.accepted).toMatchObject([{ rule: 'index-build', reason: 'forty rows' }])
  expect(report.unused).toMatchObject([
    { rule: 'drop-tabel', reason: 'nobody uses it', said: 'one.sql:3', isRule: false, nearest: 'drop-table' },
  ])

  await its.write({ 'one.sql': '-- limbeck: accept index-build\nCREATE INDEX ON users (email);' })
  const bare = lint({ directory: its.directory }, { files: ['one.sql'], schema: 'schema.sql' })
  await expect(bare).rejects.toMatchObject({ code: 'ACCEPTED_WITHOUT_REASON', line: 1 })
})

test('the configuration gives levels, accepts by relation, and has rules of its own', async () => {
  await using its = await folder({
    'schema.sql': schema,
    'one.sql': 'CREATE INDEX ON users (email); CREATE INDEX ON orgs (name); DROP TABLE orgs;',
  })
  const own = {
    name: 'no-drops',
    classes: ['advice'],
    level: 'error',
    title: '',
    problem: '',
    instead: 'Do not.',
    ignore: '',
    find: ({ statement }: { statement: { parsed: { text: string } } }) =>
      statement.parsed.text.includes('DROP') ? [{ message: 'It drops.' }] : [],
    examples: [],
  } as const
  const report = await lint(
    {
      directory: its.directory,
      lint: {
        rules: { 'drop-table': 'off', 'gone-name': 'off', 'no-lock-timeout': 'off' },
        accept: [{ rule: 'index-build', relation: 'users', reason: 'small' }],
        own: [own],
      },
    },
    { files: ['one.sql'], schema: 'schema.sql' },
  )
  expect(found(report)).toEqual(['one.sql:1 index-build', 'one.sql:1 held-lock', 'one.sql:1 no-drops'])
  expect(report.statements.flatMap(({ accepted }) => accepted.map(({ relations }) => relations))).toEqual([
    ['users'],
  ])
})

test('revisions are looked at on what those before them make, and an upgrade refuses what is dangerous', async () => {
  const database = await newest().open()
  await using its = await folder({
    'migrations/a.ts': revision('a', null, `  op.execute({ sql: \`${schema}\` })`),
    'migrations/b.ts': revision('b', 'a', "  op.execute({ sql: 'UPDATE users SET age = 1' })"),
  })
  const config = { directory: its.directory, database: database.url }
  await upgrade(config, { to: 'a' })
  const file = join('migrations', 'b.ts')
  expect(found(await lint(config))).toEqual([`${file}:6 bulk-change`])
  expect(found(await lint(config, { revisions: { selectors: ['a:b'] } }))).toEqual([])

  await expect(upgrade(config)).rejects.toMatchObject({
    code: 'HAZARDS_REFUSED',
    hazards: [{ rule: 'bulk-change', revision: 'b', line: 6 }],
  })
  const accepting = "  op.execute({ sql: 'UPDATE users SET age = 1' }, { accept: { 'bulk-change': 'few' } })"
  await its.write({ 'migrations/b.ts': revision('b', 'a', accepting) })
  expect(found(await lint(config))).toEqual([])
  const { applied } = await upgrade(config)
  expect(applied.map(({ id }) => id)).toEqual(['b'])
})

const back = (sql: string) => `

export function downgrade(op: Operations) {
  // limbeck: accept bulk-change few
  op.execute({ sql: 'UPDATE orgs SET id = id + 1' })
  op.dropColumn({ table: 'users', name: 'years' })
  op.execute({ sql: '${sql}' })
}
`

test('the way back of revisions is looked at where they are applied, the last one first', async () => {
  const adding = "  op.addColumn({ table: 'users', column: { name: 'years', type: 'integer' } })"
  const sqlHeader =
    '-- revision: c\n-- down_revision: b\n-- create_date: 2026-01-01T00:00:00Z\n\n-- upgrade\n'
  await using its = await folder({
    'migrations/a.ts': revision('a', null, `  op.execute({ sql: \`${schema}\` })`),
    'migrations/b.ts': revision('b', 'a', adding) + back('CREATE INDEX users_age ON users (age)'),
    'migrations/c.sql': `${sqlHeader}ALTER TABLE users ALTER age TYPE bigint;\n\n-- downgrade\nALTER TABLE users DROP COLUMN org;\n-- limbeck: accept column-type-rewrite few\nALTER TABLE users ALTER age TYPE integer;\n`,
    'migrations/d.sql': sqlHeader.replace(': c', ': d').replace(': b', ': c'),
  })
  const config = { directory: its.directory }
  const report = await lint(config, { revisions: { selectors: ['b:d'] }, downgrade: true })
  expect(found(report)).toEqual([
    `${join('migrations', 'c.sql')}:9 drop-column`,
    `${join('migrations', 'c.sql')}:11 fails-on-rows`,
    `${join('migrations', 'b.ts')}:14 index-build`,
  ])
  expect(report.unused).toEqual([])
  expect(report.assumed).toEqual([
    `${join('migrations', 'd.sql')}: it is not undone: the file has no "-- downgrade" part.`,
  ])
  const up = await lint(config, { revisions: { selectors: ['b:d'] } })
  expect(found(up)).toEqual([`${join('migrations', 'c.sql')}:6 column-type-rewrite`])
  expect(up.unused).toEqual([])
})

test('a comment of a .sql revision is of the part that it stands in, whatever a string before it says', async () => {
  await using its = await folder({
    'migrations/a.ts': revision('a', null, `  op.execute({ sql: \`${schema}\` })`),
    'migrations/b.sql': `-- revision: b
-- down_revision: a
-- create_date: 2026-01-01T00:00:00Z

-- upgrade
COMMENT ON TABLE users IS '
-- downgrade
';
-- limbeck: accept bulk-change few
UPDATE users SET age = 1;
`,
  })
  const report = await lint({ directory: its.directory }, { revisions: { selectors: ['b'] } })
  expect(found(report)).toEqual([])
  expect(report.unused).toEqual([])
})

test('a downgrade on a server warns of what is dangerous, and goes on where nobody says otherwise', async () => {
  const database = await newest().open()
  const adding = "  op.addColumn({ table: 'users', column: { name: 'years', type: 'integer' } })"
  await using its = await folder({
    'migrations/a.ts': revision('a', null, `  op.execute({ sql: \`${schema}\` })`),
    'migrations/b.ts': revision('b', 'a', adding) + back('CREATE INDEX users_age ON users (age)'),
  })
  const config = { directory: its.directory, database: database.url }
  await upgrade(config)
  const options = { to: 'a', acceptLoss: true }
  await expect(downgrade({ ...config, lint: { downgrade: 'refuse' } }, options)).rejects.toMatchObject({
    code: 'HAZARDS_REFUSED',
    hazards: [{ rule: 'index-build', revision: 'b', line: 14 }],
  })
  const warned: string[] = []
  const { undone } = await downgrade(config, {
    ...options,
    onEvent: (event) => {
      if (event.type === 'revision-started') warned.push(...event.warns)
    },
  })
  expect(undone.map(({ id }) => id)).toEqual(['b'])
  expect(warned.filter((one) => one.includes('index-build'))).toHaveLength(1)
})

test('the first upgrade of a database looks at nothing, since nobody uses yet what it locks', async () => {
  const database = await newest().open()
  await using its = await folder({
    'migrations/a.ts': revision('a', null, `  op.execute({ sql: \`${schema}\` })`),
    'migrations/b.ts': revision('b', 'a', "  op.execute({ sql: 'UPDATE users SET age = 1' })"),
    'migrations/c.ts': revision('c', 'b', "  op.execute({ sql: 'UPDATE users SET age = 2' })"),
  })
  const looked: string[] = []
  const find: Rule['find'] = ({ statement }) => {
    looked.push(statement.parsed.text)
    return []
  }
  const own = [{ ...rules[0], name: 'looks', examples: [], find } as Rule]
  const lintConfig = { own, accept: [{ rule: 'bulk-change', reason: 'few' }] }
  const config = { directory: its.directory, database: database.url, lint: lintConfig }
  await upgrade(config, { to: 'b' })
  expect(looked).toEqual([])
  await upgrade(config)
  expect(looked).toEqual(['UPDATE users SET age = 2'])
})

test('a file is read as psql would read it, and what is passed over is told', async () => {
  await using its = await folder({
    'schema.sql': `\uFEFF${schema}\nCOPY orgs (id) FROM STDIN;\n1\n\\.\n`,
    'one.sql':
      '\uFEFF\\connect other\nCOPY users (id) FROM STDIN;\n1\n\\.\nCREATE EXTENSION postgis;\nALTER TABLE users ADD COLUMN n integer;\n-- migrate:down\nDROP TABLE users;\n',
    'empty.sql': '',
  })
  const report = await lint(
    { directory: its.directory },
    { files: ['one.sql', 'empty.sql'], schema: 'schema.sql', transaction: 'one' },
  )
  expect(report.statements.map(({ line, text }) => `${line} ${text.trim()}`)).toEqual([
    '5 CREATE EXTENSION postgis',
    '6 ALTER TABLE users ADD COLUMN n integer',
  ])
  expect(report.assumed).toEqual([
    'one.sql: COPY … FROM STDIN is passed over: its rows are for psql.',
    'one.sql: \\connect is passed over: it is for psql.',
    'one.sql: the extension postgis is not in the embedded PostgreSQL: what needs it is known by its text alone. Name a server in "autogenerate.shadow" to try it there.',
    'one.sql: what comes after line 7 is the way back: it is not tried.',
  ])
})

test('what a transaction does is told as it stands at its end', async () => {
  await using its = await folder({
    'schema.sql': schema,
    'back.sql': 'BEGIN; SAVEPOINT a; ALTER TABLE users ADD COLUMN p text; ROLLBACK TO SAVEPOINT a; COMMIT;',
    'fails.sql':
      'BEGIN; ALTER TABLE users ADD COLUMN s text DEFAULT clock_timestamp()::text; SELECT 1/0; COMMIT;',
    'late.sql':
      'CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (p int REFERENCES p DEFERRABLE INITIALLY DEFERRED); INSERT INTO c VALUES (7);',
    'renamed.sql':
      'ALTER TABLE users RENAME COLUMN age TO years;\nALTER TABLE users ALTER COLUMN years SET DEFAULT 1;',
  })
  const config = { directory: its.directory }
  const look = (file: string) => lint(config, { files: [file], schema: 'schema.sql' })
  expect(found(await look('back.sql'))).toEqual([])
  expect(found(await look('fails.sql'))).toEqual([
    'fails.sql:1 add-column-rewrite',
    'fails.sql:1 always-fails',
  ])
  expect(found(await look('late.sql'))).toEqual(['late.sql:1 always-fails'])
  expect(found(await look('renamed.sql'))).toEqual(['renamed.sql:1 gone-name'])
})

test('what is small where it runs is no error', async () => {
  await using its = await folder({
    'migrations/a.ts': revision('a', null, `  op.execute({ sql: \`${schema}\` })`),
    'migrations/b.ts': revision('b', 'a', "  op.execute({ sql: 'UPDATE users SET age = 1' })"),
  })
  const database = await newest().open()
  const config = { directory: its.directory, database: database.url }
  await upgrade(config, { to: 'a' })
  await database.query('INSERT INTO users (id) SELECT n FROM generate_series(1, 40) n')
  await database.query('ANALYZE users')
  const [hazard] = (await lint(config)).statements.flatMap(({ hazards }) => hazards)
  expect(hazard).toMatchObject({ rule: 'bulk-change', level: 'advice' })
  expect(hazard?.evidence).toContain('users has about 40 rows in 8192 bytes here')
  expect((await upgrade(config)).applied.map(({ id }) => id)).toEqual(['b'])
})

test('what an older version lacks, and locks otherwise, is told for it', async () => {
  await using its = await folder()
  const events =
    'CREATE TABLE events (n integer) PARTITION BY LIST (n); CREATE TABLE one PARTITION OF events FOR VALUES IN (1)'
  const detach = async (major: number) => {
    const texts = [{ name: 'x.sql', text: 'ALTER TABLE events DETACH PARTITION one' }]
    const report = await lint({ directory: its.directory }, { texts, schema: () => events, major })
    return report.statements[0]?.locks.find(({ relation }) => relation === 'one')?.mode
  }
  expect([await detach(13), await detach(14)]).toEqual(['ShareUpdateExclusive', 'AccessExclusive'])
})

test('an embedded database is warned of what is dangerous', async () => {
  await using its = await folder({
    'migrations/a.ts': revision('a', null, `  op.execute({ sql: \`${schema}\` })`),
    'migrations/b.ts': revision('b', 'a', "  op.execute({ sql: 'CREATE INDEX ON users (email)' })"),
  })
  const config = { directory: its.directory, database: `pglite:${its.directory}/own` }
  await upgrade(config, { to: 'a' })
  const warnings: string[] = []
  await upgrade(config, {
    onEvent: (event) => {
      if (event.type === 'revision-started') warnings.push(...event.warns)
    },
  })
  expect(warnings).toContainEqual(expect.stringContaining('(index-build)'))
})

const six = join(import.meta.dirname, '..', 'lint', 'six')

test('fault 1 to 6: what can be known of the six migrations before they run is told', async () => {
  const report = await lint(
    { directory: six },
    {
      files: ['m1.sql', 'm2.sql', 'm3.sql', 'm4.sql', 'm5.sql', 'm6.sql'],
      schema: 'before.sql',
      transaction: 'one',
    },
  )
  const told = new Set(
    report.statements.flatMap(({ file, hazards }) =>
      hazards.map(({ rule }) => `${file.slice(0, 2)} ${rule}`),
    ),
  )
  for (const fault of [
    // 1.1 and 1.2, 1.3, 1.4, 1.6, 1.8, 1.10
    ...[
      'm1 held-lock',
      'm1 foreign-key-scan',
      'm1 bulk-change',
      'm1 fails-on-rows',
      'm1 unindexed-foreign-key',
    ],
    'm1 no-lock-timeout',
    // 2.1 to 2.3 and 2.8, 2.4 and 2.5
    ...['m2 transaction-control', 'm2 invalid-index'],
    // 3.1 to 3.5, 3.9 and 3.11, 3.17
    ...['m3 transaction-control', 'm3 offset-paging', 'm3 redundant-index'],
    // 4.9
    'm4 enum-value-order',
    // 5.1, 5.2, 5.3, 5.4
    ...['m5 always-fails', 'm5 transaction-control', 'm5 partitions-end', 'm5 bound-time-zone'],
    // 6.5
    ...['m6 held-lock', 'm6 bulk-change'],
  ])
    expect(told).toContain(fault)
})

test('fault 4.1: the way back of the enum is seen to fail on the default', async () => {
  const files = ['m4.sql', 'm4-downgrade.sql']
  const report = await lint({ directory: six }, { files, schema: 'before.sql', transaction: 'one' })
  const [error] = report.statements.flatMap(({ file, error: one }) =>
    file === 'm4-downgrade.sql' && one !== null ? [one] : [],
  )
  expect(error).toMatchObject({ when: 'always', sqlState: '42804' })
})

test('what the preview of an operation cannot do is done as the operation does it', async () => {
  const parts =
    'CREATE TABLE events (id bigint, n integer) PARTITION BY LIST (n); CREATE TABLE one PARTITION OF events FOR VALUES IN (1);'
  await using its = await folder({
    'migrations/a.ts': revision('a', null, `  op.execute({ sql: \`${parts}\` })`),
    'migrations/b.ts': revision(
      'b',
      'a',
      "  op.createIndex({ table: 'events', columns: ['id'], name: 'events_id', concurrently: true })",
    ),
  })
  const report = await lint({ directory: its.directory }, { revisions: { selectors: ['b'] } })
  expect(report.statements.map(({ error }) => error)).toEqual([null])
  expect(found(report)).toEqual([])
})

test('an embedded database gets what is of a whole server: roles, tablespaces, other databases', async () => {
  await using its = await folder({
    'schema.sql': schema,
    'one.sql':
      'GRANT SELECT ON users TO reader; GRANT CONNECT ON DATABASE shop TO reader;\nALTER TABLE users SET TABLESPACE fast;',
  })
  const report = await lint({ directory: its.directory }, { files: ['one.sql'], schema: 'schema.sql' })
  expect(found(report)).toEqual(['one.sql:2 storage-rewrite'])
  expect(report.statements[2]?.rewrites).toEqual(['users'])
})

test('what was run before is judged anew, and not run again', async () => {
  await using its = await folder({
    'schema.sql': schema,
    'one.sql': 'ALTER TABLE users ADD COLUMN adult boolean;\nUPDATE users SET adult = age > 17;',
  })
  const config = { directory: its.directory }
  const options = { files: ['one.sql'], schema: 'schema.sql' } as const
  const first = await lint(config, { ...options, fresh: true })
  expect(await lint(config, options)).toEqual(first)
  const started: unknown[] = []
  process.on('worker', (worker) => started.push(worker))
  onTestFinished(() => void process.removeAllListeners('worker'))
  expect(await lint(config, { ...options, fresh: true })).toEqual(first)
  expect(started).not.toEqual([])
  started.length = 0
  expect(await lint(config, options)).toEqual(first)
  expect(started).toEqual([])

  await its.write({
    'one.sql':
      '-- limbeck: accept bulk-change forty rows\n\nALTER TABLE users ADD COLUMN adult boolean;\nUPDATE users SET adult = age > 17;',
  })
  expect(found(await lint(config, options))).toEqual(['one.sql:4 held-lock', 'one.sql:4 bulk-change'])
  const off = { ...config, lint: { rules: { 'held-lock': 'off', 'bulk-change': 'off' } } } as const
  expect(found(await lint(off, options))).toEqual([])
})

test('the database that files are for is asked for its schema, its version and its sizes', async () => {
  const database = await newest().open()
  await using its = await folder({
    'one.sql': "UPDATE users SET age = 1;\nUPDATE orgs SET name = 'a';",
  })
  for (const statement of [
    ...schema.split(';').filter((text) => text.trim() !== ''),
    'INSERT INTO users SELECT n FROM generate_series(1, 20000) AS n',
    'INSERT INTO orgs VALUES (1)',
    'ANALYZE',
  ])
    await database.query(statement)
  const config = { directory: its.directory, database: database.url }
  const report = await lint(config, { files: ['one.sql'], asksDatabase: true })
  expect(report.assumed).toEqual([])
  expect(
    report.statements.map(({ hazards }) => hazards.map(({ rule, level }) => `${rule} ${level}`)),
  ).toEqual([['bulk-change error'], ['bulk-change advice']])
  expect(report.statements[0]?.hazards[0]?.evidence).toContainEqual(
    expect.stringMatching(/^users has about 20,000 rows in \d+ kB here$/),
  )
})

test("what is not compared is there too: another tool's table, and what the project leaves out", async () => {
  const database = await newest().open()
  await using its = await folder({
    'one.sql':
      'ALTER TABLE schema_migrations ENABLE ROW LEVEL SECURITY;\nALTER TABLE former ADD COLUMN n integer;',
  })
  await database.query('CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY)')
  await database.query('CREATE TABLE former (id bigint)')
  const config = {
    directory: its.directory,
    database: database.url,
    autogenerate: { exclude: ['public.former'] },
  }
  const report = await lint(config, { files: ['one.sql'], asksDatabase: true })
  expect(report.statements.map(({ error }) => error)).toEqual([null, null])
})

test("the application's own queries are tried before and after, and what breaks is named with its file", async () => {
  await using its = await folder({
    'schema.sql': schema,
    'queries/users.sql':
      '-- by email\nSELECT id, age FROM users WHERE email = $1;\n\nUPDATE users SET email = $2 WHERE id = $1;\nSELECT nothing FROM users;',
    'one.sql': 'ALTER TABLE orgs ADD COLUMN n integer;\nALTER TABLE users RENAME age TO years;',
  })
  const config = { directory: its.directory, lint: { queries: 'queries' } }
  const report = await lint(config, { files: ['one.sql'], schema: 'schema.sql' })
  const messages = report.statements.map(({ hazards }) =>
    hazards.filter(({ rule }) => rule === 'gone-name').map(({ level, message }) => `${level} ${message}`),
  )
  expect(messages).toEqual([
    [],
    [
      'warning What the application of before says of users fails: column "age" does not exist.',
      'error The application\'s query in queries/users.sql:2 fails: column "age" does not exist.',
    ],
  ])
})

test('what has a safe form that does the same is rewritten in its file, and nothing else', async () => {
  await using its = await folder({
    'migrations/a.ts': revision('a', null, `  op.execute({ sql: \`${schema}\` })`),
    'migrations/b.ts': revision(
      'b',
      'a',
      `  // by email
  op.execute({ sql: 'CREATE INDEX users_email ON users (email)' })
  op.execute({ sql: 'ALTER TABLE users ALTER COLUMN email SET NOT NULL; SELECT 1' })
  op.execute({ sql: 'ALTER TABLE users RENAME age TO years' })
  op.execute({ sql: 'CREATE INDEX orgs_name ON orgs (name)' }, { accept: { 'index-build': 'few' } })
  for (const name of ['name', 'id']) op.execute({ sql: \`CREATE INDEX ON orgs (\${name})\` })`,
    ),
  })
  const before = await its.read('migrations/b.ts')
  const config = { directory: its.directory }
  const report = await lint(config, { revisions: { selectors: ['b'] }, fix: true })
  const recipe =
    "op.createIndex({ name: 'users_email', table: 'users', columns: ['email'], concurrently: true })"
  expect(report.fixed).toEqual([
    {
      file: join('migrations', 'b.ts'),
      line: 7,
      rules: ['index-build'],
      before: 'CREATE INDEX users_email ON users (email)',
      after: recipe,
    },
  ])
  expect(await its.read('migrations/b.ts')).toBe(
    before.replace("op.execute({ sql: 'CREATE INDEX users_email ON users (email)' })", recipe),
  )
})

test('a revision that is a file of SQL is rewritten in SQL, and what is left says why', async () => {
  const header = (id: string, down: string) =>
    `-- revision: ${id}\n-- down_revision: ${down}\n-- create_date: 2026-01-01T00:00:00Z\n\n-- upgrade\n`
  await using its = await folder({
    'migrations/a.sql': `${header('a', 'none')}${schema};`,
    'migrations/b.sql': `${header('b', 'a')}-- by email
CREATE INDEX users_email ON users (email); -- soon
ALTER TABLE users ADD CONSTRAINT "Adult" CHECK (age > 17);
/* both */ ALTER TABLE users ADD CONSTRAINT users_key UNIQUE (id, email);
ALTER TABLE users ALTER age SET NOT NULL;
ALTER TABLE users ALTER age TYPE bigint;

-- downgrade
DROP INDEX users_email;
`,
  })
  const config = { directory: its.directory }
  const report = await lint(config, { revisions: { selectors: ['b'] }, fix: true })
  expect(report.fixed.map(({ line, rules }) => `${line} ${rules}`)).toEqual([
    '7 index-build',
    '8 check-scan',
    '9 key-build',
    '10 not-null-scan',
  ])
  expect((await its.read('migrations/b.sql')).split('-- upgrade\n')[1]).toBe(`-- by email
CREATE INDEX CONCURRENTLY users_email ON users (email); -- soon
ALTER TABLE users ADD CONSTRAINT "Adult" CHECK (age > 17) NOT VALID;
ALTER TABLE users VALIDATE CONSTRAINT "Adult";
/* both */ CREATE UNIQUE INDEX CONCURRENTLY users_key ON users (id, email);
ALTER TABLE users ADD CONSTRAINT users_key UNIQUE USING INDEX users_key;
ALTER TABLE users ADD CONSTRAINT users_age_is_set CHECK (age IS NOT NULL) NOT VALID;
ALTER TABLE users VALIDATE CONSTRAINT users_age_is_set;
ALTER TABLE users ALTER age SET NOT NULL;
ALTER TABLE users DROP CONSTRAINT users_age_is_set;
ALTER TABLE users ALTER age TYPE bigint;

-- downgrade
DROP INDEX users_email;
`)
  expect(report.assumed).toEqual([
    `${join('migrations', 'b.sql')}:11: column-type-rewrite is not rewritten: no SQL in the same place does it otherwise. Write the recipe in a revision that is a .ts file.`,
  ])
})

test('an assertion that sample rows do not satisfy is no hazard, and what comes after it is looked at', async () => {
  await using its = await folder({
    'schema.sql': schema,
    'one.sql':
      "DO $$ BEGIN ASSERT (SELECT count(*) FROM users) = 1, 'one user'; END $$;\nALTER TABLE users ALTER age TYPE bigint;",
  })
  const report = await lint({ directory: its.directory }, { files: ['one.sql'], schema: 'schema.sql' })
  expect(found(report)).toEqual(['one.sql:2 column-type-rewrite'])
})

test('a file that is not there is told with those that are, and how a schema is got', async () => {
  await using its = await folder({ 'migrate.sql': 'SELECT 1', 'notes.md': '' })
  const config = { directory: its.directory }
  await expect(lint(config, { files: ['migrat.sql'] })).rejects.toMatchObject({
    code: 'SQL_FILE_MISSING',
    hint: 'Did you mean migrate.sql?',
  })
  await expect(lint(config, { files: ['migrate.sql'], schema: 'db/schema.sql' })).rejects.toMatchObject({
    code: 'SQL_FILE_MISSING',
    hint: expect.stringMatching(/^The folder .*db is not there either\. "pg_dump --schema-only DATABASE/),
  })
})
