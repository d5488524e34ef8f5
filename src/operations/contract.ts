import { endRenaming, keepRenaming, reopenRenaming } from './contract-renaming.ts'
import { endReplacing, keepReplacing, renamings, reopenReplacing } from './contract-replacing.ts'
import { createSync, dropSync } from './expand-sync.ts'
import { isExpanded, refuseApart, refuseUnexpanded } from './expanded.ts'
import { type Expansion, expansionOf, isApart, newNames, oldNames, titleOf } from './expansion.ts'
import { restoreNotNull } from './kept-not-null.ts'
import { dropColumnsSql } from './name-swap.ts'
import { type Operation, operation, type Procedure, statement } from './operation.ts'
import { inSchema, lockOn, tableName } from './relation.ts'

/** The columns as `expandColumn` was given them. */
export type ContractedColumn = Expansion & {
  /** The name that the new column takes from the old one, which was of the same name as the application still says. */
  readonly as?: string
}

export type ContractColumn = ContractedColumn & {
  /**
   * Keeps the old column, which no application uses any more, and feeds it from the new one: `reopenColumn` can go back
   * without losing a write, until `dropKeptColumn`.
   */
  readonly keep?: true
}

/**
 * The second half: looks whether in every row the old and the new columns agree, then takes the triggers and the old
 * columns away in one short transaction. Run it when no application uses the old ones any more. A column that got
 * another name is the old column itself from then on, with its keys, checks, policies, grants, and the views that use it;
 * one of the same value under another type gets primary key, foreign keys, default and sequence of the old one, and with
 * `as` its name, under which views, policies, triggers and functions are made again. Prepared statements of clients may fail once
 * ("cached plan must not change result type"). https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const contractColumn: Operation<'contractColumn', ContractColumn> = operation('contractColumn', {
  title: (fields) =>
    `contract column ${titleOf(fields)}${fields.keep === true ? ', keeping the old one' : ''}`,
  steps: (fields) => [contractProcedure(fields)],
  needsBackfills: (fields) => [
    { ...inSchema(fields), table: fields.table, columns: [...oldNames(fields), ...newNames(fields)] },
  ],
  inverse(fields) {
    const { keep, as } = fields
    if (keep === true) return [reopenColumn({ ...expansionOf(fields), ...(as === undefined ? {} : { as }) })]
    return {
      irreversible: `The old column is gone (${titleOf(fields)}); say "keep: true" to be able to go back.`,
    }
  },
  loses: (fields) => (fields.keep === true ? [] : lostValues(fields, oldNames(fields))),
  phase: () => 'contract',
  locks: (fields) => [lockOn(fields, 'AccessExclusive')],
  examples: [
    {
      given: `CREATE TABLE users (id bigint PRIMARY KEY, email text DEFAULT 'none', email_address text);
        ${given({ table: 'users', from: 'email', to: 'email_address' })}`,
      fields: { table: 'users', from: 'email', to: 'email_address' },
    },
    {
      given: `CREATE TABLE events (id serial PRIMARY KEY, happened timestamp DEFAULT now(), happened_new timestamptz);
        CREATE VIEW latest AS SELECT max(happened) FROM events;
        ${given({ table: 'events', from: 'happened', to: { name: 'happened_new', type: 'timestamptz' } })}`,
      fields: {
        table: 'events',
        from: 'happened',
        to: { name: 'happened_new', type: 'timestamptz' },
        as: 'happened',
        keep: true,
      },
      locks: [
        { table: 'events', mode: 'AccessExclusive' },
        { table: 'latest', mode: 'AccessExclusive' },
      ],
    },
  ],
})

/**
 * Takes a contract back that has kept the old column: names and triggers are again as they were after `expandColumn`, in
 * one short transaction, and the old application finds every write of the new one.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const reopenColumn: Operation<'reopenColumn', ContractedColumn> = operation('reopenColumn', {
  title: (fields) => `reopen column ${titleOf(fields)}`,
  steps: (fields) => [reopenProcedure(fields)],
  inverse: (fields) => [contractColumn({ ...fields, keep: true })],
  locks: (fields) => [lockOn(fields, 'AccessExclusive')],
  examples: [
    {
      given: `CREATE TABLE users (id bigint PRIMARY KEY, email text, email_address text);
        CREATE FUNCTION limbeck_sync_users_email_email_address() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
        CREATE TRIGGER zz_limbeck_sync_insert_users_email_email_address BEFORE INSERT OR UPDATE ON users
          FOR EACH ROW EXECUTE FUNCTION limbeck_sync_users_email_email_address()`,
      fields: { table: 'users', from: 'email', to: 'email_address' },
      leaves: 'The trigger that feeds the kept column is the one that Limbeck makes.',
    },
  ],
})

/**
 * Drops the column that a contract has kept, and the trigger that feeds it. Takes AccessExclusive for a moment.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const dropKeptColumn: Operation<'dropKeptColumn', ContractedColumn> = operation('dropKeptColumn', {
  title: (fields) => `drop kept column ${fields.table}.${keptNames(fields).join(', ')}`,
  steps: (fields) =>
    [...dropSync(fields), dropColumnsSql(fields, keptNames(fields))].map((sql) => statement(sql)),
  inverse: (fields) => ({
    irreversible: `The column ${fields.table}.${keptNames(fields).join(', ')} is gone; expandColumn makes one again.`,
  }),
  loses: (fields) => lostValues(fields, keptNames(fields)),
  phase: () => 'contract',
  locks: (fields) => [lockOn(fields, 'AccessExclusive')],
  examples: [
    {
      given: `CREATE TABLE users (id bigint PRIMARY KEY, email text, email_address text);
        ${given({ table: 'users', from: 'email', to: 'email_address' })}`,
      fields: { table: 'users', from: 'email', to: 'email_address' },
    },
  ],
})

/** What has the same value in the new column is not lost. */
function lostValues(expansion: Expansion, columns: readonly string[]): readonly string[] {
  return 'down' in expansion
    ? columns.map((name) => `every value of the column ${expansion.table}.${name}`)
    : []
}

function contractProcedure(fields: ContractColumn): Procedure {
  const expansion = expansionOf(fields)
  return {
    run: 'procedure',
    title: contractColumn.definition.title(fields),
    preview: [
      `-- refused while this gives a row: SELECT FROM ${tableName(fields)} WHERE ${isApart(fields)}`,
      ...dropSync(fields),
      `-- ${fields.keep === true ? 'the old columns are kept and fed' : 'the old columns go'}; what hangs on them comes along`,
    ],
    offline: { refused: 'what hangs on the old column is known to the database alone.' },
    *guard() {
      yield* refuseUnexpanded([expansion])
    },
    *steps() {
      if (!(yield* isExpanded(expansion))) return
      yield* refuseApart([expansion])
      const ending = { expansion, as: fields.as }
      const renaming = renamingOf(expansion)
      if (renaming !== null) yield* fields.keep === true ? keepRenaming(renaming) : endRenaming(renaming)
      else yield* fields.keep === true ? keepReplacing(ending) : endReplacing(ending)
    },
  }
}

function reopenProcedure(fields: ContractedColumn): Procedure {
  const expansion = expansionOf(fields)
  return {
    run: 'procedure',
    title: reopenColumn.definition.title(fields),
    preview: [...dropSync(fields), '-- the columns get their names back', ...createSync(fields)],
    offline: { refused: 'what hangs on the columns is known to the database alone.' },
    *steps() {
      if (!(yield* isExpanded(expansion))) {
        const renaming = renamingOf(expansion)
        yield* renaming === null ? reopenReplacing({ expansion, as: fields.as }) : reopenRenaming(renaming)
      }
      yield* restoreNotNull(expansion)
    },
  }
}

function renamingOf(expansion: Expansion) {
  const { from, to } = expansion
  return typeof to === 'string'
    ? { ...inSchema(expansion), table: expansion.table, from: String(from), to }
    : null
}

/** What the old columns are called while they are kept. */
function keptNames(fields: ContractedColumn): readonly string[] {
  const renamed = renamings(fields, fields.as)
  return oldNames(fields).map((name) => renamed[name] ?? name)
}

/** What `expandColumn` has made, as text. */
function given(expansion: Expansion): string {
  return createSync(expansion).join(';\n')
}
