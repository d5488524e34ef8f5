import { Dict, Foreign, List, Native, type Value } from '../python/value.ts'
import { Connection, Dialect } from './connection.ts'
import { contextOf } from './context.ts'
import { sayExecute } from './execute.ts'

/** `op.get_context()`, and `alembic.context`. */
export class MigrationContext extends Foreign {
  readonly what = "Alembic's context"
  attribute(name: string): Value | undefined {
    switch (name) {
      // What refuses a transaction has a stage of its own.
      case 'autocommit_block':
      case 'begin_transaction':
        return new Native(name, () => new Entered())
      case 'bind':
      case 'connection':
        return new Connection()
      case 'get_bind':
        return new Native(name, () => new Connection())
      case 'get_context':
        return new Native(name, () => this)
      case 'dialect':
        return new Dialect()
      case 'config':
        return new Configuration()
      case 'impl':
        return this
      case 'as_sql':
        return false
      case 'is_offline_mode':
        return new Native(name, () => false)
      case 'execute':
        return new Native(name, ({ positional: [statement = null] }, evaluation) =>
          sayExecute(statement, contextOf(evaluation)),
        )
      // What was given with -x is not known here: nothing was.
      case 'get_x_argument':
        return new Native(name, ({ named }) =>
          named.get('as_dictionary') === true ? new Dict() : new List(),
        )
      default:
        return undefined
    }
  }
}

/** `context.config`: what stands in alembic.ini. */
class Configuration extends Foreign {
  readonly what = "Alembic's configuration"
  attribute(name: string): Value | undefined {
    if (name === 'attributes') return new Dict()
    if (name !== 'get_main_option') return undefined
    return new Native(name, ({ positional: [key = null, other = null] }, evaluation) => {
      return contextOf(evaluation).conversion.settings.get(String(key)) ?? other
    })
  }
}

class Entered extends Foreign {
  readonly what = 'a block'
  attribute(): undefined {
    return undefined
  }
  override enter(): { readonly value: Value; leave(): void } {
    return { value: null, leave: () => {} }
  }
}
