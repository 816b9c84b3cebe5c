import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Shell, Site } from '../http/shell.ts'
import { shippedText } from '../rulebook.ts'
import { watchRules } from '../rules-file.ts'

/** Written in by the build: the digest of the rules that it was made from. */
declare const __RULES_SHA256__: string | undefined

/** Beside the bundled server lie the browser programs and the public site. From sources they are not there. */
export async function builtPages(): Promise<Pick<Shell, 'webDir' | 'site'>> {
  const built = path.dirname(import.meta.dirname)
  const webDir = path.join(built, 'web')
  const manifest = path.join(webDir, '.vite/manifest.json')
  if (!existsSync(manifest)) return {}
  const site = await builtSite(path.join(built, 'site/render.mjs'), manifest)
  return { webDir, ...(site && { site }) }
}

/** How to see whether the rules that ship are still what was built. From sources there is no file of them, and nothing to compare. */
export const builtRules = (): (() => string | undefined) =>
  typeof __RULES_SHA256__ === 'undefined' ? () => undefined : watchRules({ file: path.join(import.meta.dirname, 'rulebook.json'), recorded: __RULES_SHA256__, loaded: shippedText })

/** The public site is a program of its own that the server loads as it was built; only the names of its stylesheet and of the one script are added. */
async function builtSite(file: string, manifest: string): Promise<Site | undefined> {
  if (!existsSync(file)) return undefined
  const site = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Site
  const files = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, { file: string }>
  const [style, script] = [files['site/site.css'], files['site/questions/answering.ts']]
  const styled = style && { stylesheet: `/${style.file}` }
  return { ...site, renderSite: (request) => site.renderSite({ ...request, ...styled }), renderAnswer: (page) => site.renderAnswer({ ...page, ...styled, ...(script && { script: `/${script.file}` }) }) }
}
