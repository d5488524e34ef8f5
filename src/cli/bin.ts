#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { setFlagsFromString } from 'node:v8'

// Node keeps compiled code, and stripped TypeScript too, between runs: a command starts in half the time.
enableCompileCache()
// The embedded PostgreSQL mostly runs for a second or two: V8 is to optimise only what really runs long, since that takes longer than it saves.
setFlagsFromString('--wasm-tiering-budget=200000000')
const { terminal } = await import('./terminal.ts')
const { main } = await import('./main.ts')
process.exitCode = await main(process.argv.slice(2), terminal())
