import { takenBackByNote } from '../../../../core/chart/corrections.ts'
import type { Entry, EntryDraft } from '../../../../core/chart/entry.ts'
import { mayCompare, type Transcription } from '../../../../core/session/transcribed.ts'
import { mg } from '../../../../core/shared/units.ts'
import { recoveryScores } from '../../../../knowledge/recovery-scores.ts'
import { Button, Notice, NumberField, RadioTiles, TextField } from '../../../kit/index.ts'
import { call, newId, sendAct } from '../../../sync/index.ts'
import { clockTime } from '../../times.ts'
import { kindNames } from '../ledger/kinds.ts'
import { sayEntry } from '../ledger/say-entry.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { SaveForm } from '../parts/SaveForm.tsx'

type Found = 'agrees' | 'corrected' | 'struck' | 'differs'
interface Said { readonly found: Found | null; readonly says: string; readonly numbers: Readonly<Record<string, number | null>> }
const blank: Said = { found: null, says: '', numbers: {} }

/** Bounds of the possible, as the table of kinds has them. */
const [LEAST_MG, MOST_MG] = [0.1, 1_000]
const amount = (label: string) => [['doseUg', label, 'mg', LEAST_MG, MOST_MG]] as const

/** Which numbers of a line can be put right here; anything else that is not so is said in words and stays open. */
const fields: Readonly<Partial<Record<Entry['kind'], readonly (readonly [name: string, label: string, unit: string, min: number, max: number])[]>>> = {
  'vitals.v1': [['systolicMmHg', 'Systolic', 'mmHg', 30, 300], ['diastolicMmHg', 'Diastolic', 'mmHg', 20, 200], ['heartRatePerMin', 'Pulse', '/min', 20, 300], ['respiratoryRatePerMin', 'Breathing', '/min', 0, 80], ['spo2Percent', 'Saturation', '%', 30, 100]],
  'mental-status.v1': [['moaaS', 'MOAA/S', 'of 5', 0, 5], ['rass', 'RASS', '−5 to 4', -5, 4], ['orientation', 'Oriented to', 'of 4', 0, 4]],
  'discharge-assessed.v1': [
    ['moaaS', 'MOAA/S', 'of 5', 0, 5], ['rass', 'RASS', '−5 to 4', -5, 4], ['orientation', 'Oriented to', 'of 4', 0, 4],
    ...(['aldrete', 'padss'] as const).flatMap((score) => recoveryScores[score].items.map(({ key, asks }) => [`${score}.${key}`, `${recoveryScores[score].name}: ${asks}`, 'of 2', 0, 2] as const)),
  ],
  'dose-given.v1': amount('Given'), 'dose-prepared.v1': amount('Prepared'), 'dose-confirmed.v1': amount('Read back'),
}

/** A second person holds the paper beside what was typed. Whoever typed it is not asked, and not let. */
export function ComparePart({ one }: { readonly one: Transcription }) {
  const { used, mayWrite, name } = useOpenChart()
  if (!mayCompare(one.entry, used.me.person)) return <Notice what="You typed this, so somebody else compares it with the paper." kept="Give them the paper. It reads as not yet checked until then." />
  if (!mayWrite('transcription-checked.v1')) return <p className="soft">Somebody of the care team other than {name(one.entry.by)} compares it with the paper.</p>
  return <CompareForm one={one} />
}

function CompareForm({ one }: { readonly one: Transcription }) {
  const { used, chartId, now } = useOpenChart()
  const { me } = used
  const draft = useDraft<{ said: Readonly<Record<string, Said>>; name: string }>(`${chartId} compare ${one.entry.id}`, { said: {}, name: '' })
  const { value, set } = draft
  const of = (id: string) => value.said[id] ?? blank
  const say = (id: string, change: Partial<Said>) => set({ said: { ...value.said, [id]: { ...of(id), ...change } } })
  const left = one.lines.filter(({ entry }) => of(entry.id).found === null)
  const problems = {
    left: left.length > 0 ? `${left.length} of ${one.lines.length} lines have not been compared.` : undefined,
    ...Object.fromEntries(one.lines.map(({ entry }) => [entry.id, problemOf(entry, of(entry.id))])), name: value.name.trim() === me.name ? undefined : `Type your name as it stands here: ${me.name}.`,
  }
  const save = async () => {
    await sendAct([me.person, chartId, 'compare', one.entry.id, value], (id) => call('checkTranscription', { params: { chart: chartId, transcription: one.entry.id }, body: {
      id, device: me.device, typedName: value.name.trim(), compared: one.lines.map(({ entry }) => {
        const { found, says } = of(entry.id)
        const by = rightOf(entry, of(entry.id), me.device, now)
        return { entry: entry.id, found: found!, says: says.trim(), ...(by ? { by: { ...by, body: by.body as Record<string, unknown> } } : {}) }
      }),
    } }))
  }
  return (
    <SaveForm label="Compared with the paper" save="Sign: I have held the paper beside this" problems={problems} onSave={save} onDone={draft.clear}>
      {(wrong) => <>
        <p className="soft">Take the paper and go line by line. What was mistyped is put right beside it; the first version stays, struck through.</p>
        {one.lines.map(({ entry, by }) => <Line key={entry.id} entry={entry} by={by} said={of(entry.id)} onSay={(change) => say(entry.id, change)} problem={wrong(entry.id)} />)}
        <div className="k-buttons"><Button kind="quiet" onClick={() => set({ said: { ...Object.fromEntries(left.map(({ entry }) => [entry.id, { ...blank, found: 'agrees' as const }])), ...value.said } })}>All lines left agree with the paper</Button></div>
        <TextField label="My name, to sign" autoComplete="off" value={value.name} onChange={(next) => set({ name: next })} problem={wrong('name')} />
      </>}
    </SaveForm>
  )
}

function problemOf(entry: Entry, { found, says, numbers }: Said): string | undefined {
  if ((found === 'struck' || found === 'differs') && !says.trim()) return 'Say what stands on the paper.'
  return found === 'corrected' && !fields[entry.kind]?.some(([name]) => numbers[name] !== null && numbers[name] !== undefined) ? 'Give the value that stands on the paper.' : undefined
}

interface LineProps { readonly entry: Entry; readonly by: string; readonly said: Said; readonly onSay: (change: Partial<Said>) => void; readonly problem: string | undefined }

function Line({ entry, by, said, onSay, problem }: LineProps) {
  const { zone, name, book } = useOpenChart()
  const own = fields[entry.kind] ?? []
  const choices: { value: Found; label: string }[] = [
    { value: 'agrees', label: 'Agrees with the paper' }, ...(own.length > 0 ? [{ value: 'corrected' as const, label: 'Mistyped: put it right' }] : []),
    ...(takenBackByNote.includes(entry.kind) ? [{ value: 'struck' as const, label: 'Not on the paper: strike it out' }] : []), { value: 'differs', label: 'Differs otherwise' },
  ]
  return (
    <div className="c-past">
      <p><strong>{kindNames[entry.kind]}</strong> {clockTime(entry.at, zone)}: {sayEntry(entry, { zone, name, book })} <span className="soft small">{by || 'not named on the paper'}</span></p>
      <RadioTiles label={`${kindNames[entry.kind]}, ${clockTime(entry.at, zone)}`} tile="11rem" choices={choices} value={said.found} onChange={(found) => onSay({ found })} />
      {said.found === 'corrected' && <div className="c-four">{own.map(([field, label, unit, min, max]) => <NumberField key={field} label={`${label}, as on the paper`} unit={unit} min={min} max={max} decimals={field === 'doseUg' ? 1 : 0} optional value={said.numbers[field] ?? null} onChange={(next) => onSay({ numbers: { ...said.numbers, [field]: next } })} />)}</div>}
      {(said.found === 'struck' || said.found === 'differs') && <TextField label="What stands on the paper" value={said.says} onChange={(says) => onSay({ says })} />}
      {problem && <p className="k-field__problem" role="alert">{problem}</p>}
    </div>
  )
}

/** The entry that takes the place of a line that was not so: the same with what was mistyped put right, or a note that strikes it out. */
export function rightOf(entry: Entry, { found, says, numbers }: Said, device: string, now: string): EntryDraft | undefined {
  const base = { id: newId(Date.parse(now)), at: entry.at, writtenAt: now, device, amends: entry.id, ...(entry.session ? { session: entry.session } : {}) }
  if (found === 'struck') return { ...base, kind: 'session-note.v1', body: { text: `Not on the paper: ${says.trim()}` } } as EntryDraft
  if (found !== 'corrected') return undefined
  const body = Object.entries(numbers).reduce<Body>((so, [name, value]) => (value === null ? so : put(so, name.split('.'), name === 'doseUg' ? mg(value) : value)), entry.body as Body)
  return { ...base, kind: entry.kind, body } as EntryDraft
}

type Body = Readonly<Record<string, unknown>>
/** An item of a score lies inside it. */
const put = (body: Body, [first, ...rest]: readonly string[], value: number): Body => ({ ...body, [first!]: rest.length === 0 ? value : put(body[first!] as Body, rest, value) })
