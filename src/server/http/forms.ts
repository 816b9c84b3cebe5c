import { createHash } from 'node:crypto'
import { instrumentOf, type Instrument } from '../../core/measures/instrument.ts'
import { copySchema, formState, withCopy } from '../../core/measures/own-copy.ts'
import { wordsOf } from '../../core/measures/words.ts'
import { canonical } from '../../core/shared/canonical.ts'
import { instruments } from '../../knowledge/instruments.ts'
import { formChoices, signForm, type SignedForm } from '../store/forms.ts'
import { Problem } from './problems.ts'
import type { Handlers, Here } from './shell.ts'
import { requireCode } from './sign-in.ts'

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')

export const formHandlers: Handlers<'formChoices' | 'signForm'> = {
  async formChoices(_, here) {
    return shown(here)
  },
  async signForm({ body }, here) {
    const instrument = instrumentOf(instruments, body.instrument)
    if (!instrument) throw new Problem('not-found')
    const signed = body.kind === 'copy' ? copyOf(instrument, body.copy) : body.kind === 'condition' ? conditionOf(instrument, body.clause) : { statement: body.why }
    if (body.kind === 'stopped' && !anythingStands(instrument, await formChoices(here))) throw refused('nothing-stands', `Nothing was signed about ${instrument.title} that could be ended.`)
    await requireCode(here, body.code)
    const taken = await signForm(here, { id: body.id, instrument: instrument.id, version: instrument.version, kind: body.kind, ...signed }, here.now)
    if (!taken) throw refused('id', 'Something else was signed under this number already.')
    return shown(here)
  },
}

async function shown(here: Here) {
  const patientOnly = here.actor.roles.every((role) => role === 'patient')
  return { choices: (await formChoices(here)).map((choice) => (patientOnly ? { ...choice, by: '' } : choice)) }
}

const refused = (code: string, says: string) => new Problem('form.refused', { list: [{ code, says }] })

function anythingStands(instrument: Instrument, choices: Parameters<typeof formState>[1]): boolean {
  const { accepted, copy } = formState(instrument, choices)
  return accepted !== undefined || copy !== undefined
}

/** A clause is accepted by its words: whoever had an older page before them accepted something else. */
function conditionOf(instrument: Instrument, clause: string): Pick<SignedForm, 'statement'> {
  const { condition } = instrument.licence
  if (condition === undefined) throw refused('no-condition', `${instrument.title} asks for no condition.`)
  if (condition !== clause) throw refused('clause', 'The condition reads otherwise now. Read it again.')
  return { statement: condition }
}

function copyOf(instrument: Instrument, given: unknown): Pick<SignedForm, 'statement' | 'copy'> {
  const read = withCopy(instrument, given)
  if (!read.ok) throw refused(read.refusal.key ?? 'file', `${read.refusal.key === undefined ? 'The file' : `“${read.refusal.key}”`}: ${read.refusal.message}.`)
  const copy = copySchema.parse(given)
  const words = canonical(copy)
  return { statement: copy.licence, copy: { words, wordsSha256: sha256(words), textSha256: sha256(wordsOf(read.value)) } }
}
