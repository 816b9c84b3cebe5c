let channel: BroadcastChannel | undefined
const others = (): BroadcastChannel => (channel ??= new BroadcastChannel('openkap handed over'))

/** This device is somebody else's from now on: every other page of the workstation in this browser leaves at once. */
export const leaveOtherPages = (): void => others().postMessage('handed over')

/** Takes what is shown off the page, and goes there; nothing is left to come back to. */
export function leaveFor(address: string): void {
  document.body.replaceChildren()
  location.replace(address)
}

/** A page that the browser kept for its back button, or in another tab, shows nothing once the device was handed over. */
export function leaveWhenHandedOver(): void {
  others().addEventListener('message', () => leaveFor('/sign-in'))
  addEventListener('pageshow', (event) => { if ((event as PageTransitionEvent).persisted) location.reload() })
}
