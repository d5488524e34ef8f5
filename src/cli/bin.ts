#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { setFlagsFromString } from 'node:v8'

// Node keeps compiled code, and stripped TypeScript too, between runs: a command starts in half the time.
enableCompileCache()
// The embedded PostgreSQL mostly runs for a second or two. To optimise one function of it takes V8 longer, and 600 MB; without that, long work
// in it is slower by a fifth. A V8 that does not know the flag would say so on each run: those that do are known.
const [v8 = ''] = process.versions.v8.split('.')
if (Number(v8) <= 14) setFlagsFromString('--wasm-tier-up-filter=0')
const { terminal } = await import('./terminal.ts')
const { main } = await import('./main.ts')
process.exitCode = await main(process.argv.slice(2), terminal())
