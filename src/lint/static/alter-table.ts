import type { Node, StatementTree } from '../../sql/statements.ts'
import { alterCommands, columnConstraints, tableName, typeName } from '../tree.ts'
import { type Effect, goneColumn, together } from './effect.ts'
import { isVolatile } from './volatile.ts'

/** What an ALTER TABLE does; on tables that nobody has seen. */
export function effectOfAlter(tree: StatementTree): Effect {
  const table = tableName(tree.node['relation'])
  const commands = alterCommands(tree)
  return together(commands.map((command) => effectOfCommand(table, command)))
}

/** Forms that take less than ACCESS EXCLUSIVE: https://www.postgresql.org/docs/current/sql-altertable.html */
const weaker: { readonly [subtype: string]: 'ShareUpdateExclusive' | 'ShareRowExclusive' } = {
  AT_SetStatistics: 'ShareUpdateExclusive',
  AT_SetOptions: 'ShareUpdateExclusive',
  AT_ResetOptions: 'ShareUpdateExclusive',
  AT_SetRelOptions: 'ShareUpdateExclusive',
  AT_ResetRelOptions: 'ShareUpdateExclusive',
  AT_ValidateConstraint: 'ShareUpdateExclusive',
  AT_ClusterOn: 'ShareUpdateExclusive',
  AT_DropCluster: 'ShareUpdateExclusive',
  AT_EnableTrig: 'ShareRowExclusive',
  AT_EnableTrigAll: 'ShareRowExclusive',
  AT_EnableTrigUser: 'ShareRowExclusive',
  AT_EnableAlwaysTrig: 'ShareRowExclusive',
  AT_EnableReplicaTrig: 'ShareRowExclusive',
  AT_DisableTrig: 'ShareRowExclusive',
  AT_DisableTrigAll: 'ShareRowExclusive',
  AT_DisableTrigUser: 'ShareRowExclusive',
}

function effectOfCommand(table: string, command: Node): Effect {
  const subtype = String(command['subtype'])
  const locks = [{ relation: table, mode: weaker[subtype] ?? 'AccessExclusive' } as const]
  const name = String(command['name'] ?? '')
  switch (subtype) {
    case 'AT_AddColumn':
      return { locks, ...addedColumn(table, command['def']?.ColumnDef ?? {}) }
    case 'AT_DropColumn':
      return {
        locks,
        changes: [{ is: 'column dropped', relation: table, column: name }],
        broken: [goneColumn(table, name)],
      }
    case 'AT_AddConstraint':
      return addedConstraint(table, command['def']?.Constraint ?? {})
    case 'AT_AlterColumnType':
      return { locks, ...(writesAnew(command['def']?.ColumnDef ?? {}) ? { rewrites: [table] } : {}) }
    case 'AT_SetNotNull':
    case 'AT_ValidateConstraint':
      return { locks, scans: [table] }
    case 'AT_SetTableSpace':
    case 'AT_SetLogged':
    case 'AT_SetUnLogged':
    case 'AT_SetAccessMethod':
    case 'AT_SetExpression':
      return { locks, rewrites: [table] }
    case 'AT_EnableRowSecurity':
      return { locks, changes: [{ is: 'secured', relation: table }] }
    case 'AT_AttachPartition': {
      const partition = tableName(command['def']?.PartitionCmd?.name)
      return {
        locks: [
          { relation: table, mode: 'ShareUpdateExclusive' },
          { relation: partition, mode: 'AccessExclusive' },
        ],
        scans: [partition],
      }
    }
    case 'AT_DetachPartition': {
      const { name: partition, concurrent: isConcurrent } = command['def']?.PartitionCmd ?? {}
      const mode = isConcurrent === true ? 'ShareUpdateExclusive' : 'AccessExclusive'
      return {
        locks: [
          { relation: table, mode },
          { relation: tableName(partition), mode: 'AccessExclusive' },
        ],
      }
    }
    default:
      return { locks }
  }
}

function addedColumn(table: string, column: Node): Effect {
  const constraints = columnConstraints(column)
  const has = (type: string) => constraints.some(({ contype }) => contype === type)
  const type = typeName(column['typeName'])
  const isSerial = /^(?:small|big)?serial[248]?$/.test(type)
  const preset = constraints.find(({ contype }) => contype === 'CONSTR_DEFAULT')
  const isStored = constraints.some(
    ({ contype, generated_kind: kind }) => contype === 'CONSTR_GENERATED' && kind === 's',
  )
  const isFilled = isSerial || preset !== undefined || has('CONSTR_IDENTITY') || has('CONSTR_GENERATED')
  const notNull = has('CONSTR_NOTNULL') || has('CONSTR_PRIMARY') || has('CONSTR_IDENTITY') || isSerial
  const name = String(column['colname'])
  const isRewrite =
    isSerial || isStored || has('CONSTR_IDENTITY') || isVolatile(preset?.['raw_expr'] as Node | undefined)
  const isKey = has('CONSTR_UNIQUE') || has('CONSTR_PRIMARY')
  const checks = has('CONSTR_CHECK') || has('CONSTR_FOREIGN')
  return {
    changes: [{ is: 'column added', relation: table, column: name, notNull, isFilled }],
    ...(isRewrite ? { rewrites: [table] } : {}),
    ...(isKey ? { indexesBuilt: [{ index: `${table}_${name}_key`, table }] } : {}),
    ...(checks ? { scans: [table] } : {}),
    ...(notNull && !isFilled
      ? {
          error: {
            sqlState: '23502',
            message: `column "${name}" of relation "${table}" contains null values`,
            hint: null,
            when: 'rows',
          },
        }
      : {}),
  }
}

function addedConstraint(table: string, constraint: Node): Effect {
  const isNotValid = constraint['skip_validation'] === true
  const name = String(constraint['conname'] ?? `${table}_key`)
  const scans = isNotValid ? [] : [table]
  switch (constraint['contype']) {
    case 'CONSTR_FOREIGN': {
      const other = tableName(constraint['pktable'])
      const mode = 'ShareRowExclusive'
      return { locks: [table, other].map((relation) => ({ relation, mode })), scans }
    }
    case 'CONSTR_UNIQUE':
    case 'CONSTR_PRIMARY':
    case 'CONSTR_EXCLUSION': {
      const indexesBuilt = constraint['indexname'] === undefined ? [{ index: name, table }] : []
      return { locks: [{ relation: table, mode: 'AccessExclusive' }], indexesBuilt }
    }
    default:
      return { locks: [{ relation: table, mode: 'AccessExclusive' }], scans }
  }
}

/** Types that no other type becomes without a new file. Of a text, a number with a precision and a time it hangs on what was there. */
function writesAnew({ typeName: type }: Node): boolean {
  const name = typeName(type)
  return [
    'int2',
    'int4',
    'int8',
    'float4',
    'float8',
    'uuid',
    'json',
    'jsonb',
    'bool',
    'date',
    'bytea',
  ].includes(name)
}
