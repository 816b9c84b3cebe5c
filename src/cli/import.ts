import { readBundle, type BundleReading } from '../core/fhir/import/bundle.ts'
import { planOthers, planPatient, type Outcome, type PatientPlan } from '../core/fhir/import/plan.ts'
import type { ImportSetting } from '../core/fhir/import/reading.ts'
import { given, textOf } from './arguments.ts'
import type { ChartPort, NewChart } from './chart-port.ts'
import { WrongUse, withCharts, type Command, type ExitCode, type Surroundings } from './command.ts'
import { adultFromYears, codes, sha256 } from './library.ts'

export const importCommand: Command = {
  usage: 'kap import FILE-OR-FOLDER --source NAME [--plan] [--json]',
  says: 'Brings people in from a FHIR R4 file or a folder of them (- reads standard input). KAP_AS names the therapist whose patients they become, by e-mail. Each person is stored whole or not at all; importing again stores nothing twice.\n      --source  what the other system is called; always the same name for the same system\n      --plan    says what would happen, without touching a chart   --json  every resource and what becomes of it, one a line',
  async run(args, surroundings) {
    const options = given(args, { source: 'text', plan: 'flag', json: 'flag' })
    const [file, ...more] = options.positionals
    const source = textOf(options, 'source')?.trim()
    if (file === undefined || more.length > 0) throw new WrongUse('Name one file.')
    if (!source) throw new WrongUse('Name the system the file comes from with --source, so that its records are known again.')
    const text = await surroundings.readText(file)
    const json = options.values['json'] === true
    if (options.values['plan'] === true) return judge(text, nowhere, settingOf(nowhere, source, surroundings), { json, write: false }, surroundings)
    return withCharts(surroundings, (charts) => judge(text, charts, settingOf(charts, source, surroundings), { json, write: true }, surroundings))
  },
}

const settingOf = ({ practice, device }: Pick<ChartPort, 'practice' | 'device'>, source: string, { now }: Surroundings): ImportSetting => ({ practice, device, source, now: now(), adultFromYears, instruments: codes, sha256 })

/** A practice without charts: what a plan is made against when no database is asked. */
const nobody = '00000000-0000-4000-8000-000000000000'
const nowhere: Pick<ChartPort, 'practice' | 'device' | 'findPatients' | 'readStream' | 'writeImport'> = {
  practice: nobody, device: nobody, findPatients: () => Promise.resolve([]), readStream: () => Promise.resolve(undefined), writeImport: () => Promise.resolve(),
}

interface How { readonly json: boolean; readonly write: boolean }

async function judge(text: string, charts: typeof nowhere, setting: ImportSetting, how: How, surroundings: Surroundings): Promise<ExitCode> {
  const read = readBundle(text, setting)
  if (!read.ok) {
    surroundings.err(read.refusal.says)
    return 1
  }
  let refused = read.value.blockedBy.length > 0
  for (const patient of read.value.patients) {
    const written = (await charts.readStream(patient.chart)) ?? []
    const plan = planPatient(patient, read.value, written, await charts.findPatients(patient.identity), setting)
    const stored = plan.verdict !== 'store' || !how.write ? undefined : await store(plan, charts)
    refused ||= plan.verdict === 'refused' || stored !== undefined
    tell(plan, { ...how, ...(stored && { failed: stored }) }, surroundings)
  }
  tellOthers(read.value, how, surroundings)
  return refused ? 1 : 0
}

/** Stores one person's plan; answers why not, when the charts did not take it. The others go on. */
async function store(plan: PatientPlan, charts: typeof nowhere): Promise<string | undefined> {
  try {
    await charts.writeImport(newChart(plan), plan.entries)
    return undefined
  } catch (failure) {
    return failure instanceof Error ? failure.message : String(failure)
  }
}

function newChart(plan: PatientPlan): NewChart {
  const body = plan.entries.find((entry) => entry.kind === 'demographics.v1')?.body
  return { chart: plan.chart, identity: plan.identity, ...(body && { givenName: body.givenName, familyName: body.familyName, ...(body.deceasedOn && { deceasedOn: body.deceasedOn }) }) }
}

function tell(plan: PatientPlan, how: How & { failed?: string }, { out, err }: Surroundings) {
  if (how.json) return plan.outcomes.forEach((outcome) => out(JSON.stringify({ person: plan.resource, chart: plan.chart, ...outcome })))
  const name = plan.identity.names[0]
  const who = `${plan.resource}${name ? `, ${name.given} ${name.family}` : ''}`
  const marks = plan.flags.map((flag) => (flag === 'child' ? `under ${adultFromYears}` : flag))
  const aside = marks.length > 0 ? ` (${marks.join(', ')})` : ''
  if (plan.verdict === 'refused') {
    err(`${who}${aside}: nothing was stored.`)
    plan.refusals.forEach((reason) => err(`  ${reason}`))
    err('  Correct this at its source, export again and import the file once more.')
  } else if (how.failed !== undefined) {
    err(`${who}${aside}: nothing was stored. ${how.failed} Import the file again; what is stored already is not stored twice.`)
  } else out(`${who}${aside}: ${count(plan.outcomes, how.write)}${plan.verdict === 'store' && !how.write ? '; nothing was stored, since only the plan was asked for' : ''}. Chart ${plan.chart}.`)
  if (plan.possibleDuplicateOf.length > 0) out(`  May be the same person as ${plan.possibleDuplicateOf.join(', ')}: the same number, or the same name and birth date. Both are kept; somebody has to look.`)
  plan.outcomes.forEach((outcome) => { if (outcome.becomes === 'skipped') out(`  left out ${outcome.resource}: ${outcome.reason}`) })
}

function tellOthers(whole: BundleReading, how: How, { out, err }: Surroundings) {
  const others = planOthers(whole)
  if (how.json) others.forEach((outcome) => out(JSON.stringify(outcome)))
  else others.forEach((outcome) => (outcome.becomes === 'broken' ? err : out)(`${outcome.resource}: ${'reason' in outcome ? outcome.reason : outcome.becomes}`))
}

function count(outcomes: readonly Outcome[], wrote: boolean): string {
  const of = (becomes: Outcome['becomes']) => outcomes.filter((outcome) => outcome.becomes === becomes).length
  const parts = [[of('entries'), wrote ? 'brought in' : 'to bring in'], [of('unchanged'), 'here already'], [of('skipped'), 'left out']] as const
  return parts.filter(([number]) => number > 0).map(([number, words]) => `${number} ${words}`).join(', ')
}
