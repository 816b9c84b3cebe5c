/** Something that carries text messages. */
export interface TextCarrier {
  send(text: { readonly to: string; readonly text: string }): Promise<unknown>
}

const WAITS_MS = 15_000

/**
 * Text messages through whatever takes them by an HTTP POST (`TEXT_URL`, `TEXT_TOKEN`): one JSON object with `to` and
 * `text`, and the token as a bearer. Most gateways take this as it is, or with a line of their own settings.
 */
export function outgoingTexts(settings: { readonly url: string; readonly token: string } | undefined): TextCarrier | undefined {
  if (!settings) return undefined
  return {
    async send({ to, text }) {
      const answer = await fetch(settings.url, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${settings.token}` }, body: JSON.stringify({ to, text }), redirect: 'error', signal: AbortSignal.timeout(WAITS_MS) })
      if (!answer.ok) throw new Error(`the carrier of text messages answered ${answer.status}`)
    },
  }
}
