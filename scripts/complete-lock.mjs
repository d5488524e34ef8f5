// node complete-lock.mjs package-lock.json: adds the entries of platform packages that this machine's registry
// does not serve, so that `npm ci` finds the lock complete. They are never fetched on other platforms.
import { readFileSync, writeFileSync } from 'node:fs'

const file = process.argv[2]
const lock = JSON.parse(readFileSync(file, 'utf8'))
const all = lock.packages
const find = (from, name) => {
  for (let at = from; ; ) {
    const path = `${at ? `${at}/` : ''}node_modules/${name}`
    if (all[path]) return path
    if (!at) return undefined
    const cut = at.lastIndexOf('/node_modules/')
    at = cut < 0 ? '' : at.slice(0, cut)
  }
}
const platform = (name) => {
  const [os, cpu, libc] = name.split('/')[1].replace(/^cli-/, '').split('-')
  return { os: [os === 'windows' ? 'win32' : os], cpu: [cpu], ...(libc && { libc: [libc] }) }
}
for (const [path, entry] of Object.entries(all)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (range.replace(/^\^/, '') !== entry.version) continue
    const found = find(path, name)
    if (found && all[found].version === entry.version) continue
    const where = found ? `${path}/node_modules/${name}` : `node_modules/${name}`
    all[where] = {
      version: entry.version,
      ...platform(name),
      ...(entry.dev && { dev: true }),
      license: entry.license,
      optional: true,
    }
    console.log('added', where, entry.version)
  }
}
const sorted = Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1))
lock.packages = Object.fromEntries(sorted)
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
