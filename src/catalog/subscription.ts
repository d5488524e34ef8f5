import {
  type AlterSubscription,
  alterSubscription,
  type CreateSubscription,
  createSubscription,
} from '../operations/subscription.ts'
import type { SubscriptionOptions } from '../operations/subscription-definition.ts'
import { changedFields } from './change.ts'
import { keyOf } from './key.ts'
import { objectKind } from './object-kind.ts'

type Visible = SubscriptionOptions & {
  readonly name: string
  readonly connection: string
  readonly publications: readonly string[]
  readonly enabled?: true
}

/** Of one that is not for the eyes of who asks no more is known than that it is there. */
type Subscription = Visible | { readonly name: string; readonly connection?: never }

type Found = {
  readonly name: string
  /** A row of pg_subscription as JSON, in UTF-8 and hexadecimal; nothing for who may not read all of it. */
  readonly row: string | null
  /** Whether this major streams where nothing is said. */
  readonly streams: boolean
}

/** What pg_subscription has of one: each major has some more. */
type Row = {
  readonly subconninfo: string
  readonly subpublications: readonly string[]
  readonly subenabled: boolean
  readonly subslotname: string | null
  readonly subsynccommit: NonNullable<SubscriptionOptions['synchronousCommit']>
  readonly subbinary?: boolean
  readonly substream?: boolean | 'f' | 't' | 'p'
  readonly subtwophasestate?: 'd' | 'p' | 'e'
  readonly subdisableonerr?: boolean
  readonly subpasswordrequired?: boolean
  readonly subrunasowner?: boolean
  readonly suborigin?: 'any' | 'none'
  readonly subfailover?: boolean
}

/**
 * The connection, which may hold a password, is for superusers. A query that names it is refused to all others, and with it all that is read:
 * so it is named in a query of its own, which is not run for them.
 */
export const subscription = objectKind<Subscription, Found>({
  kind: 'subscription',
  about: 'other servers',
  query: ({ major }) => `SELECT ${
    // Before 14 nobody but superusers may see its OID, and without it there is no comment on it.
    major < 14 ? '' : "'pg_subscription'::regclass::oid AS classid, s.oid AS objid, 0 AS objsubid,"
  } s.subname AS name, ${major >= 18} AS streams, CASE WHEN has_table_privilege('pg_subscription', 'SELECT') THEN
      substring(query_to_xml(format('SELECT encode(convert_to(to_jsonb(s)::text, ''UTF8''), ''hex'') AS found FROM pg_subscription s
        WHERE subdbid = %s AND subname = %L', s.subdbid, s.subname), false, false, '')::text FROM '<found>([0-9a-f]*)</found>') END AS row
    FROM pg_subscription s WHERE s.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database()) ORDER BY s.subname`,
  read: ({ name, row, streams }) => ({
    key: keyOf('subscription', name),
    reference: { subscription: name },
    fields: row === null ? { name } : definitionOf(name, rowOf(row), streams),
  }),
  create(fields) {
    if (fields.connection === undefined) return []
    const { enabled, ...definition } = fields
    return [
      // As pg_dump has it: the publisher is not reached, and its slot, where there is one, is taken as it is.
      createSubscription({ ...definition, connect: false } as CreateSubscription),
      ...(enabled === true
        ? [alterSubscription({ name: fields.name, enabled, was: { enabled: false } })]
        : []),
    ]
  },
  change(before, after) {
    if (before.connection === undefined || after.connection === undefined) return []
    const changed = changedFields(whole(before), whole(after))
    return [alterSubscription({ name: after.name, ...changed } as AlterSubscription)]
  },
})

function rowOf(hexadecimal: string): Row {
  return JSON.parse(Buffer.from(hexadecimal, 'hex').toString())
}

function definitionOf(name: string, row: Row, streams: boolean): Visible {
  return {
    name,
    connection: row.subconninfo,
    publications: row.subpublications,
    ...(row.subslotname === name ? {} : { slotName: row.subslotname }),
    ...(row.subsynccommit === 'off' ? {} : { synchronousCommit: row.subsynccommit }),
    ...(row.subbinary === true ? { binary: true } : {}),
    ...streamingOf(row, streams),
    ...(row.subtwophasestate === undefined || row.subtwophasestate === 'd' ? {} : { twoPhase: true }),
    ...(row.subdisableonerr === true ? { disableOnError: true } : {}),
    ...(row.subpasswordrequired === false ? { passwordRequired: false } : {}),
    ...(row.subrunasowner === true ? { runAsOwner: true } : {}),
    ...(row.suborigin === 'none' ? { origin: 'none' } : {}),
    ...(row.subfailover === true ? { failover: true } : {}),
    ...(row.subenabled ? { enabled: true } : {}),
  }
}

/** Where it streams by itself it is said in any case, so that what is not said is false everywhere. */
function streamingOf({ substream = false }: Row, streams: boolean): Pick<SubscriptionOptions, 'streaming'> {
  const streaming = substream === 'p' ? 'parallel' : substream === true || substream === 't'
  return streaming === false && !streams ? {} : { streaming }
}

/** Every property, said or not. */
function whole(subscription: Visible) {
  return {
    slotName: subscription.name,
    synchronousCommit: 'off',
    binary: false,
    streaming: false,
    twoPhase: false,
    disableOnError: false,
    passwordRequired: true,
    runAsOwner: false,
    origin: 'any',
    failover: false,
    enabled: false,
    ...subscription,
  }
}
