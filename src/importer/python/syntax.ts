import type { ExprNode, Module, StmtNode } from 'py-ast'
import { LimbeckError } from '../../error.ts'

export type Expression = ExprNode
export type Statement = StmtNode
/** One sort of expression or statement. */
export type Node<Type extends string> = Extract<ExprNode | StmtNode, { readonly nodeType: Type }>

/** A Python file, parsed. */
export type Source = {
  readonly file: string
  readonly lines: readonly string[]
  readonly body: readonly Statement[]
}

/** A Python file that is none. */
export class PythonSyntaxError extends LimbeckError {
  readonly code = 'PYTHON_SYNTAX'
  readonly file: string
  readonly line: number

  constructor(file: string, line: number, cause: Error) {
    super(`${file}:${line}: ${cause.message}`, {
      hint: 'Python refuses it too: mend the file, or take it out of the folder.',
      cause,
    })
    this.file = file
    this.line = line
  }
}

/** Parses a Python file, comments included. Loads the parser at the first call. */
export async function pythonParser(): Promise<(text: string, file: string) => Source> {
  const { parse } = await import('py-ast')
  return (text, file) => {
    const source = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
    try {
      const module: Module = parse(source, { filename: file, comments: true })
      return { file, lines: source.split('\n'), body: module.body }
    } catch (error) {
      if (!(error instanceof Error)) throw error
      throw new PythonSyntaxError(file, lineOf(error), error)
    }
  }
}

/** What may have a place in the text. */
type Placed = {
  readonly lineno?: number
  readonly col_offset?: number
  readonly end_lineno?: number
  readonly end_col_offset?: number
}

/** The Python of a node, as it stands in the file. Columns count bytes. */
export function sourceText({ lines }: Pick<Source, 'lines'>, node: Placed): string {
  const { lineno: first = 1, col_offset: from = 0, end_lineno: last = first, end_col_offset: to } = node
  const piece = lines.slice(first - 1, last).map((line) => Buffer.from(line))
  const end = piece.at(-1)
  if (end !== undefined && to !== undefined) piece[piece.length - 1] = end.subarray(0, to)
  if (piece[0] !== undefined) piece[0] = piece[0].subarray(from)
  return piece.map(String).join('\n')
}

function lineOf(error: Error): number {
  return 'lineno' in error && typeof error.lineno === 'number' ? error.lineno : 1
}
