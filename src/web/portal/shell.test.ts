import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { expect, test } from 'vitest'

/** What the first screen loads: everything reached from `main.tsx` without a dynamic import. */
function loadedFirst(read: (file: string) => string, file = 'src/web/portal/main.tsx', seen = new Set<string>()): { files: Set<string>; packages: Set<string> } {
  const packages = new Set<string>()
  const visit = (name: string) => {
    if (seen.has(name)) return
    seen.add(name)
    for (const [, types, path = ''] of read(name).matchAll(/^(?:import|export)\s+(type\s)?[^'"]*?from\s+'([^']+)'/gm)) {
      if (types) continue
      if (!path.startsWith('.')) packages.add(path)
      else if (/\.tsx?$/.test(path)) visit(posix.join(posix.dirname(name), path))
    }
  }
  visit(file)
  return { files: seen, packages }
}

const read = (file: string) => readFileSync(file, 'utf8')
const heavy = /web\/kit\/(index|aria)\.ts|core\/(chart\/kinds\.ts|chart\/kinds\/|contract\/|eligibility\/|outcomes\/)|knowledge\/(rulebook|instruments|consents|protocols|monitoring)/

test('a planted import is seen', () => {
  const planted = (file: string) => (file.endsWith('main.tsx') ? "import { z } from 'zod'\nimport { x } from './a.ts'" : "export { kinds } from '../../core/chart/kinds.ts'")
  const { files, packages } = loadedFirst((file) => (file.endsWith('kinds.ts') ? '' : planted(file)))
  expect([...packages]).toEqual(['zod'])
  expect([...files].filter((file) => heavy.test(file))).toHaveLength(1)
})

test('the first screen waits for React and the device’s own database, and for no other package', () => {
  const { files, packages } = loadedFirst(read)
  expect(files.size).toBeGreaterThan(25)
  expect([...packages].toSorted()).toEqual(['idb', 'react', 'react-dom/client'])
})

test('rows, schemas and the whole kit come later, with the screen that needs them', () => {
  expect([...loadedFirst(read).files].filter((file) => heavy.test(file))).toEqual([])
})
