import { useState } from 'react'
import { funderWords } from '../../../core/outcomes/practice/funder-words.ts'
import { practiceOutcomes } from '../../../knowledge/practice-outcomes.ts'
import { rulebook } from '../../../knowledge/rulebook.ts'
import { Button, StatusLine } from '../../kit/index.ts'
import { Section } from '../desk/parts.tsx'
import { instrumentTitle, meaning, termName, verdictTitles, whichWords, type Figures } from './words.ts'

/** Sentences to copy, each with its number of people, its interval and what is missing. */
export function FunderWords({ figures, practice }: { readonly figures: Figures; readonly practice: string }) {
  const [said, setSaid] = useState('')
  const sentences = funderWords(figures, {
    practice, which: whichWords(figures.group), titleOf: instrumentTitle, termOf: termName, fromGrade: rulebook.effects.reporting.fromGrade, day: practiceOutcomes.toldDay,
    meaningOf: (instrument, verdict) => `${verdictTitles[verdict]} (${meaning(instrument, verdict)})`,
  })
  const copy = () => void navigator.clipboard.writeText(sentences.join('\n\n')).then(() => setSaid('Copied.'), () => setSaid('This browser did not let it be copied. Mark the words and copy them by hand.'))
  return (
    <Section id="funder" title="Words for a funder" end={<Button onClick={copy}>Copy the words</Button>}>
      <div className="o-words">{sentences.map((sentence) => <p key={sentence}>{sentence}</p>)}</div>
      <StatusLine>{said}</StatusLine>
    </Section>
  )
}
