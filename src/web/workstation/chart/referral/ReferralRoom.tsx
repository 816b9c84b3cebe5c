import { stillToAsk } from '../../../../core/eligibility/screen.ts'
import { EmptyState, RadioTiles, Select, TextArea } from '../../../kit/index.ts'
import { listInWords } from '../beside/standing.ts'
import { useOpenChart, type OpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { staffWith, useAskPractice, useJoinTeam, usePractice } from '../parts/practice.ts'
import { NotYours, Part, Room, Written } from '../parts/Room.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { plural } from '../words.ts'

interface Draft {
  readonly prescriber: string | null
  readonly question: string | null
  readonly urgency: 'routine' | 'soon' | null
}

/** Refer for medical clearance: open this, and send. What is known is filled in; all of it can be changed. */
export function ReferralRoom() {
  const { chart, mayWrite, name } = useOpenChart()
  const referrals = chart.all('referral.v1').toReversed()
  return (
    <Room title="Refer for medical clearance" says="The prescriber joins the care team and sees the whole chart. A referral can be sent again when there is something new to ask.">
      {mayWrite('referral.v1') ? <ReferralForm /> : <NotYours who="The therapist refers." />}
      <Part title="Referrals">
        {referrals.length === 0 && <EmptyState what="Nobody has referred this person yet." />}
        {referrals.map((entry) => <div key={entry.id} className="c-past"><p>{entry.body.question}</p><p className="soft">{entry.body.prescriber ? `To ${name(entry.body.prescriber)}` : 'To whoever prescribes here'}, {entry.body.urgency}</p><Written entry={entry} what="this referral" /></div>)}
      </Part>
    </Room>
  )
}

function ReferralForm() {
  const open = useOpenChart()
  const { used, chartId, team, may } = open
  const { data: practice, isPending } = usePractice()
  const askPractice = useAskPractice()
  const join = useJoinTeam(chartId)
  const prescribers = staffWith(practice, 'prescriber')
  const onTeam = team.find(({ role }) => role === 'prescriber')
  const draft = useDraft<Draft>(`${chartId} referral`, { prescriber: null, question: null, urgency: null })
  const { value, set } = draft
  const prescriber = value.prescriber ?? onTeam?.person ?? onlyOne(prescribers)
  const question = value.question ?? questionFrom(open)
  const choices = [...new Map([...(onTeam ? [[onTeam.person, { value: onTeam.person, label: `${onTeam.name}, on the team` }] as const] : []), ...prescribers.filter(({ person }) => person !== onTeam?.person).map((one) => [one.person, { value: one.person, label: `${one.name}${one.credentials ? `, ${one.credentials}` : ''}` }] as const)]).values()]

  const save = async () => {
    // Somebody was quicker than the list of people: the act waits for it, and is not lost.
    const to = prescriber ?? onlyOne(staffWith(await askPractice(), 'prescriber'))
    if (!to) throw new TypeError('The list of people is here now: choose the prescriber, then send. What you wrote stays as it is.')
    // The right to see the chart first: a referral that nobody can open would be a letter without an address.
    if (!team.some(({ person, role }) => person === to && role === 'prescriber') && may('team.change')) await join(to, 'prescriber')
    return used.write('referral.v1', { question: question.trim(), urgency: value.urgency ?? 'routine', prescriber: to })
  }
  const problems = { prescriber: prescriber || isPending ? undefined : 'Choose the prescriber.', question: question.trim() ? undefined : 'Say what you ask.' }
  return (
    <SaveForm label="Referral for medical clearance" save="Send the referral" problems={problems} onSave={save} onDone={draft.clear} said="The prescriber sees it on their list.">
      {(wrong) => <>
        <Select label="Prescriber" choices={choices} value={prescriber} onChange={(next) => set({ prescriber: next })} problem={wrong('prescriber')} {...(choices.length === 0 ? { empty: isPending ? 'The list is on its way…' : 'Nobody here prescribes yet' } : {})} />
        <TextArea label="What you ask" value={question} onChange={(next) => set({ question: next })} problem={wrong('question')} />
        <RadioTiles label="How soon" tile="8rem" choices={[{ value: 'routine', label: 'Routine' }, { value: 'soon', label: 'Soon' }]} value={value.urgency ?? 'routine'} onChange={(urgency) => set({ urgency })} />
      </>}
    </SaveForm>
  )
}

const onlyOne = (people: readonly { readonly person: string }[]) => (people.length === 1 ? people[0]!.person : null)

/** What the chart already says, so that nobody copies it by hand. */
function questionFrom({ chart, protocol, protocolChosen, screening }: OpenChart): string {
  const missing = stillToAsk(screening).length
  const held = screening.met.filter(({ rule }) => rule.action === 'block' || rule.action === 'hold' || rule.action === 'override').map(({ rule }) => rule.says)
  const lines = [
    `Please see for medical clearance${protocolChosen ? ` for: ${protocol.name}` : ' for ketamine-assisted psychotherapy'}.`,
    `Medicines: ${listInWords(chart, 'medications').says}. Allergies: ${listInWords(chart, 'allergies').says}.`,
    ...(held.length > 0 ? [`To look at: ${held.join(' ')}`] : []),
    ...(missing > 0 ? [`${plural(missing, 'question')} of the screening ${missing === 1 ? 'is' : 'are'} still open.`] : []),
  ]
  return lines.join('\n').slice(0, 2_000)
}
