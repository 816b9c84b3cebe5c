/** What a page shows after an answer is waited for as long as a machine that is busy with other things may need. Nobody waits longer for what is there. */
if (typeof document !== 'undefined') (await import('@testing-library/dom')).configure({ asyncUtilTimeout: 10_000 })
export {} // A module, which may wait.
