import { generateSecret, generateSync, generateURI, verifySync } from 'otplib'
import QRCode from 'qrcode'

const PERIOD_S = 30

export const newCodeSecret = () => generateSecret()

export async function enrolment(practice: string, email: string, secret: string) {
  const totpUri = generateURI({ issuer: `OpenKAP ${practice}`, label: email, secret })
  return { totpUri, qr: await QRCode.toString(totpUri, { type: 'svg', margin: 1 }) }
}

/** The time step a code belongs to, if it is right now or half a minute to either side; by the server's real time. */
export function stepOf(secret: string, code: string): number | undefined {
  const epoch = Math.floor(Date.now() / 1000)
  for (const drift of [0, -1, 1]) {
    const at = epoch + drift * PERIOD_S
    if (verifySync({ secret, token: code, epoch: at, epochTolerance: 0 }).valid) return Math.floor(at / PERIOD_S)
  }
  return undefined
}

/** A code for a step that is not used up yet: the sample practice shows it, since its people have no telephones. */
export function codeAfter(secret: string, lastStep: number): string {
  const seconds = Math.floor(Date.now() / 1000)
  const now = Math.floor(seconds / PERIOD_S)
  // The step before this one still counts, but not for long enough near the end of this one.
  const earliest = seconds % PERIOD_S < PERIOD_S / 2 ? now - 1 : now
  const step = Math.min(Math.max(earliest, lastStep + 1), now + 1)
  return generateSync({ secret, epoch: step * PERIOD_S })
}
