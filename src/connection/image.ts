/** All files of an embedded database. Paths begin with a slash; a directory comes before what is in it. */
export type Image = {
  readonly directories: readonly string[]
  readonly files: readonly (readonly [path: string, bytes: Uint8Array])[]
}

/** What the bytes are, before all of them. */
type Contents = {
  readonly directories: readonly string[]
  readonly files: readonly (readonly [path: string, length: number])[]
}

/** Of the length of the contents, as its first bytes say it. */
const lengthBytes = 4

/** In one piece, as it is kept: the length of the contents, the contents, and the bytes of one file behind those of the other. */
export function packed({ directories, files }: Image): Uint8Array<ArrayBuffer> {
  const contents: Contents = { directories, files: files.map(([path, bytes]) => [path, bytes.length]) }
  const head = new TextEncoder().encode(JSON.stringify(contents))
  const start = lengthBytes + head.length
  const whole = new Uint8Array(files.reduce((length, [, bytes]) => length + bytes.length, start))
  new DataView(whole.buffer).setUint32(0, head.length)
  whole.set(head, lengthBytes)
  let at = start
  for (const [, bytes] of files) {
    whole.set(bytes, at)
    at += bytes.length
  }
  return whole
}

/** The files are views of the bytes. */
export function unpacked(bytes: Uint8Array): Image {
  const start = lengthBytes + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
  const { directories, files }: Contents = JSON.parse(
    new TextDecoder().decode(bytes.subarray(lengthBytes, start)),
  )
  let at = start
  return {
    directories,
    files: files.map(([path, length]) => {
      at += length
      return [path, bytes.subarray(at - length, at)]
    }),
  }
}
