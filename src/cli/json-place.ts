import { findNodeAtLocation, parseTree, printParseErrorCode, type ParseError } from 'jsonc-parser'
import { ok, refuse, type Result } from '../core/shared/result.ts'

export interface PlacedFault {
  readonly line: number
  readonly key?: string
  readonly message: string
}

/** In which line of a JSON text a path stands, or the nearest thing around it where it is missing. */
export type LineOf = (path: readonly (string | number)[]) => number

/** The places of a text that is JSON and says nothing twice; or the first place where it is not. */
export function placesIn(json: string, empty: string): Result<LineOf, PlacedFault> {
  const errors: ParseError[] = []
  const tree = parseTree(json, errors, { disallowComments: true })
  const [broken] = errors
  if (broken || !tree) return refuse({ line: lineAt(json, broken?.offset ?? 0), message: broken ? `this is not JSON (${printParseErrorCode(broken.error)})` : empty })
  const twice = doubled(tree)
  if (twice) return refuse({ line: lineAt(json, twice.offset), key: twice.key, message: 'stands here twice' })
  return ok((path) => lineOf(json, tree, path))
}

type Tree = NonNullable<ReturnType<typeof parseTree>>
const lineAt = (json: string, offset: number) => json.slice(0, offset).split('\n').length

/** The line of a key, or of the nearest thing around it where it is missing. */
function lineOf(json: string, tree: Tree, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(tree, path.slice(0, length))
    if (node) return lineAt(json, (node.parent?.type === 'property' ? node.parent : node).offset)
  }
  return lineAt(json, tree.offset)
}

/** JSON.parse keeps the last of two equal keys without a word; here that would plan something else than was written. */
function doubled(node: Tree): { readonly key: string; readonly offset: number } | undefined {
  const names = new Set<string>()
  for (const child of node.children ?? []) {
    const name = child.type === 'property' ? String(child.children?.[0]?.value) : undefined
    if (name !== undefined && names.has(name)) return { key: name, offset: child.offset }
    if (name !== undefined) names.add(name)
    const inside = doubled(child)
    if (inside) return inside
  }
  return undefined
}
