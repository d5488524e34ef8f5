import { callValue } from '../python/call.ts'
import { refuse } from '../python/evaluation.ts'
import { type Arguments, Dict, Foreign, Native, type Value } from '../python/value.ts'
import { columnNames } from '../sqlalchemy/column.ts'
import { type Convention, conventionOf, givenName } from '../sqlalchemy/name.ts'
import { optionalText, textOf } from '../sqlalchemy/term.ts'
import { sayBulkInsert } from './bulk-insert.ts'
import { sayAddColumn, sayAlterColumn, sayDropColumn } from './column.ts'
import { Connection } from './connection.ts'
import { check, exclude, foreignKey, primaryKey, unique } from './constraint.ts'
import { sayConstraint, sayDropConstraint } from './constraint-said.ts'
import { type Context, contextOf, schemaIn, type TableName } from './context.ts'
import { sayCreateEntity, sayDropEntity, sayReplaceEntity } from './entity-said.ts'
import { sayExecute } from './execute.ts'
import { sayDropIndex, sayIndex } from './index.ts'
import { MigrationContext } from './migration-context.ts'
import { saySyncedEnum } from './synced-enum.ts'
import { sayCreateTable, sayDropTable, sayRenameTable, sayTableComment } from './table.ts'

type Given = ReadonlyMap<string, Value>
type Directive = (given: Arguments, context: Context) => Value

/** Alembic's `op`. */
export class Op extends Foreign {
  readonly what = 'alembic.op'

  attribute(name: string): Value | undefined {
    const directive = Object.hasOwn(directives, name) ? directives[name] : undefined
    return directive === undefined
      ? undefined
      : new Native(name, (given, evaluation) => directive(given, contextOf(evaluation)))
  }
}

/** `with op.batch_alter_table('users') as batch_op`: the same directives, with their table known. */
export class Batch extends Foreign {
  readonly what = 'a batch'
  readonly #table: TableName
  readonly #convention: Convention

  constructor(table: TableName, convention: Convention) {
    super()
    this.#table = table
    this.#convention = convention
  }

  attribute(name: string): Value | undefined {
    const directive = Object.hasOwn(batchDirectives, name) ? batchDirectives[name] : undefined
    if (directive !== undefined)
      return new Native(name, (given, evaluation) => {
        const { conversion } = contextOf(evaluation)
        const own = { ...conversion, convention: this.#convention }
        return directive(given, this.#table, { conversion: own, evaluation })
      })
    return name === 'f' || name === 'get_bind' || name === 'execute' ? new Op().attribute(name) : undefined
  }

  override enter(): { readonly value: Value; leave(): void } {
    return { value: this, leave: () => {} }
  }
}

/** A parameter by its place or its name. */
function at({ positional, named }: Arguments, place: number, name: string): Value {
  return positional[place] ?? named.get(name) ?? null
}

function tableAt(given: Arguments, place: number, name: string): TableName {
  const schema = given.named.get('schema') ?? given.named.get('source_schema')
  return { ...schemaIn(schema), table: textOf(at(given, place, name) ?? undefined, 'the name of a table') }
}

/** The named arguments, and those that stand by place under their names. */
function all({ positional, named }: Arguments, names: readonly string[]): Given {
  return new Map([
    ...names.flatMap((name, n) => (positional[n] === undefined ? [] : [[name, positional[n]] as const])),
    ...named,
  ])
}

const directives: { readonly [name: string]: Directive } = {
  create_table: ({ positional, named }, context) =>
    sayCreateTable(positional.length === 0 ? [named.get('table_name') ?? null] : positional, named, context),
  drop_table: ({ positional, named }, context) => sayDropTable(positional, named, context),
  rename_table: ({ positional, named }, context) => sayRenameTable(positional, named, context),
  create_table_comment: (given, context) =>
    sayTableComment(
      tableAt(given, 0, 'table_name'),
      optionalText(at(given, 1, 'comment'), 'a comment') ?? null,
      given.named,
      context,
    ),
  drop_table_comment: (given, context) =>
    sayTableComment(tableAt(given, 0, 'table_name'), null, given.named, context),
  add_column: (given, context) =>
    sayAddColumn(tableAt(given, 0, 'table_name'), at(given, 1, 'column'), given.named, context),
  drop_column: (given, context) =>
    sayDropColumn(tableAt(given, 0, 'table_name'), at(given, 1, 'column_name'), given.named, context),
  alter_column: (given, context) =>
    sayAlterColumn(tableAt(given, 0, 'table_name'), at(given, 1, 'column_name'), given.named, context),
  create_index: (given, context) =>
    sayIndex(
      at(given, 0, 'index_name'),
      tableAt(given, 1, 'table_name'),
      at(given, 2, 'columns'),
      all(given, ['', '', '', 'schema', 'unique']),
      context,
    ),
  drop_index: (given, context) => {
    const table = at(given, 1, 'table_name')
    const schema = schemaIn(given.named.get('schema'))
    const name = at(given, 0, 'index_name')
    return sayDropIndex(
      name,
      { ...schema, table: typeof table === 'string' ? table : '' },
      given.named,
      context,
    )
  },
  create_primary_key: (given, context) => {
    const table = tableAt(given, 1, 'table_name')
    const named = new Map([...given.named, ['name', at(given, 0, 'constraint_name')] as const])
    return sayConstraint(
      primaryKey(columnNames(at(given, 2, 'columns')), named, table, context.conversion.convention),
      table,
      context,
    )
  },
  create_unique_constraint: (given, context) => {
    const table = tableAt(given, 1, 'table_name')
    const named = new Map([...given.named, ['name', at(given, 0, 'constraint_name')] as const])
    return sayConstraint(
      unique(columnNames(at(given, 2, 'columns')), named, table, context.conversion.convention),
      table,
      context,
    )
  },
  create_check_constraint: (given, context) => {
    const table = tableAt(given, 1, 'table_name')
    return sayCheck(at(given, 0, 'constraint_name'), table, at(given, 2, 'condition'), given.named, context)
  },
  create_foreign_key: (given, context) => {
    const table = tableAt(given, 1, 'source_table')
    return sayForeignKey(
      at(given, 0, 'constraint_name'),
      table,
      { ...given, positional: given.positional.slice(2) },
      context,
    )
  },
  create_exclude_constraint: ({ positional: [name = null, table, ...elements], named }, context) => {
    const of = { ...schemaIn(named.get('schema')), table: textOf(table, 'the name of a table') }
    return sayConstraint(exclude(elements, new Map([...named, ['name', name]]), of), of, context)
  },
  drop_constraint: (given, context) =>
    sayDropConstraint(
      tableAt(given, 1, 'table_name'),
      at(given, 0, 'constraint_name'),
      all(given, ['', '', 'type_']),
      context,
    ),
  bulk_insert: (given, context) => sayBulkInsert(at(given, 0, 'table'), at(given, 1, 'rows'), context),
  execute: (given, context) => sayExecute(at(given, 0, 'sqltext'), context),
  get_bind: () => new Connection(),
  get_context: () => new MigrationContext(),
  f: ({ positional: [name = null] }, { evaluation }) =>
    evaluation.library.term('alembic.op.f', [name], evaluation),
  inline_literal: ({ positional: [value = null] }, { evaluation }) =>
    evaluation.library.term('alembic.op.inline_literal', [value], evaluation),
  batch_alter_table: (given, context) => {
    if (given.named.has('table_args') || given.named.has('copy_from'))
      return refuse('batch_alter_table with table_args or copy_from')
    return new Batch(tableAt(given, 0, 'table_name'), conventionWith(given.named, context))
  },
  create_entity: (given, context) => sayCreateEntity(at(given, 0, 'target'), context),
  drop_entity: (given, context) => sayDropEntity(at(given, 0, 'target'), at(given, 1, 'cascade'), context),
  replace_entity: (given, context) => sayReplaceEntity(at(given, 0, 'target'), context),
  sync_enum_values: (given, context) =>
    saySyncedEnum(
      {
        schema: at(given, 0, 'enum_schema'),
        name: at(given, 1, 'enum_name'),
        values: at(given, 2, 'new_values'),
        renamed: at(given, 4, 'enum_values_to_rename'),
      },
      context,
    ),
  run_async: ({ positional: [callee = null, ...rest], named }, { evaluation }) =>
    callValue(callee, { positional: rest, named }, evaluation),
}

type BatchDirective = (given: Arguments, table: TableName, context: Context) => Value

const batchDirectives: { readonly [name: string]: BatchDirective } = {
  add_column: (given, table, context) => sayAddColumn(table, at(given, 0, 'column'), given.named, context),
  drop_column: (given, table, context) =>
    sayDropColumn(table, at(given, 0, 'column_name'), given.named, context),
  alter_column: (given, table, context) =>
    sayAlterColumn(table, at(given, 0, 'column_name'), given.named, context),
  create_index: (given, table, context) =>
    sayIndex(
      at(given, 0, 'index_name'),
      table,
      at(given, 1, 'columns'),
      all(given, ['', '', 'unique']),
      context,
    ),
  drop_index: (given, table, context) =>
    sayDropIndex(at(given, 0, 'index_name'), table, given.named, context),
  create_primary_key: (given, table, context) => {
    const named = new Map([...given.named, ['name', at(given, 0, 'constraint_name')] as const])
    return sayConstraint(
      primaryKey(columnNames(at(given, 1, 'columns')), named, table, context.conversion.convention),
      table,
      context,
    )
  },
  create_unique_constraint: (given, table, context) => {
    const named = new Map([...given.named, ['name', at(given, 0, 'constraint_name')] as const])
    return sayConstraint(
      unique(columnNames(at(given, 1, 'columns')), named, table, context.conversion.convention),
      table,
      context,
    )
  },
  create_check_constraint: (given, table, context) =>
    sayCheck(at(given, 0, 'constraint_name'), table, at(given, 1, 'condition'), given.named, context),
  create_foreign_key: (given, table, context) =>
    sayForeignKey(
      at(given, 0, 'constraint_name'),
      table,
      { ...given, positional: given.positional.slice(1) },
      context,
    ),
  create_exclude_constraint: ({ positional: [name = null, ...elements], named }, table, context) =>
    sayConstraint(exclude(elements, new Map([...named, ['name', name]]), table), table, context),
  drop_constraint: (given, table, context) =>
    sayDropConstraint(table, at(given, 0, 'constraint_name'), all(given, ['', 'type_']), context),
  create_table_comment: (given, table, context) =>
    sayTableComment(table, optionalText(at(given, 0, 'comment'), 'a comment') ?? null, given.named, context),
  drop_table_comment: (given, table, context) => sayTableComment(table, null, given.named, context),
}

/** `referent_table, local_cols, remote_cols` by place or by name. */
function sayForeignKey(name: Value, table: TableName, given: Arguments, context: Context): null {
  const referred = {
    ...schemaIn(given.named.get('referent_schema')),
    table: textOf(at(given, 0, 'referent_table') ?? undefined, 'the table that is referenced'),
    columns: columnNames(at(given, 2, 'remote_cols')),
  }
  const key = foreignKey(
    { name: givenName(name), referred, options: given.named },
    columnNames(at(given, 1, 'local_cols')),
    table,
    context.conversion.convention,
  )
  return sayConstraint(key, table, context, given.named.get('postgresql_not_valid') === true)
}

function sayCheck(name: Value, table: TableName, condition: Value, named: Given, context: Context): null {
  const constraint = check(
    condition,
    new Map([...named, ['name', name]]),
    table,
    context.conversion.convention,
  )
  return sayConstraint(constraint, table, context, named.get('postgresql_not_valid') === true)
}

/** A batch may have a convention of its own. */
function conventionWith(named: Given, { conversion }: Context): Convention {
  const convention = named.get('naming_convention')
  if (!(convention instanceof Dict)) return conversion.convention
  return new Map([...conversion.convention, ...conventionOf(convention)])
}
