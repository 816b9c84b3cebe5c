/** Numbers from 0 up to 1 that look like chance and are not: the same seed and name give the same one, on every machine. */
export type Seeded = (name: string) => number

export const seeded = (seed: number): Seeded => (name) => {
  let hash = 0x811c9dc5 ^ seed
  for (let place = 0; place < name.length; place += 1) hash = Math.imul(hash ^ name.charCodeAt(place), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}
