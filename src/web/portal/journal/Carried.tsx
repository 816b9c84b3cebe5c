import { Button } from '../../kit/index.ts'
import { usePatient } from '../patient.tsx'
import { fullDay } from '../times.ts'

const answers = [['yes', 'Yes'], ['partly', 'Partly'], ['no', 'Not this time']] as const

/** What she set out to carry into her week, in her own words, asked about once and without a count. */
export function Carried() {
  const { used, zone } = usePatient()
  const open = used.chart.all('integration.v1').flatMap(({ at, body }) => body.commitments.map((commitment) => ({ at, ...commitment })))
    .filter(({ id }) => !used.chart.latest('commitment-kept.v1', ({ body }) => body.commitment === id)).slice(-3)
  if (open.length === 0) return null
  return (
    <section className="k-stack" aria-labelledby="carried">
      <h2 id="carried">What I wanted to carry on</h2>
      <p className="soft small">Your therapist sees these answers.</p>
      <ul className="p-words">
        {open.map(({ id, text, at }) => (
          <li key={id}>
            <p><strong>{text}</strong> <span className="soft">from {fullDay(at, zone)}</span></p>
            <div className="k-buttons">{answers.map(([kept, word]) => <Button key={kept} onClick={() => void used.write('commitment-kept.v1', { commitment: id, kept, said: '' })}>{word}<span className="heard">: {text}, from {fullDay(at, zone)}</span></Button>)}</div>
          </li>
        ))}
      </ul>
    </section>
  )
}
