import type { Instrument } from '../../../../core/measures/instrument.ts'
import { Disclosure } from '../../../kit/index.ts'
import { Section } from '../../desk/parts.tsx'
import { count } from '../book/rule.ts'
import { saysAnswers } from './say-form.ts'

interface AsReadProps { readonly instrument: Instrument | undefined; readonly id?: string; readonly title?: string; readonly open?: boolean }
/** The words as they stand before a patient. Without words there is nothing to be shown, and nothing is made up. */
export const AsRead = ({ instrument, id: section = 'as-read', title = 'As a patient reads it', open = false }: AsReadProps) => (
  <Section id={section} title={title} level={open ? 3 : 2}>
    {instrument && (instrument.licence.text === 'shipped' || instrument.items.some(({ text }) => !/^(Question|Event) \d/.test(text)))
      ? <Disclosure open={open} summary={count(instrument.items.length, 'question')}>{instrument.stem && <p className="lead">{instrument.stem}</p>}<ol>{instrument.items.map(({ id, text, answer }) => <li key={id}><p><strong>{text}</strong><br /><span className="soft">{saysAnswers(answer)}</span></p></li>)}</ol></Disclosure>
      : <p className="soft">There are no words to show yet.</p>}
  </Section>
)
