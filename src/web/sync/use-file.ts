import { useEffect, useState } from 'react'
import type { Entry } from '../../core/chart/entry.ts'
import { fileNamedBy, notArrived, type NamedFile } from '../../core/files/file-named.ts'
import { useDevice } from './chart-on-device.ts'
import { call, Offline, Refused } from './client.ts'
import { deviceFiles } from './files.ts'

/** A file that an entry names, as far as this device has it. */
export type FileState =
  | { readonly state: 'here'; readonly url: string }
  | { readonly state: 'looking' }
  /** The bytes are not here, with what is the case. */
  | { readonly state: 'missing'; readonly say: string }

const AGAIN_MS = 15_000
const TAKEN_BACK = ['photo.taken-back', 'journal.taken-back']

/**
 * The bytes of what an entry names: from this device, or else from the server, and then kept here for as long as somebody
 * looks. Asked again until they come. `copies: false`: nothing of it stays on this device, and every look is one the server
 * knows of. What does not have the digest it is named by is shown to nobody.
 */
export function useFile(chart: string, entry: Entry | undefined, connected: boolean, { copies = true }: { readonly copies?: boolean } = {}): FileState {
  const { me: { person: owner }, simulated, clock } = useDevice()
  const file = entry && fileNamedBy(entry)
  const [found, setFound] = useState<{ readonly id: string; readonly is: FileState }>()
  const id = entry?.id
  useEffect(() => {
    if (!file || id === undefined) return
    let here = true
    let url: string | undefined
    let again: ReturnType<typeof setTimeout> | undefined
    const place = { owner, chart, sha256: file.sha256 }
    const show = (bytes: Uint8Array<ArrayBuffer>) => { url = URL.createObjectURL(new Blob([bytes], { type: file.type })); if (here) setFound({ id: id!, is: { state: 'here', url } }); else URL.revokeObjectURL(url) }
    async function look(named: NamedFile) {
      const files = await deviceFiles()
      const kept = await files.bytes(place).catch(() => undefined)
      if (kept) { void files.touch(place, clock.deviceMs()).catch(() => {}); show(kept); return }
      try {
        if (simulated) throw new Offline()
        const bytes = new Uint8Array(await ((await call('file', { params: { chart, entry: id! } }, { timeoutMs: 60_000 })) as Blob).arrayBuffer())
        if (!(await isItself(bytes, named))) throw new Offline('another file came')
        if (copies) await files.put({ ...place, why: 'copy', atMs: clock.deviceMs() }, bytes).catch(() => {})
        show(bytes)
      } catch (failure) {
        if (!here) return
        setFound({ id: id!, is: { state: 'missing', say: failure instanceof Refused ? (failure.code === 'file.not-arrived' ? notArrived(named.type) : failure.say) : `${named.type === 'image/jpeg' ? 'The picture' : 'The sound'} is not on this device, and there is no connection to fetch it.` } })
        if (!(failure instanceof Refused && TAKEN_BACK.includes(failure.code))) again = setTimeout(() => void look(named), AGAIN_MS)
      }
    }
    void look(file)
    return () => { here = false; clearTimeout(again); if (url) URL.revokeObjectURL(url) }
  }, [chart, id, file?.sha256, owner, simulated, connected])
  return found && found.id === id ? found.is : { state: 'looking' }
}

/** Puts bytes on this device under their digest, durable before it answers, and says how an entry names them. */
export async function keepFile<Type extends NamedFile['type']>(owner: string, chart: string, bytes: Uint8Array<ArrayBuffer>, type: Type): Promise<{ sha256: string; bytes: number; type: Type }> {
  const sha256 = await sha256Of(bytes)
  await (await deviceFiles()).put({ owner, chart, sha256, why: 'to-send', atMs: Date.now() }, bytes)
  return { sha256, bytes: bytes.length, type }
}

/** A photo that was taken back lies on no device. */
export async function dropFile(owner: string, chart: string, sha256: string): Promise<void> {
  await (await deviceFiles()).drop({ owner, chart, sha256 }).catch(() => {})
}

export const sha256Of = async (bytes: Uint8Array<ArrayBuffer>) => [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
const isItself = async (bytes: Uint8Array<ArrayBuffer>, { sha256, bytes: length }: NamedFile) => bytes.length === length && (await sha256Of(bytes)) === sha256
