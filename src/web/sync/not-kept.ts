/** Why nothing can be kept on this device, and what helps: said wherever somebody writes on one that keeps nothing. Without a secure address a browser seals nothing, and nothing is kept in the open. */
export const notKept = (): { readonly why: string; readonly next: string } => (globalThis.isSecureContext === false
  ? { why: 'This page was not opened by its secure address (https), so nothing can be sealed and nothing is kept on this device.', next: 'Open the secure address.' }
  : { why: 'This browser lets nothing be kept on this device.', next: 'Leave its private mode, or use another browser.' })
