/**
 * The operations of a project's own, for the type of `op`: each is declared beside its definition.
 * @example
 * declare module 'limbeck' {
 *   interface ProjectOperations {
 *     createTenant(fields: CreateTenant): PromiseLike<void>
 *   }
 * }
 */
// biome-ignore lint/suspicious/noEmptyInterface: projects add to it, which only an interface lets them do
export interface ProjectOperations {}
