import { clauses } from '../sql/clauses.ts'
import { quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import { needsOf, type Operation, operation, type Procedure, statement, unknownBefore } from './operation.ts'
import {
  connectionLiteral,
  hiddenConnection,
  publicationNames,
  type SubscriptionOptions,
  subscriptionNeeds,
  subscriptionOptions,
} from './subscription-definition.ts'

export type SubscriptionDefinition = SubscriptionOptions & {
  /** How to reach the publisher. It may hold a password: no title, plan, error or ledger shows it. */
  readonly connection: string
  readonly publications: readonly string[]
  /** False: the publisher is not reached, nothing is copied, and the subscription is disabled at first. */
  readonly connect?: boolean
  /** Whether the slot is made at the publisher. */
  readonly createSlot?: boolean
  /** Whether the rows that the tables have are copied at the start. */
  readonly copyData?: boolean
  readonly enabled?: boolean
}

export type CreateSubscription = { readonly name: string } & SubscriptionDefinition

type Alterable = SubscriptionOptions & {
  readonly connection?: string
  readonly publications?: readonly string[]
  readonly enabled?: boolean
}

export type AlterSubscription = { readonly name: string } & Alterable & {
    /** Whether the publisher is asked for its tables: with other publications, or by itself. Left out, it is not. */
    readonly refresh?: boolean
    /** The same properties as they were. */
    readonly was?: Alterable
  }

export type DropSubscription = {
  readonly name: string
  /** `keep` leaves the slot at the publisher, which then has to be dropped there: it keeps the publisher's WAL. */
  readonly slot?: 'drop' | 'keep'
  /** What the subscription was, so that it can be made again. */
  readonly was?: SubscriptionDefinition
}

/**
 * Creates a subscription. Where a slot is made at the publisher, which refuses a transaction, it is a procedure; with
 * `connect: false` or `createSlot: false` it runs with its neighbours. Interrupted, it may leave the slot at the publisher.
 * https://www.postgresql.org/docs/current/sql-createsubscription.html
 */
export const createSubscription: Operation<'createSubscription', CreateSubscription> = operation(
  'createSubscription',
  {
    reachesOut: true,
    title: (fields) => `create subscription ${fields.name}`,
    steps(fields) {
      const text = createSql(fields, connectionLiteral(fields.connection))
      const shown = createSql(fields, hiddenConnection)
      if (!makesSlot(fields)) return [{ ...statement(text), shown }]
      return [lonely(fields.name, `create subscription ${fields.name}`, { text, shown, there: true })]
    },
    inverse: ({ name, ...was }) => [dropSubscription({ name, slot: makesSlot(was) ? 'drop' : 'keep', was })],
    needs: subscriptionNeeds,
    locks: () => [],
    examples: [
      {
        fields: {
          name: "Ada's",
          connection: "host=db.example.com dbname=app user=ada password='it\\'s secret'",
          publications: ['users', 'All of it'],
          connect: false,
          slotName: null,
          synchronousCommit: 'local',
        },
        notEmbedded: 'it has no client library to check the connection with',
      },
      {
        fields: {
          name: 'app',
          connection: 'postgres://ada@db.example.com/app',
          publications: ['users'],
          connect: false,
          enabled: false,
          createSlot: false,
          copyData: false,
          slotName: 'app_1',
          binary: true,
          streaming: 'parallel',
          twoPhase: true,
          disableOnError: true,
          passwordRequired: false,
          runAsOwner: true,
          origin: 'none',
          failover: true,
        },
        notEmbedded: 'it has no client library to check the connection with',
      },
    ],
  },
)

/**
 * Changes where a subscription reads, what, and how. What has to reach the publisher (`refresh`, `failover`, `twoPhase`) refuses a
 * transaction and makes it a procedure.
 * https://www.postgresql.org/docs/current/sql-altersubscription.html
 */
export const alterSubscription: Operation<'alterSubscription', AlterSubscription> = operation(
  'alterSubscription',
  {
    reachesOut: true,
    title: (fields) => `alter subscription ${fields.name}`,
    steps(fields) {
      const all = alterations(fields)
      if (!reachesPublisher(fields)) return all.map(({ text, shown }) => ({ ...statement(text), shown }))
      return [
        {
          run: 'procedure',
          title: `alter subscription ${fields.name}`,
          preview: all.map(({ shown }) => shown),
          *steps() {
            for (const { text } of all) yield { patiently: text }
          },
        },
      ]
    },
    inverse({ name, refresh, was = {}, ...now }) {
      const keys = Object.keys(now) as (keyof Alterable)[]
      if (keys.some((key) => was[key] === undefined)) {
        return unknownBefore(`the subscription ${name}`, 'alterSubscription')
      }
      return keys.length === 0
        ? []
        : [alterSubscription({ name, ...was, ...(refresh === undefined ? {} : { refresh }), was: now })]
    },
    needs: (fields) => [
      ...subscriptionNeeds(fields),
      ...needsOf([fields.twoPhase !== undefined, 'ALTER SUBSCRIPTION … SET (two_phase)', 18]),
    ],
    locks: () => [],
    examples: [
      {
        given: `CREATE SUBSCRIPTION "S" CONNECTION 'host=a password=x' PUBLICATION p WITH (connect = false, slot_name = 's')`,
        fields: {
          name: 'S',
          connection: 'host=b password=y',
          publications: ['q', 'R'],
          enabled: true,
          slotName: 't',
          synchronousCommit: 'on',
          was: {
            connection: 'host=a password=x',
            publications: ['p'],
            enabled: false,
            slotName: 's',
            synchronousCommit: 'off',
          },
        },
        notEmbedded: 'it has no client library to check the connection with',
      },
      {
        given: `CREATE SUBSCRIPTION s CONNECTION 'host=a' PUBLICATION p WITH (connect = false, streaming = off)`,
        fields: {
          name: 's',
          binary: true,
          streaming: true,
          disableOnError: true,
          passwordRequired: false,
          runAsOwner: true,
          origin: 'none',
          was: {
            binary: false,
            streaming: false,
            disableOnError: false,
            passwordRequired: true,
            runAsOwner: false,
            origin: 'any',
          },
        },
        notEmbedded: 'it has no client library to check the connection with',
      },
    ],
  },
)

/**
 * Drops a subscription, and its slot at the publisher, which refuses a transaction; with `slot: 'keep'` the publisher is
 * not reached.
 * https://www.postgresql.org/docs/current/sql-dropsubscription.html
 */
export const dropSubscription: Operation<'dropSubscription', DropSubscription> = operation(
  'dropSubscription',
  {
    reachesOut: true,
    title: (fields) => `drop subscription ${fields.name}`,
    steps({ name, slot }) {
      const text = `DROP SUBSCRIPTION ${quoteIdentifier(name)}`
      if (slot !== 'keep')
        return [lonely(name, `drop subscription ${name}`, { text, shown: text, there: false })]
      const alter = `ALTER SUBSCRIPTION ${quoteIdentifier(name)}`
      return [`${alter} DISABLE`, `${alter} SET (slot_name = NONE)`, text].map((one) => statement(one))
    },
    inverse({ name, was }) {
      if (was === undefined) return unknownBefore(`the subscription ${name}`, 'dropSubscription')
      return [createSubscription({ name, ...was })]
    },
    warns: ({ name, slot }) =>
      slot === 'keep'
        ? [`The slot of ${name} stays at the publisher and keeps its WAL until it is dropped there.`]
        : [],
    locks: () => [],
    examples: [
      {
        given: `CREATE SUBSCRIPTION "S" CONNECTION 'host=a' PUBLICATION p WITH (connect = false, slot_name = 's1')`,
        fields: {
          name: 'S',
          slot: 'keep',
          was: { connection: 'host=a', publications: ['p'], connect: false, slotName: 's1' },
        },
        notEmbedded: 'it has no client library to check the connection with',
      },
      {
        given: `CREATE SUBSCRIPTION s CONNECTION 'host=a' PUBLICATION p WITH (connect = false, slot_name = NONE)`,
        fields: {
          name: 's',
          was: { connection: 'host=a', publications: ['p'], connect: false, slotName: null },
        },
        notEmbedded: 'it has no client library to check the connection with',
      },
    ],
  },
)

function makesSlot({ connect, createSlot }: Pick<SubscriptionDefinition, 'connect' | 'createSlot'>): boolean {
  return connect !== false && createSlot !== false
}

function createSql(fields: CreateSubscription, connection: string): string {
  const { connect, createSlot, copyData, enabled } = fields
  const own = Object.entries({ connect, create_slot: createSlot, copy_data: copyData, enabled })
  const options = [
    ...own.flatMap(([name, value]) => (value === undefined ? [] : [`${name} = ${value}`])),
    ...subscriptionOptions(fields),
  ]
  return clauses(
    `CREATE SUBSCRIPTION ${quoteIdentifier(fields.name)} CONNECTION ${connection}`,
    `PUBLICATION ${publicationNames(fields.publications)}`,
    options.length > 0 && `WITH (${options.join(', ')})`,
  )
}

type Shown = { readonly text: string; readonly shown: string }

function alterations(fields: AlterSubscription): readonly Shown[] {
  const { connection, publications, enabled, refresh } = fields
  const alter = `ALTER SUBSCRIPTION ${quoteIdentifier(fields.name)}`
  const options = subscriptionOptions(fields)
  const plain = (text: string): Shown => ({ text: `${alter} ${text}`, shown: `${alter} ${text}` })
  return [
    // Some options can only be changed while it is disabled, and what is to run comes last.
    ...(enabled === false ? [plain('DISABLE')] : []),
    ...(connection === undefined
      ? []
      : [
          {
            text: `${alter} CONNECTION ${connectionLiteral(connection)}`,
            shown: `${alter} CONNECTION ${hiddenConnection}`,
          },
        ]),
    ...(options.length === 0 ? [] : [plain(`SET (${options.join(', ')})`)]),
    ...(publications === undefined
      ? []
      : [plain(`SET PUBLICATION ${publicationNames(publications)} WITH (refresh = ${refresh === true})`)]),
    ...(enabled === true ? [plain('ENABLE')] : []),
    ...(publications === undefined && refresh === true ? [plain('REFRESH PUBLICATION')] : []),
  ]
}

function reachesPublisher({ refresh, failover, twoPhase }: AlterSubscription): boolean {
  return refresh === true || failover !== undefined || twoPhase !== undefined
}

/** One statement that refuses a transaction; whether it was done is seen from whether the subscription is there. */
function lonely(
  name: string,
  title: string,
  { text, shown, there }: Shown & { readonly there: boolean },
): Procedure {
  const found = `SELECT 1 FROM pg_subscription WHERE subname = ${quoteLiteral(name)}
    AND subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())`
  return {
    run: 'procedure',
    title,
    preview: [shown],
    *steps(before) {
      if (before !== 'none' && (yield found).length > 0 === there) return
      yield { patiently: text }
    },
  }
}
