/**
 * Compiles src/ to dist/. The modules are joined into few files, since a command's start is mostly the finding and
 * reading of modules; what a command loads only when it needs it stays a file of its own. Types stay one file a module.
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { build, type Plugin } from 'rolldown'
import { imageName, loadPglite, newImage } from '../src/connection/pglite.ts'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')
rmSync(dist, { recursive: true, force: true })
execFileSync('tsc', ['-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })
await build({
  cwd: root,
  // Together, so that what a revision imports from limbeck is what the program runs.
  input: {
    index: 'src/index.ts',
    testing: 'src/testing.ts',
    'cli/bin': 'src/cli/bin.ts',
    'connection/embedded-worker': 'src/connection/embedded-worker.ts',
  },
  platform: 'node',
  external: ['pg', 'libpg-query', /^@electric-sql\//],
  plugins: [builtInModules()],
  treeshake: { propertyReadSideEffects: false },
  output: {
    dir: dist,
    chunkFileNames: '[name].js',
    codeSplitting: {
      groups: [{ name: 'start', test: /src.(commands.(upgrade|entry)|connection.server)\.ts$/ }],
    },
  },
  // completion lists the verbs, of which it is one: it loads them late to break the circle, not to save a file.
  checks: { ineffectiveDynamicImport: false },
})
chmodSync(join(dist, 'cli', 'bin.js'), 0o755)
await shipImage()

/** What initdb makes, beside the module that looks for it. The zeros of which most of it is take no room. */
async function shipImage(): Promise<void> {
  const image = await newImage(await loadPglite())
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 9,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: image.length,
  }
  writeFileSync(join(dist, `${imageName()}.br`), brotliCompressSync(image, { params }))
}

/**
 * Takes from a built-in module of Node only what is used. An import reads all that the module exports, and reading some
 * of it loads more of Node: `node:fs` and `node:util` together cost about 9 ms more so, on a slow machine.
 */
function builtInModules(): Plugin {
  const mark = '\0'
  return {
    name: 'built-in-modules',
    resolveId: (id) => (id.startsWith('node:') ? mark + id : null),
    async load(id) {
      if (!id.startsWith(`${mark}node:`)) return null
      const name = id.slice(mark.length)
      const names = Object.keys(process.getBuiltinModule(name) ?? {})
      return [
        `const builtIn = process.getBuiltinModule('${name}')`,
        'export default builtIn',
        ...names.map((each) => `export const ${each} = /* @__PURE__ */ builtIn.${each}`),
      ].join('\n')
    },
  }
}
