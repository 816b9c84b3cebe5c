import { useState } from 'react'
import { standingVisits } from '../../../../core/measures/doses.ts'
import type { InstrumentItem } from '../../../../core/measures/instrument.ts'
import { instant, type Instant } from '../../../../core/shared/time.ts'
import { cSsrs } from '../../../../knowledge/instruments/c-ssrs.ts'
import type { Written } from '../../../sync/index.ts'
import { Button, Notice, RadioTiles, Sheet, TimeField } from '../../../kit/index.ts'
import { SaidBeforeComing } from '../SaidBeforeComing.tsx'
import { wallTime, type Room } from '../room.ts'
import { useInRoom } from '../room-context.tsx'
import { askedAbout, MedicinesToday, writtenMedicines, type Taken } from './medicines-today.tsx'
import { momentOf } from './when.tsx'

/** Food, drink, alcohol and cannabis, and what was taken as needed: asked today, each answered, declined or not known. */
export function DaySheet({ room }: { readonly room: Room }) {
  const { show, run } = useInRoom()
  const [food, setFood] = useState<string | null>(null)
  const [fluid, setFluid] = useState<string | null>(null)
  const [substances, setSubstances] = useState<'no' | 'yes' | 'declined' | null>(null)
  const [medicines, setMedicines] = useState<Readonly<Record<string, Taken>>>({})
  const [asked] = useState(() => askedAbout(room))
  const [tried, setTried] = useState(false)
  const visit = standingVisits(room.chart).find((one) => one.visit === room.session.started.body.visit)
  const anySaid = Object.keys(medicines).length > 0
  const write = () => run(() => room.writeAct([
    ...moment('lastFoodAt', food, room), ...moment('lastFluidAt', fluid, room),
    ...writtenMedicines(asked, medicines),
    ...(substances === null ? [] : [{ kind: 'fact.v1', body: substances === 'declined' ? { fact: 'alcoholOrCannabisWithin48h', state: 'declined' } : { fact: 'alcoholOrCannabisWithin48h', state: 'answered', value: substances === 'yes' } } as Written]),
  ]))
  return (
    <Sheet open title="Asked today" reach="100%" onClose={() => show(null)}>
      <div className="r-form">
        {visit && <SaidBeforeComing chart={room.chart} visit={visit} book={room.rules.book} zone={room.zone} />}
        <TimeField label="Last ate at" optional hint="A time later than now counts as yesterday’s." value={food} onChange={setFood} />
        <TimeField label="Last drank at" optional value={fluid} onChange={setFluid} />
        <RadioTiles label="Alcohol or cannabis in the last two days" choices={[{ value: 'no', label: 'No' }, { value: 'yes', label: 'Yes' }, { value: 'declined', label: 'Did not want to say' }]} value={substances} onChange={setSubstances} tile="9rem" />
        <MedicinesToday asked={asked} said={medicines} room={room} tried={tried} onSaid={(medicine, taken) => setMedicines({ ...medicines, [medicine]: taken })} />
        <div className="k-buttons"><Button kind="primary" size="room" disabled={!food && !fluid && !substances && !anySaid} onClick={() => (anySaid && asked.some(({ medicine }) => !medicines[medicine]) ? setTried(true) : void write())}>Record answers</Button></div>
      </div>
    </Sheet>
  )
}

function moment(fact: 'lastFoodAt' | 'lastFluidAt', clock: string | null, { now, zone }: Room): Written[] {
  const value: Instant | undefined = clock ? momentOf({ choice: 'other', clock }, now, zone) : undefined
  return value === undefined ? [] : [{ kind: 'fact.v1', body: { fact, state: 'answered', value: instant(Date.parse(value)) } }]
}

type Answer = 'yes' | 'no'
const items: readonly InstrumentItem[] = cSsrs.items

/** The suicide screen by its numbers: the words are read from the practice's own copy. Questions that do not follow are not shown. */
export function ScreenSheet({ room }: { readonly room: Room }) {
  const { show, run } = useInRoom()
  const [answers, setAnswers] = useState<Readonly<Record<string, Answer>>>({})
  const [tried, setTried] = useState(false)
  const asked = items.filter(({ askedWhen }) => !askedWhen || answers[askedWhen.item] === 'yes')
  const missing = asked.filter(({ id }) => !answers[id])
  const record = () => {
    setTried(true)
    if (missing.length > 0) return
    void run(() => room.write('measure-answered.v1', { instrument: cSsrs.id, version: cSsrs.version, language: 'en', answers: Object.fromEntries(asked.map(({ id }) => [id, answers[id] === 'yes'])), answeredBy: 'clinician' }))
  }
  return (
    <Sheet open title="Suicide screen" reach="100%" onClose={() => show(null)}>
      <div className="r-form">
        <p>{cSsrs.says} Asked about the time since the last contact, {wallTime(room.now, room.zone)} today.</p>
        {asked.map(({ id, text }) => (
          <RadioTiles key={id} label={text} choices={[{ value: 'no', label: 'No' }, { value: 'yes', label: 'Yes' }]} value={answers[id] ?? null} tile="8rem" onChange={(answer) => setAnswers({ ...answers, [id]: answer })} problem={tried && !answers[id] ? 'Not answered yet.' : undefined} />
        ))}
        {['q4', 'q5', 'q6PastThreeMonths'].some((id) => answers[id] === 'yes') && <Notice urgent level="emergency" what="This is high. Stay with the person." next="Record it; then open the emergency card and call the prescriber. Nobody goes home by the ordinary way today." />}
        <div className="k-buttons"><Button kind="primary" size="room" onClick={record}>Record suicide screen</Button></div>
      </div>
    </Sheet>
  )
}
