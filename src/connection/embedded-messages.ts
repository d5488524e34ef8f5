import type { EmbeddedAddress } from './address.ts'

/** What the thread of an embedded database is started with. */
export type ThreadStart = { readonly address: EmbeddedAddress }

/** What is asked of it: to take a message of PostgreSQL's protocol, or to end. One at a time. */
export type Request =
  | { readonly id: number; readonly message: Uint8Array }
  | { readonly id: number; readonly end: true }

/** What the server has said to a message, or why it could not be asked. The first answer, of id 0, comes once it has started. */
export type Answer =
  | { readonly id: number; readonly said: readonly Said[] }
  | { readonly id: number; readonly failed: unknown }

/** A message of the server's. An error is no Error here, which would lose its fields on the way between threads. */
export type Said = { readonly name: string; readonly error?: object } & object
