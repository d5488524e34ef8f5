/** Functions that a file of revisions has below the others, where what was Python needs them. */
const functions: { readonly [name: string]: string } = {
  isTruthy: `/** Whether Python takes a value for true. */
function isTruthy(value: any): boolean {
  // The driver gives long numbers as texts, and of a text nobody knows here what it was.
  if (/^[-+]?0*\\.?0+$/.test(value)) throw new Error('Python takes the number 0 for false and the text "0" for true: say which it is.')
  if (typeof value !== 'object' || value === null || value instanceof Date) return Boolean(value)
  return Object.keys(value).length > 0
}
`,
  uniqueRows: `/** The objects of these rows, each once, as SQLAlchemy gives them. */
function uniqueRows(rows: readonly any[], key: readonly string[]): readonly any[] {
  const found = new Map(rows.toReversed().map((row) => [JSON.stringify(key.map((name) => row[name])), row]))
  return rows.filter((row) => found.get(JSON.stringify(key.map((name) => row[name]))) === row)
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
  pythonProduct: `/** What Python's * makes of two numbers, or of a text or list and a number; the driver gives long numbers as texts. */
function pythonProduct(a: any, b: any): any {
  const isNumber = (value: any) => typeof value === 'number' || (typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value)))
  if (isNumber(a) && isNumber(b)) return Number(a) * Number(b)
  const [of, times] = isNumber(b) ? [a, Number(b)] : [b, Number(a)]
  if (typeof of === 'string' && Number.isInteger(times)) return of.repeat(Math.max(0, times))
  if (Array.isArray(of) && Number.isInteger(times)) return Array.from({ length: times }, () => of).flat()
  throw new TypeError('Python multiplies numbers, and texts and lists by numbers.')
}
`,
  pythonRemainder: `/** What Python's % makes of two numbers: it has the sign of the divisor. */
function pythonRemainder(a: any, b: any): number {
  const remainder = ((Number(a) % Number(b)) + Number(b)) % Number(b)
  if (Number.isNaN(remainder)) throw new TypeError('Python has a remainder of numbers alone.')
  return remainder
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
