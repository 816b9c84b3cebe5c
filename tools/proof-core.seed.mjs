// What lives through one run has to live through the next: the laws draw the same examples each time.
// Under a change the first example that fails is enough: nobody reads the smallest one.
import fc from 'fast-check'

fc.configureGlobal({ seed: Number(process.env.PROOF_SEED ?? 1), endOnFailure: process.env.STRYKER_MUTATOR_WORKER !== undefined })
