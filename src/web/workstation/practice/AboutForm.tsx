import { rulebook as shipped } from '../../../knowledge/rulebook.ts'
import { useState, type FormEvent } from 'react'
import { replacedBy } from '../../../core/course/own-course.ts'
import { courseIn, coursesInOrder } from '../../../core/rulebook/own-courses.ts'
import type { Rulebook } from '../../../core/rulebook/book.ts'
import { CheckboxGroup, Notice, Select, Stack, TextArea, TextField, TimeField } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { useAct } from '../desk/use-act.ts'
import { useRules } from '../rules.ts'
import { KeepBar } from './KeepBar.tsx'
import { LateFeeFields } from './LateFeeFields.tsx'
import { MovesFields } from './MovesFields.tsx'
import { npiWords, tinWords } from './number-words.ts'
import type { Practice } from './PracticePage.tsx'

/** A course that ships switched off is never named on the public page, nor is a copy of one; what has been replaced is named only where it was. */
const coursesOf = ({ protocols }: Rulebook, named: readonly string[]) =>
  coursesInOrder(protocols, shipped.protocols).filter(({ id, heldBack }) => !heldBack && (named.includes(id) || !replacedBy(id, protocols))).map(({ id, name, says }) => ({ value: id, label: name, hint: says }))

/** What people and insurers read of the practice. Settings that this form does not know are kept as they are. */
export function AboutForm({ practice, onKept }: { readonly practice: Practice; readonly onKept: () => Promise<void> }) {
  const [name, setName] = useState(practice.name)
  const [zone, setZone] = useState<string | null>(practice.zone)
  const [settings, setSettings] = useState(practice.settings)
  const [kept, setKept] = useState(false)
  const { pending, refusal, act } = useAct()
  const text = (key: string) => (typeof settings[key] === 'string' ? settings[key] : '')
  const set = (key: string) => (value: unknown) => { setKept(false); setSettings((before) => ({ ...before, [key]: value })) }
  const services = Array.isArray(settings['services']) ? settings['services'].filter((one): one is string => typeof one === 'string') : []
  const { book } = useRules()
  const courses = coursesOf(book, [...services, text('protocol')])
  const unknown = [...services, text('protocol')].filter((id) => id !== '' && !courseIn(book, id))
  const npi = npiWords(text('organizationNpi'))
  const tin = tinWords(text('tin'))
  const keep = (event: FormEvent) => {
    event.preventDefault()
    if (!zone) return
    const clean = { ...settings, organizationNpi: text('organizationNpi').replaceAll(/\s/g, ''), tin: text('tin').trim() }
    void act(() => call('keepPractice', { body: { name, zone, settings: clean } })).then(async (done) => { if (done) { setKept(true); await onKept() } })
  }
  return (
    <form onSubmit={keep} aria-label="About the practice" className="p-form">
      <Stack air="wide">
        <Stack>
          <h2>For everybody</h2>
          <div className="d-fields">
            <TextField label="Name of the practice" maxLength={200} value={name} onChange={(next) => { setKept(false); setName(next) }} />
            <Select label="Time zone" hint="Visits are planned and shown by its clocks." choices={zoneChoices(practice.zone)} value={zone} onChange={(next) => { setKept(false); setZone(next) }} />
          </div>
          <TextArea label="Address" hint="As people find you. It stands on the public page and on bills." rows={2} value={text('place')} onChange={set('place')} />
          <div className="d-fields">
            <TextField label="Telephone" type="tel" value={text('phone')} onChange={set('phone')} />
            <TextField label="E-mail for inquiries" type="email" value={text('email')} onChange={set('email')} />
            <TextField label="When somebody answers" hint="In words, such as Monday to Friday, 9 to 5" value={text('hours')} onChange={set('hours')} />
          </div>
          <TextField label="Name for letters to employers and schools" optional hint="Without a word of what you treat. Patients can make a note of their appointments under it, with the telephone number above." maxLength={120} value={text('letterName')} onChange={set('letterName')} />
          <TextArea label="Numbers for an emergency" optional hint="One a line: who, a colon, the number. They stand on the emergency cards of the session room, also without a network; 911 is always there." rows={3} value={text('emergencyNumbers')} onChange={set('emergencyNumbers')} />
        </Stack>
        <Stack>
          <h2>Paper, for when nothing answers</h2>
          <Select label="Downtime sheets" hint="One page for each booked medicine session, made ready on the server the evening before and again when something changes. Old ones are removed; they are copies." choices={[{ value: 'on', label: 'Made ready by themselves' }, { value: 'off', label: 'Not made; those there are removed' }]} value={text('downtimeSheets') === 'off' ? 'off' : 'on'} onChange={set('downtimeSheets')} />
          <Select label="Paper size" choices={[{ value: 'letter', label: 'Letter' }, { value: 'a4', label: 'A4' }]} value={text('paperSize') === 'a4' ? 'a4' : 'letter'} onChange={set('paperSize')} />
        </Stack>
        <Stack>
          <h2>Calendars outside</h2>
          <Select label="Rooms in people’s other calendars" hint="What people subscribe to and are invited to says when they have a visit, never with whom or what for. A room’s name can be added, if it tells nobody what you treat." choices={[{ value: 'off', label: 'Not named' }, { value: 'on', label: 'Named' }]} value={text('calendarPlaces') === 'on' ? 'on' : 'off'} onChange={set('calendarPlaces')} />
          <h2>Reminders</h2>
          <Select label="Reminders of visits" hint="By e-mail, or by text message where somebody wants that. They say when, and never what it is about; before a medicine session they ask a few questions." choices={[{ value: 'on', label: 'Sent by themselves' }, { value: 'off', label: 'Not sent' }]} value={text('reminders') === 'off' ? 'off' : 'on'} onChange={set('reminders')} />
          <div className="d-fields">
            <TimeField label="A week and two days before, at" optional hint="Between 08:00 and 21:00; otherwise 10:00." value={text('remindersAt') || null} onChange={(at) => set('remindersAt')(at ?? '')} />
            <TimeField label="The day before, at" optional hint="Between 08:00 and 21:00; otherwise 16:00." value={text('remindersDayBeforeAt') || null} onChange={(at) => set('remindersDayBeforeAt')(at ?? '')} />
          </div>
          <Select label="Blood pressure at home" hint="Asked on the morning of a session. It is taken again in the room." choices={[{ value: 'off', label: 'Not asked' }, { value: 'on', label: 'Asked' }]} value={text('remindersPressure') === 'on' ? 'on' : 'off'} onChange={set('remindersPressure')} />
        </Stack>
        <Stack>
          <h2>What you offer</h2>
          {unknown.length > 0 && <Notice level="caution" what={`The rulebook in force here does not hold ${[...new Set(unknown)].map((id) => `“${id}”`).join(' and ')}, which the public page should name.`} kept="The page leaves it out." next="Choose what the page names and describes, and keep these changes." />}
          <CheckboxGroup label="Courses named on the public page" choices={courses} value={services} onChange={set('services')} optional />
          <Select label="The course the public page describes" hint="Its number of visits and their spacing are read from the rulebook." choices={courses.map(({ value, label }) => ({ value, label }))} value={text('protocol') || null} onChange={set('protocol')} />
        </Stack>
        <MovesFields text={text} set={set} />
        <LateFeeFields settings={practice.settings} set={set} />
        <Stack>
          <h2>For bills</h2>
          <div className="d-fields">
            <TextField label="NPI of the practice" inputMode="numeric" optional {...npi} value={text('organizationNpi')} onChange={set('organizationNpi')} />
            <TextField label="Tax number (TIN)" optional {...tin} value={text('tin')} onChange={set('tin')} />
          </div>
        </Stack>
        <KeepBar refusal={refusal} pending={pending} kept={kept}>Keep these changes</KeepBar>
      </Stack>
    </form>
  )
}

/** The zones this device knows; the practice's own is among them even where the device does not know it. */
function zoneChoices(own: string) {
  const known = Intl.supportedValuesOf('timeZone')
  return (known.includes(own) ? known : [own, ...known]).map((value) => ({ value, label: value.replaceAll('_', ' ') }))
}
