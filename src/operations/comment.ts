import { quoteLiteral } from '../sql/literal.ts'
import { locksOnObject, type ObjectReference, objectSql, objectTitle } from './object-reference.ts'
import { type Operation, operation, statement, unknownBefore } from './operation.ts'

export type SetComment = {
  readonly on: ObjectReference
  /** The text; null takes the comment away. */
  readonly comment: string | null
  /** The comment as it was; null if there was none. */
  readonly was?: string | null
}

/**
 * Sets or takes away the comment on an object; one that was there before is replaced. Takes ShareUpdateExclusive for a
 * moment on the table or view, or on that of a column: reads and writes go on.
 * https://www.postgresql.org/docs/current/sql-comment.html
 */
export const setComment: Operation<'setComment', SetComment> = operation('setComment', {
  title: ({ on, comment }) => `${comment === null ? 'drop' : 'set'} comment on ${objectTitle(on)}`,
  steps: ({ on, comment }) => [
    statement(`COMMENT ON ${objectSql(on)} IS ${comment === null ? 'NULL' : quoteLiteral(comment)}`),
  ],
  inverse({ on, comment, was }) {
    if (was === undefined) return unknownBefore(`the comment on ${objectTitle(on)}`, 'setComment')
    return [setComment({ on, comment: was, was: comment })]
  },
  locks: ({ on }) => locksOnObject(on, { itself: 'ShareUpdateExclusive', itsTable: 'AccessShare' }),
  examples: [
    {
      given: 'CREATE TABLE users (id bigint, email text)',
      fields: { on: { table: 'users' }, comment: "who uses it; everyone's here", was: null },
    },
    {
      given: `CREATE SCHEMA app; CREATE TABLE app."Users" (id bigint, email text);
        COMMENT ON COLUMN app."Users".email IS 'unchecked'`,
      fields: {
        on: { column: { schema: 'app', table: 'Users', name: 'email' } },
        comment: 'checked',
        was: 'unchecked',
      },
    },
    {
      given: `CREATE TABLE users (id bigint CONSTRAINT users_id_check CHECK (id > 0));
        COMMENT ON CONSTRAINT users_id_check ON users IS 'for now'`,
      fields: {
        on: { constraint: { table: 'users', name: 'users_id_check' } },
        comment: null,
        was: 'for now',
      },
    },
    {
      given: 'CREATE FUNCTION half(n numeric) RETURNS numeric LANGUAGE sql AS $$SELECT n / 2$$',
      fields: { on: { function: 'half', arguments: [{ type: 'numeric' }] }, comment: 'rounds nothing' },
    },
  ],
})
