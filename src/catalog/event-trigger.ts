import { isDeepStrictEqual } from 'node:util'
import {
  alterEventTrigger,
  type CreateEventTrigger,
  createEventTrigger,
} from '../operations/event-trigger.ts'
import { type EnabledLetter, enabledOf } from './enabled.ts'
import { keyOf } from './key.ts'
import { objectKind } from './object-kind.ts'
import { functionReferenceOf, type ObjectNameRow, objectNameRow } from './object-name.ts'
import { made } from './scope.ts'

type Found = {
  readonly name: string
  readonly event: CreateEventTrigger['event']
  readonly tags: readonly string[] | null
  readonly function: ObjectNameRow
  readonly enabled: EnabledLetter
}

/** It fires for what is made after it, and so it comes last. */
export const eventTrigger = objectKind<CreateEventTrigger, Found>({
  kind: 'event trigger',
  traces: made('pg_event_trigger'),
  query: ({
    ofNoExtension,
  }) => `SELECT 'pg_event_trigger'::regclass::oid AS classid, e.oid AS objid, 0 AS objsubid, e.evtname AS name, e.evtevent AS event,
      (SELECT array_agg(tag ORDER BY tag) FROM unnest(e.evttags) tag) AS tags, ${objectNameRow('function', 'e.evtfoid')} AS function,
      e.evtenabled::text AS enabled
    FROM pg_event_trigger e WHERE ${ofNoExtension('pg_event_trigger', 'e.oid')} ORDER BY e.evtname`,
  read: ({ name, event, tags, function: called, enabled }, { inSchema }) => ({
    key: keyOf('event trigger', name),
    reference: { eventTrigger: name },
    fields: {
      name,
      event,
      ...(tags === null ? {} : { tags }),
      execute: functionReferenceOf(called, inSchema),
      ...enabledOf(enabled),
      // PostgreSQL takes no tags for a login, which the union of types says and a spread does not.
    } as CreateEventTrigger,
  }),
  create: (fields) => [createEventTrigger(fields)],
  meddles: true,
  change(before, after) {
    const { enabled: was = true, ...old } = before
    const { enabled = true, ...now } = after
    return isDeepStrictEqual(old, now)
      ? [alterEventTrigger({ name: after.name, enabled, was: { enabled: was } })]
      : null
  },
})
