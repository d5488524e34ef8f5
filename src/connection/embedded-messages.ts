import type { EmbeddedAddress } from './address.ts'

/** What the thread of an embedded database is started with. `cache`: where the template of new databases is; null where the database is there. */
export type ThreadStart = { readonly address: EmbeddedAddress; readonly cache: string | null }

/** What is asked of it, one after the other: to take a message of PostgreSQL's protocol, or to end. */
export type Asked = { readonly message: Uint8Array } | { readonly end: true }
export type Request = Asked & { readonly id: number }

/** What the server has said to a message, in its protocol, or why it could not be asked. The first answer, of id 0, comes once it has started. */
export type Answer =
  | { readonly id: number; readonly said: Uint8Array }
  | { readonly id: number; readonly failed: unknown }
