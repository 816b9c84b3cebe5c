// What lives through one run has to live through the next: the laws draw the same examples each time.
import fc from 'fast-check'

fc.configureGlobal({ seed: Number(process.env.PROOF_SEED ?? 1) })
