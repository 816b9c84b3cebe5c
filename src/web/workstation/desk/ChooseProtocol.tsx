import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Button, EmptyState, RadioTiles, Stack } from '../../kit/index.ts'
import { call } from '../../sync/index.ts'
import { courseIn } from '../../../core/rulebook/own-courses.ts'
import { useRules } from '../rules.ts'
import { Loaded, Refused, Section } from './parts.tsx'
import { useAct } from './use-act.ts'
import { sendAct } from '../../sync/send-act.ts'

/** Which course this will be: one of those that the practice's medical director has adopted. */
export function ChooseProtocol({ chart, onChosen }: { readonly chart: string; readonly onChosen: () => Promise<void> }) {
  const { book } = useRules()
  const query = useQuery({ queryKey: ['rulebook'], queryFn: () => call('rulebook') })
  const [protocol, setProtocol] = useState<string | null>(null)
  const { pending, refusal, actAs } = useAct()
  const choose = (event: FormEvent) => {
    event.preventDefault()
    if (!protocol) return
    void actAs((me) => sendAct([me.person, chart, 'protocol', protocol], (id) => call('chooseProtocol', { params: { chart }, body: { id, protocol, device: me.device } }))).then((done) => done && onChosen())
  }
  return (
    <Section id="which-course" title="Which course will it be?">
      <Loaded query={query} what="the courses of this practice">
        {({ protocols }) => protocols.every(({ offered }) => !offered)
          ? <EmptyState what={protocols.length === 0 ? 'This practice has adopted no course yet.' : protocols.map(({ says }) => says).join(' ')} begin="The medical director adopts one in the rulebook; then it can be planned here." />
          : (
            <form onSubmit={choose}>
              <Stack>
                <RadioTiles label="Course" hint="It decides how many visits there are, how far apart, and who has to be there." value={protocol} onChange={setProtocol} choices={protocols.filter(({ offered }) => offered).map(({ protocol: id }) => ({ value: id, label: courseIn(book, id)?.name ?? id, hint: courseIn(book, id)?.says }))} />
                <Refused refusal={refusal} />
                <Button type="submit" kind="primary" pending={pending} disabled={!protocol}>Choose this course</Button>
              </Stack>
            </form>
          )}
      </Loaded>
    </Section>
  )
}
