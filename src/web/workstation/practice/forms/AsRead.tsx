import type { Instrument } from '../../../../core/measures/instrument.ts'
import { Disclosure } from '../../../kit/index.ts'
import { Section } from '../../desk/parts.tsx'
import { count } from '../book/rule.ts'
import { saysAnswers } from './say-form.ts'

/** The words as they stand before a patient. Without words there is nothing to be shown, and nothing is made up. */
export const AsRead = ({ instrument }: { readonly instrument: Instrument | undefined }) => (
  <Section id="as-read" title="As a patient reads it">
    {instrument && (instrument.licence.text === 'shipped' || instrument.items.some(({ text }) => !/^(Question|Event) \d/.test(text)))
      ? <Disclosure summary={count(instrument.items.length, 'question')}>{instrument.stem && <p className="lead">{instrument.stem}</p>}<ol>{instrument.items.map(({ id, text, answer }) => <li key={id}><p><strong>{text}</strong><br /><span className="soft">{saysAnswers(answer)}</span></p></li>)}</ol></Disclosure>
      : <p className="soft">There are no words to show yet.</p>}
  </Section>
)
