import type { NotConverted, SourceFile, SourcePart } from './format.ts'

/** A script that is one direction as a whole. */
export function wholeFile({ path, text }: SourceFile): SourcePart | NotConverted {
  return text === null ? { file: path, line: null, reason: 'it is no SQL.' } : { file: path, line: 1, text }
}

/** The same of a file that may not be there. */
export function wholeFileIfAny(file: SourceFile | undefined): SourcePart | NotConverted | null {
  return file === undefined ? null : wholeFile(file)
}
