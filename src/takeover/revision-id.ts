const forbidden = /[@\-+:,\s]+/g
const reserved = new Set(['head', 'heads', 'base', 'current'])

/** The id of the revision that another tool's migration of that name becomes: the name, without what selectors are written with. */
export function revisionIdOf(name: string): string {
  const id = name.replaceAll(forbidden, '_').replace(/^_+|_+$/g, '')
  return reserved.has(id) || id === '' ? `${id}_` : id
}
