/** All files of an embedded database. Paths begin with a slash; a directory comes before what is in it. */
export type Image = {
  readonly directories: readonly string[]
  readonly files: readonly (readonly [path: string, bytes: Uint8Array])[]
}

/** What the bytes are, before all of them. */
type Contents = {
  readonly directories: readonly string[]
  /** `as`: the place of one before it that has the same bytes, which are there once. */
  readonly files: readonly (readonly [path: string, length: number, as?: number])[]
}

/** Of the length of the contents, as its first bytes say it. */
const lengthBytes = 4

/** In one piece, as it is kept: the length of the contents, the contents, and the bytes of one file behind those of the other. */
export function packed({ directories, files }: Image): Uint8Array<ArrayBuffer> {
  const same = likeEarlier(files)
  const contents: Contents = {
    directories,
    files: files.map(([path, bytes], at) => {
      const as = same.get(at)
      return as === undefined ? [path, bytes.length] : [path, bytes.length, as]
    }),
  }
  const head = new TextEncoder().encode(JSON.stringify(contents))
  const start = lengthBytes + head.length
  const own = files.filter((_, at) => !same.has(at))
  const whole = new Uint8Array(own.reduce((length, [, bytes]) => length + bytes.length, start))
  new DataView(whole.buffer).setUint32(0, head.length)
  whole.set(head, lengthBytes)
  let at = start
  for (const [, bytes] of own) {
    whole.set(bytes, at)
    at += bytes.length
  }
  return whole
}

/** By their places, of those whose bytes one before them has, its place: half of a new database are its templates. */
function likeEarlier(files: Image['files']): ReadonlyMap<number, number> {
  const byLength = Map.groupBy(files.keys(), (at) => files[at]?.[1].length)
  const same = new Map<number, number>()
  for (const places of byLength.values())
    for (const [n, place] of places.entries()) {
      const bytes = files[place]?.[1] ?? new Uint8Array()
      const earlier = places
        .slice(0, n)
        .find((one) => !same.has(one) && Buffer.compare(files[one]?.[1] ?? bytes, bytes) === 0)
      if (earlier !== undefined) same.set(place, earlier)
    }
  return same
}

/** The files are views of the bytes, and a copy where two have the same. */
export function unpacked(bytes: Uint8Array): Image {
  const start = lengthBytes + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
  const { directories, files }: Contents = JSON.parse(
    new TextDecoder().decode(bytes.subarray(lengthBytes, start)),
  )
  const found: (readonly [string, Uint8Array])[] = []
  let at = start
  for (const [path, length, as] of files) {
    const same = as === undefined ? undefined : found[as]?.[1]
    if (same !== undefined) found.push([path, new Uint8Array(same)])
    else {
      found.push([path, bytes.subarray(at, at + length)])
      at += length
    }
  }
  return { directories, files: found }
}
