import { deserialize, serialize } from 'node:v8'

/** All files of an embedded database. Paths begin with a slash; a directory comes before what is in it. */
export type Image = {
  readonly directories: readonly string[]
  readonly files: readonly (readonly [path: string, bytes: Uint8Array])[]
}

/** In one piece, as it is kept. */
export function packed(image: Image): Uint8Array<ArrayBuffer> {
  return new Uint8Array(serialize(image))
}

/** The files are views of the bytes. */
export function unpacked(bytes: Uint8Array): Image {
  return deserialize(bytes)
}
