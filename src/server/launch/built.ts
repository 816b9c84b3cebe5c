import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Shell, Site } from '../http/shell.ts'

/** Beside the bundled server lie the browser programs and the public site. From sources they are not there. */
export async function builtPages(): Promise<Pick<Shell, 'webDir' | 'site'>> {
  const built = path.dirname(import.meta.dirname)
  const webDir = path.join(built, 'web')
  const manifest = path.join(webDir, '.vite/manifest.json')
  if (!existsSync(manifest)) return {}
  const site = await builtSite(path.join(built, 'site/render.mjs'), manifest)
  return { webDir, ...(site && { site }) }
}

/** The public site is a program of its own that the server loads as it was built; only the name of its stylesheet is added. */
async function builtSite(file: string, manifest: string): Promise<Site | undefined> {
  if (!existsSync(file)) return undefined
  const site = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Site
  const style = (JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, { file: string }>)['site/site.css']
  return { ...site, renderSite: (request) => site.renderSite({ ...request, ...(style && { stylesheet: `/${style.file}` }) }) }
}
