/** Functions that a file of revisions has below the others, where what was Python needs them. */
const functions: { readonly [name: string]: string } = {
  isTruthy: `/** Whether Python takes a value for true. */
function isTruthy(value: any): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Date) return Boolean(value)
  return Object.keys(value).length > 0
}
`,
  environment: `/** A variable of the environment, without which this cannot run. */
function environment(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(\`The environment has no \${name}.\`)
  return value
}
`,
  range: `/** The numbers of Python's range(). */
function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.max(0, Math.ceil((to - from) / step)) }, (_, n) => from + n * step)
}
`,
  pythonSum: `/** What Python's + makes of two lists, texts or numbers; the driver gives long numbers as texts. */
function pythonSum(a: any, b: any): any {
  if (Array.isArray(a) && Array.isArray(b)) return [...a, ...b]
  if (typeof a === 'number' || typeof b === 'number') return Number(a) + Number(b)
  if (typeof a === typeof b && ['string', 'bigint'].includes(typeof a)) return a + b
  throw new TypeError('Python adds lists, texts and numbers.')
}
`,
  pythonText: `/** What Python's str() makes of a value. */
function pythonText(value: any, within = false): string {
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'string') return within ? (value.includes("'") && !value.includes('"') ? \`"\${value}"\` : \`'\${value.replaceAll('\\\\', '\\\\\\\\').replaceAll("'", "\\\\'")}'\`) : value
  if (Array.isArray(value)) return \`[\${value.map((item) => pythonText(item, true)).join(', ')}]\`
  if (typeof value !== 'object' || value instanceof Date) return String(value)
  const members = Object.entries(value).map(([key, member]) => \`\${pythonText(key, true)}: \${pythonText(member, true)}\`)
  return \`{\${members.join(', ')}}\`
}
`,
}

/** The text of those functions that a code calls. */
export function runtimeCode(code: string): string {
  return Object.entries(functions)
    .filter(([name]) => new RegExp(`(?<![\\w$.])${name}\\(`).test(code))
    .map(([, code]) => code)
    .join('\n')
}
