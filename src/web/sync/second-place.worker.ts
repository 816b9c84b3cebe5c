import { changeLog, valueOf, type Change } from './second-log.ts'

/** Takes down what was not sent, a second time. One page of this browser at a time, and only for as long as a change takes: one that is killed leaves it to the next. */
addEventListener('message', ({ data: { number, changes, file: name } }: MessageEvent<{ number: number; changes: readonly Change[]; file: string }>) => {
  const answered = navigator.locks.request(name, async () => {
    const file = await opened(await (known ??= named(name)))
    // What was only to be written down is not read back.
    try { return [...changeLog(file, changes)].map(([name, record]) => [name, changes.length === 0 ? valueOf(record) : undefined]) } finally { file.close() }
  })
  answered.then((stands) => postMessage({ number, stands }), () => { known = undefined; postMessage({ number }) })
})

let known: Promise<FileSystemFileHandle> | undefined
const named = async (name: string) => (await navigator.storage.getDirectory()).getFileHandle(name, { create: true })

/** Whoever had it before may have let go a moment ago, and the browser not yet have heard of it. */
async function opened(handle: FileSystemFileHandle, tries = 20): Promise<FileSystemSyncAccessHandle> {
  try {
    return await handle.createSyncAccessHandle()
  } catch (failure) {
    if (tries === 0) throw failure
    await new Promise((resolve) => { setTimeout(resolve, 10) })
    return opened(handle, tries - 1)
  }
}
