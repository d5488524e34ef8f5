import { attributeOf } from '../python/attribute.ts'
import { callValue } from '../python/call.ts'
import { type Evaluation, refuse } from '../python/evaluation.ts'
import { dictOf, Foreign, Native, Residual, Tuple, type Value } from '../python/value.ts'
import { contextOf } from './context.ts'
import { askExecute } from './execute.ts'
import { hasTable } from './inspector.ts'

/** `op.get_bind()`, a session on it, or its engine: what runs statements. */
export class Connection extends Foreign {
  readonly what: string = 'a connection'
  attribute(name: string): Value | undefined {
    switch (name) {
      case 'execute':
      case 'exec_driver_sql':
        return new Native(name, ({ positional: [statement = null, ...more], named }, evaluation) =>
          askExecute(
            statement,
            more.length > 1 ? new Tuple(more) : (more[0] ?? named.get('parameters') ?? keywordsOf(named)),
            contextOf(evaluation),
          ),
        )
      case 'scalar':
      case 'scalars':
        return new Native(name, ({ positional: [statement = null, given] }, evaluation) => {
          const rows = askExecute(statement, given, contextOf(evaluation))
          return methodOf(rows, name, evaluation)
        })
      case 'url':
        return 'postgresql://'
      case 'name':
        return 'postgresql'
      case 'dialect':
        return new Dialect()
      case 'engine':
      case 'connection':
      case 'bind':
        return this
      case 'connect':
      case 'get_bind':
      case 'execution_options':
      case 'options':
        return new Native(name, () => this)
      // Limbeck's stages are its transactions.
      case 'commit':
      case 'begin':
      case 'begin_nested':
      case 'close':
        return new Native(name, () => (name.startsWith('begin') ? this : null))
      case 'in_transaction':
        return new Native(name, () => true)
      case 'run_callable':
        return new Native(name, ({ positional: [callee = null, ...rest], named }, evaluation) =>
          callValue(callee, { positional: [this, ...rest], named }, evaluation),
        )
      default:
        return undefined
    }
  }

  override enter(): { readonly value: Value; leave(): void } {
    return { value: this, leave: () => {} }
  }
}

/** What the statements run on: PostgreSQL. */
export class Dialect extends Foreign {
  readonly what = 'a dialect'
  attribute(name: string): Value | undefined {
    switch (name) {
      case 'url':
        return 'postgresql://'
      case 'name':
        return 'postgresql'
      case 'driver':
        return 'psycopg2'
      case 'default_schema_name':
        return 'public'
      case 'supports_native_enum':
      case 'supports_native_boolean':
        return true
      case 'has_table':
        return new Native(name, ({ positional: [, table = null, schema = null], named }, evaluation) =>
          hasTable(table, named.get('schema') ?? schema, contextOf(evaluation)),
        )
      case 'type_descriptor':
        return new Native(name, ({ positional: [type = null] }) => type)
      default:
        return undefined
    }
  }
}

function keywordsOf(named: ReadonlyMap<string, Value>): Value | undefined {
  return named.size === 0 ? undefined : dictOf(named)
}

function methodOf(rows: Value, name: string, evaluation: Evaluation): Value {
  if (!(rows instanceof Residual)) return refuse('what this gives is not known here')
  return callValue(attributeOf(rows, name, evaluation), { positional: [], named: new Map() }, evaluation)
}
