/**
 * What is drawn without a browser has no server to ask. Where a test answers nothing, a call ends as it does without a
 * network; the page of the test would otherwise knock at a port of this machine and tell of every refusal.
 */
if (typeof window !== 'undefined') globalThis.fetch = async () => { throw new TypeError('There is no network in this test.') }
