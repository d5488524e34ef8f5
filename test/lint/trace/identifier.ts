/** A name as `relationsNow` gives it, `archive.orders_2023`, for use in SQL. */
export function quotedName(name: string): string {
  return name
    .split('.')
    .map((part) => `"${part}"`)
    .join('.')
}
