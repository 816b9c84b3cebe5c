import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { browser, endAll } from '../../tools/browser.mjs'

/**
 * A browser spoken to by its own protocol alone. The test runner keeps each of its pages in the foreground, so that none
 * is ever hidden; here a window can be put away, and its page is slowed down as it would be on a tablet.
 */
export interface RawPage {
  goto(url: string): Promise<void>
  evaluate<T>(expression: string): Promise<T>
  /** Presses the button of that name, once it is there. */
  press(name: string): Promise<void>
  hide(): Promise<void>
  show(): Promise<void>
  /** As a person closes it: what it still has in hand is written down first. */
  quit(): Promise<void>
  /** As the power going: every process of it ends without a word, and its folder stays as it is. */
  kill(): Promise<void>
  /** Ends it and removes its folder. */
  close(): Promise<void>
}

interface Answer { readonly id?: number; readonly method?: string; readonly params?: { readonly name?: string; readonly payload?: string }; readonly result?: Record<string, unknown>; readonly error?: { readonly message: string } }

/** Where a browser keeps what it keeps. */
export const browserFolder = () => mkdtempSync(path.join(tmpdir(), `openkap-test-${process.pid}-browser-`))

/** `before` runs in each page before its own first script; what a page says by `tell(words)` is heard here. */
export async function rawPage(before: string, { folder = browserFolder(), heard = () => {} }: { folder?: string; heard?: (words: string) => void } = {}): Promise<RawPage> {
  const { executablePath, env } = browser()
  const program = spawn(executablePath, ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--window-size=1280,900', '--remote-debugging-pipe', `--user-data-dir=${folder}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], env: { ...process.env, ...env, TZ: 'America/Los_Angeles' }, detached: true,
  })
  const call = speak(program.stdio[3] as Writable, program.stdio[4] as Readable, heard)
  const { targetId } = await call<{ targetId: string }>('Target.createTarget', { url: 'about:blank' })
  const { sessionId } = await call<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true })
  const { windowId } = await call<{ windowId: number }>('Browser.getWindowForTarget', { targetId })
  const there = <T>(method: string, params: object = {}) => call<T>(method, params, sessionId)
  await there('Page.enable')
  // A machine without a language makes one up, which the chart's library does not understand.
  const { userAgent } = await call<{ userAgent: string }>('Browser.getVersion', {})
  await there('Emulation.setUserAgentOverride', { userAgent, acceptLanguage: 'en-US' })
  await there('Runtime.enable')
  await there('Runtime.addBinding', { name: 'tell' })
  await there('Page.addScriptToEvaluateOnNewDocument', { source: before })
  const evaluate = async <T>(expression: string): Promise<T> => {
    const { result, exceptionDetails } = await there<{ result: { value: T }; exceptionDetails?: { text: string; exception?: { description: string } } }>('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true, userGesture: true })
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  }
  const until = async (expression: string) => {
    for (let tries = 0; tries < 300; tries += 1) {
      if (await evaluate<boolean>(expression).catch(() => false)) return
      await wait(50)
    }
    throw new Error(`It did not become so: ${expression}\nThe page says: ${await evaluate<string>('document.body.innerText').catch(String)}`)
  }
  async function kill() {
    if (program.exitCode !== null || program.signalCode !== null) return
    const ended = new Promise((resolve) => { program.once('exit', resolve) })
    await endAll(program as { readonly pid: number }, folder)
    await ended
  }
  const window = (windowState: string) => call('Browser.setWindowBounds', { windowId, bounds: { windowState } })
  return {
    evaluate,
    async goto(url) {
      await there('Page.navigate', { url })
      await until(`location.href === ${JSON.stringify(url)} && document.readyState === 'complete'`)
    },
    async press(name) {
      const found = `[...document.querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? one.innerText).trim() === ${JSON.stringify(name)} && !one.disabled)`
      await until(`Boolean(${found})`)
      await evaluate(`${found}.click()`)
    },
    async hide() { await window('minimized'); await until(`document.visibilityState === 'hidden'`) },
    async show() { await window('normal'); await until(`document.visibilityState === 'visible'`) },
    async quit() {
      const ended = new Promise((resolve) => { program.once('exit', resolve) })
      void call('Browser.close', {}).catch(() => {})
      await ended
    },
    kill,
    async close() {
      await kill()
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
    },
  }
}

function speak(to: Writable, from: Readable, heard: (words: string) => void) {
  const waiting = new Map<number, (answer: Answer) => void>()
  let last = 0
  let rest = ''
  from.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\0')
    rest = parts.pop()!
    for (const part of parts) {
      const answer = JSON.parse(part) as Answer
      if (answer.id !== undefined) waiting.get(answer.id)?.(answer)
      else if (answer.method === 'Runtime.bindingCalled' && answer.params?.name === 'tell') heard(answer.params.payload ?? '')
    }
  })
  return <T>(method: string, params: object, sessionId?: string): Promise<T> => new Promise((resolve, reject) => {
    const id = (last += 1)
    waiting.set(id, ({ result, error }) => {
      waiting.delete(id)
      if (error) reject(new Error(`${method}: ${error.message}`))
      else resolve(result as T)
    })
    to.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`)
  })
}
