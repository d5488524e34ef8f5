#!/usr/bin/env node

// Nothing is imported before the version is looked at: an older Node would end at the first name that it does not know.
const needed = [22, 18] as const
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
  process.stderr.write(`Limbeck needs Node ${needed.join('.')} or newer; this is ${process.versions.node}.\n`)
  process.exitCode = 1
} else {
  const { enableCompileCache } = process.getBuiltinModule('node:module')
  const { setFlagsFromString } = process.getBuiltinModule('node:v8')
  // Node keeps compiled code, and stripped TypeScript too, between runs: a command starts in half the time.
  enableCompileCache()
  // The embedded PostgreSQL mostly runs for a second or two. To optimise one function of it takes V8 longer, and 600 MB; without that, long work
  // in it is slower by a fifth. A V8 that does not know the flag would say so on each run: those that do are known.
  const [v8 = ''] = process.versions.v8.split('.')
  if (Number(v8) <= 14) setFlagsFromString('--wasm-tier-up-filter=0')
  const { terminal } = await import('./terminal.ts')
  const { main } = await import('./main.ts')
  process.exitCode = await main(process.argv.slice(2), terminal())
}

export {}
