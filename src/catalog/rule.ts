import { isDeepStrictEqual } from 'node:util'
import { inSchema } from '../operations/relation.ts'
import { alterRule, type CreateRule, createRule, replaceRule } from '../operations/rule.ts'
import { type EnabledLetter, enabledOf } from './enabled.ts'
import { keyOf, relationKey } from './key.ts'
import { objectKind } from './object-kind.ts'
import { cutAt, printedSql, printedStatements } from './printed.ts'
import { made } from './scope.ts'

type Found = {
  readonly schema: string
  readonly table: string
  readonly name: string
  readonly event: '2' | '3' | '4'
  readonly instead: boolean
  readonly conditional: boolean
  readonly enabled: EnabledLetter
  readonly definition: string
}

/** A rule, but for the one that makes a view of a view. */
export const rule = objectKind<CreateRule, Found>({
  kind: 'rule',
  traces: made('pg_rewrite', "rulename <> '_RETURN'"),
  query: ({
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_rewrite'::regclass::oid AS classid, r.oid AS objid, 0 AS objsubid,
      n.nspname AS schema, c.relname AS table, r.rulename AS name, r.ev_type::text AS event, r.is_instead AS instead,
      r.ev_qual::text <> '<>' AS conditional, r.ev_enabled::text AS enabled, pg_get_ruledef(r.oid) AS definition
    FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE r.ev_type <> '1' AND c.relpersistence <> 't' AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_class', 'c.oid')}
    ORDER BY n.nspname, c.relname, r.rulename`,
  read(row, { inSchema }) {
    const { schema, table, name, event, instead, enabled } = row
    const named = { ...inSchema(schema), table, name }
    return {
      key: keyOf('rule', schema, table, name),
      parent: relationKey(schema, table),
      reference: { rule: named },
      fields: {
        ...named,
        event: events[event],
        ...(instead ? { do: 'instead' } : {}),
        ...bodyOf(row),
        ...enabledOf(enabled),
      },
    }
  },
  create: (fields) => [createRule(fields)],
  change(before, after) {
    const [{ enabled: wasEnabled = true, ...old }, { enabled = true, ...now }] = [before, after]
    const { schema, table, name, ...was } = old
    const named = { ...inSchema({ schema }), table, name }
    return [
      // One that is replaced fires when it did.
      ...(isDeepStrictEqual(old, now) ? [] : [replaceRule({ ...now, was })]),
      ...(enabled === wasEnabled ? [] : [alterRule({ ...named, enabled, was: { enabled: wasEnabled } })]),
    ]
  },
})

const events = { '2': 'update', '3': 'insert', '4': 'delete' } as const

/** CREATE RULE … AS ON … TO … [WHERE condition] DO [INSTEAD] command; or, of several, DO ( command; command; ); */
function bodyOf({ definition, conditional, instead }: Found): Pick<CreateRule, 'where' | 'commands'> {
  const [head, body] = cutAt(definition, 'DO')
  const text = instead ? cutAt(body, 'INSTEAD')[1] : body
  const statements = printedStatements(text)
  const [first = ''] = statements
  const commands = statements.length > 1 ? [first.slice(1), ...statements.slice(1, -1)] : [first]
  return {
    ...(conditional ? { where: printedSql(cutAt(head, 'WHERE')[1]) } : {}),
    commands: first === 'NOTHING' ? [] : commands.map((command) => printedSql(command.trim())),
  }
}
