import type { BodyOf } from '../../../../core/chart/kinds.ts'
import { NO_ANSWER } from '../../../../core/course/step.ts'
import { DateField, EmptyState, RadioTiles, TextArea, TimeField } from '../../../kit/index.ts'
import { dayAndTime } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { NotYours, Part, Room, Written } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { momentOf, SILENCE_WORDS, upper } from '../words.ts'

type Decided = BodyOf<'silence-contact.v1'>['decided']

/** Nobody has answered: whom to call, by when, and what came of it. Silence is not health, and is counted as nothing. */
export function NoAnswerRoom() {
  const { chart, course, zone, mayWrite } = useOpenChart()
  const step = course.steps.find(({ id }) => id === NO_ANSWER)
  const who = chart.latest('demographics.v1')?.body
  const contacts = chart.all('silence-contact.v1').toReversed()
  return (
    <Room title="No answer" says="Nobody knows how the person is. An answer ends this; so does a word of yours that none will come. Until then it stays with its owner, and no figure counts it as well or unwell.">
      {!step && <EmptyState what="Every questionnaire that was asked for was answered in its time, or is still waited for." begin={<RoomLink step="baseline">See the questionnaires</RoomLink>} />}
      {step && (
        <Part title="Open now">
          <p><strong>{step.title}.</strong> {step.dueBy && `${step.state === 'overdue' ? 'Somebody was to call by' : 'Call by'} ${dayAndTime(step.dueBy, zone)}.`}</p>
          <p>{who?.phone ? <>Telephone: <a href={`tel:${who.phone.replaceAll(' ', '')}`}>{who.phone}</a></> : <span className="soft">No telephone number stands on the chart.</span>}{who?.emergencyContact && <> · {who.emergencyContact.name}, named for emergencies: <a href={`tel:${who.emergencyContact.phone.replaceAll(' ', '')}`}>{who.emergencyContact.phone}</a></>}</p>
          <p className="c-links"><RoomLink step="baseline">Ask on the telephone, and write the answers</RoomLink></p>
          {mayWrite('silence-contact.v1') ? <ContactForm /> : <NotYours who="The therapist or the prescriber calls." />}
        </Part>
      )}
      <Part title="Looked for">
        {contacts.length === 0 && <p className="soft">Nobody has written a call yet.</p>}
        {contacts.map((entry) => <div key={entry.id} className="c-past"><p><strong>{upper(SILENCE_WORDS[entry.body.decided])}</strong>{entry.body.reached ? '' : ', not reached'}. {entry.body.note}</p><Written entry={entry} what="this call" /></div>)}
      </Part>
    </Room>
  )
}

interface Draft { readonly reached: 'yes' | 'no' | null; readonly decided: Decided | null; readonly note: string; readonly day: string | null; readonly time: string | null }

function ContactForm() {
  const { used, chartId, zone, course } = useOpenChart()
  const draft = useDraft<Draft>(`${chartId} silence`, { reached: null, decided: null, note: '', day: null, time: null })
  const { value, set } = draft
  const next = momentOf(value.day, value.time, zone)
  const ends = value.decided === 'declined' || value.decided === 'left-care'
  const problems = {
    reached: value.reached === null ? 'Say whether the person was reached.' : undefined, decided: value.decided === null ? 'Say what came of it.' : value.decided === 'will-answer' && value.reached === 'no' ? 'Whoever was not reached has promised nothing.' : undefined,
    note: value.note.trim() ? undefined : 'Write what was done and said.', next: (value.day || value.time) && !next ? 'The next call needs a day and a time.' : undefined,
  }
  const save = () => used.write('silence-contact.v1', { asks: [...(course.silence?.asks ?? [])], reached: value.reached === 'yes', decided: value.decided ?? 'tried-again', note: value.note.trim(), ...(next && !ends ? { nextContactAt: next } : {}) })
  return (
    <SaveForm label="What came of the call" save={ends ? 'Write it, and ask no more' : 'Write the call'} problems={problems} onSave={save} onDone={draft.clear} said={ends ? 'It stands on nobody’s list any more. What was not answered stays counted as not answered.' : 'It stays open until an answer comes.'}>
      {(wrong) => <>
        <RadioTiles label="Was the person reached?" tile="8rem" choices={[{ value: 'yes', label: 'Reached' }, { value: 'no', label: 'Not reached' }]} value={value.reached} onChange={(reached) => set({ reached })} problem={wrong('reached')} />
        <RadioTiles label="What came of it" tile="13rem" choices={(Object.keys(SILENCE_WORDS) as Decided[]).map((one) => ({ value: one, label: upper(SILENCE_WORDS[one]) }))} value={value.decided} onChange={(decided) => set({ decided })} problem={wrong('decided')} />
        <TextArea label="What was done and said" value={value.note} onChange={(note) => set({ note })} problem={wrong('note')} />
        {!ends && <div className="c-pair"><DateField label="Next call, day" optional value={value.day} onChange={(day) => set({ day })} problem={wrong('next')} /><TimeField label="Next call, time" optional value={value.time} onChange={(time) => set({ time })} /></div>}
      </>}
    </SaveForm>
  )
}
