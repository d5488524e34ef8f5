#!/usr/bin/env node
import { enableCompileCache } from 'node:module'

// Node keeps compiled code, and stripped TypeScript too, between runs: a command starts in half the time.
enableCompileCache()
const { terminal } = await import('./terminal.ts')
const { main } = await import('./main.ts')
process.exitCode = await main(process.argv.slice(2), terminal())
