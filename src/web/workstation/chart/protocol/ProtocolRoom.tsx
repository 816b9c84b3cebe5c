import { rulebook as shipped } from '../../../../knowledge/rulebook.ts'
import { useQuery } from '@tanstack/react-query'
import { mayPlan } from '../../../../core/course/next.ts'
import { replacedBy } from '../../../../core/course/own-course.ts'
import { phaseOf } from '../../../../core/course/protocol.ts'
import { courseIn, coursesInOrder } from '../../../../core/rulebook/own-courses.ts'
import { DataPairs, Notice, RadioTiles, TextField } from '../../../kit/index.ts'
import { call } from '../../../sync/index.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { NotYours, Part, Room, Written } from '../parts/Room.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { plural } from '../words.ts'
import { sendAct } from '../../../sync/send-act.ts'

interface Draft { readonly protocol: string | null; readonly note: string }

/** Which course: rows of the rulebook that this practice has adopted. The planner, the gates and the patient's pages read the same row. */
export function ProtocolRoom() {
  const { chart, protocol, protocolChosen, courseUnknown, may } = useOpenChart()
  const chosen = chart.latest('course-chosen.v1')
  return (
    <Room title="Protocol" says="A course is a row of the rulebook. Changing it changes what is asked for next, for everybody at once.">
      {courseUnknown && <Notice level="caution" what={courseUnknown} />}
      {chosen && protocolChosen && (
        <Part title={protocol.name}>
          <p>{protocol.says}</p>
          <DataPairs wide pairs={[
            ['Preparation', plural(phaseOf(protocol, 'preparation')?.count ?? 0, 'visit')], ['Medicine', plural(phaseOf(protocol, 'medicine')?.count ?? 0, 'session')], ['Between doses', `at least ${protocol.spacing.minHoursBetweenDoses} hours, at most ${protocol.spacing.maxDosesPerSevenDays} in seven days`],
            ['People in the room', String(protocol.peopleInRoom)], ['Routes', protocol.routes.join(', ')], ['Follow-ups', `${protocol.followUpDays.join(', ')} days after`],
          ]} />
          <p className="soft small">Chosen in edition {chosen.body.edition}. A newer adoption counts for courses chosen after it.</p>
          <Written entry={chosen} what="the choice of protocol" />
        </Part>
      )}
      {may('protocol.choose') ? <ChooseForm /> : <NotYours who="The therapist or the desk chooses the protocol." />}
    </Room>
  )
}

function ChooseForm() {
  const { chart, chartId, used, now, zone, protocolChosen, book } = useOpenChart()
  const { data } = useQuery({ queryKey: ['rulebook'], queryFn: () => call('rulebook'), staleTime: 60_000 })
  const draft = useDraft<Draft>(`${chartId} protocol`, { protocol: null, note: '' })
  const { value, set } = draft
  const row = courseIn(book, value.protocol)
  const may = row && mayPlan(chart, row, now, zone)
  const adoption = (id: string) => data?.protocols.find((one) => one.protocol === id)
  // What nobody has adopted is named, so that one sees it exists, except what ships switched off.
  const shown = coursesInOrder(book.protocols, shipped.protocols).toSorted((a, b) => Number(Boolean(adoption(b.id)?.offered)) - Number(Boolean(adoption(a.id)?.offered))).filter((one) => adoption(one.id) || (one.heldBack === undefined && !replacedBy(one.id, book.protocols)))
  const save = async () => {
    const said = { protocol: value.protocol ?? '', ...(value.note.trim() ? { note: value.note.trim() } : {}) }
    await used.sent()
    await sendAct([used.me.person, chartId, 'protocol', said], (id) => call('chooseProtocol', { params: { chart: chartId }, body: { id, device: used.me.device, ...said } }))
  }
  return (
    <SaveForm label="Choose the protocol" save={protocolChosen ? 'Change to this protocol' : 'Choose this protocol'} problems={{ protocol: row ? undefined : 'Choose a protocol.' }} onSave={save} onDone={draft.clear} said="The course follows it from now on.">
      {(wrong) => <>
        <RadioTiles label="Protocol" choices={shown.map((one) => ({ value: one.id, label: one.name, hint: !data ? 'Looking up what is adopted here …' : adoption(one.id)?.offered ? one.says : adoption(one.id)?.says ?? 'Not adopted here: the medical director has to adopt it first.', disabled: !adoption(one.id)?.offered }))} value={value.protocol} onChange={(protocol) => set({ protocol })} problem={wrong('protocol')} />
        {may && !may.may && <Notice level="caution" what={may.says} />}
        <TextField label="Note on the choice" optional value={value.note} onChange={(note) => set({ note })} />
      </>}
    </SaveForm>
  )
}
