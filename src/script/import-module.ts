import { registerHooks } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/**
 * Imports a file of the user's as an ES module, and what it imports from its own folder and below too, whatever
 * `"type"` the nearest package.json says: a revision has one form, in a CommonJS project as well. Node keeps a module
 * for good; `edition` tells an edited file from the one that was imported before.
 */
export async function importModule(
  file: string,
  edition = '',
): Promise<{ readonly [name: string]: unknown }> {
  const folder = dirname(file)
  const hooks = registerHooks({
    load(url, context, nextLoad) {
      return nextLoad(url, isOwn(url, folder) ? { ...context, format: formatOf(url) } : context)
    },
  })
  try {
    return await import(pathToFileURL(file).href + (edition === '' ? '' : `?${edition}`))
  } finally {
    hooks.deregister()
  }
}

function isOwn(url: string, folder: string): boolean {
  if (!url.startsWith('file:') || !/\.(ts|js)(\?|$)/.test(url)) return false
  const path = fileURLToPath(url)
  return path.startsWith(folder) && !path.includes('node_modules')
}

function formatOf(url: string): 'module-typescript' | 'module' {
  return /\.ts(\?|$)/.test(url) ? 'module-typescript' : 'module'
}
