import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { BodyOf } from '../../../../core/chart/kinds.ts'
import type { Response } from '../../../../core/contract/contract.ts'
import { CheckboxGroup, Notice, Select } from '../../../kit/index.ts'
import { call, clock, useDeviceState } from '../../../sync/index.ts'
import { leaveFor } from '../../../sync/hand-over.ts'
import { newId } from '../../../sync/new-id.ts'
import { identityWays } from '../../session/identity-ways.ts'
import { plainDay } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import { draftsOpen, forgetDrafts } from '../parts/drafts.ts'
import { Part, Room } from '../parts/Room.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { plural } from '../words.ts'

type Forms = Response<'tabletForms'>
type Way = BodyOf<'tablet-handed.v1'>['by'][number]

/** This device becomes the patient's, for the forms that are chosen: whoever works here is signed out before the first question is shown. */
export function TabletRoom() {
  const { chartId, may } = useOpenChart()
  const { data, error } = useQuery({ queryKey: ['tablet', chartId], queryFn: () => call('tabletForms', { params: { chart: chartId } }), retry: false, refetchOnWindowFocus: false })
  return (
    <Room title="Hand over the tablet" says="The patient answers here, on this device. You are signed out of it first, and nothing of the workstation can be reached from the questions.">
      {!may('tablet.hand') && <p>This is for the people on the team, and for the desk.</p>}
      {may('tablet.hand') && error && <Notice level="caution" what="What could be asked was not read." next="The tablet is handed over with a connection. Try again once it is back." />}
      {may('tablet.hand') && data && <HandOver data={data} />}
    </Room>
  )
}

function HandOver({ data: { name, birthDate, forms, rows } }: { readonly data: Forms }) {
  const { chartId, used } = useOpenChart()
  const { waiting } = useDeviceState()
  const [chosen, setChosen] = useState<readonly string[]>(() => forms.filter(({ open, begun }) => open || begun).map(({ instrument }) => instrument))
  const [by, setBy] = useState<readonly Way[]>([])
  const shown = forms.filter(({ instrument, open, begun }) => open || begun || chosen.includes(instrument))
  const problems = {
    forms: chosen.length === 0 ? 'Choose at least one form.' : undefined,
    by: by.length < 2 ? 'Make sure who this is, by two details.' : undefined,
    waiting: waiting > 0 ? 'What you wrote here is still on its way. Wait until it is saved.' : used.connection === 'live' ? undefined : 'The tablet is handed over with a connection.',
  }
  const hand = async () => {
    const { address } = await call('handTablet', { params: { chart: chartId }, body: { id: newId(clock.ms()), forms: forms.map(({ instrument }) => instrument).filter((form) => chosen.includes(form)), by: [...by] } })
    forgetDrafts()
    leaveFor(address)
  }
  return (
    <SaveForm label="Hand over the tablet" save="Sign me out, and hand it over" problems={problems} onSave={hand}>
      {(wrong) => <>
        <Part title="What is asked">
          {shown.length > 0
            ? <CheckboxGroup label="Forms" hint="Open ones are ticked. They are asked in this order." choices={shown.map((form) => ({ value: form.instrument, label: `${form.title}, ${plural(form.questions, 'question')}${form.begun ? ': begun' : form.open ? '' : ': not asked for now'}` }))} value={chosen} onChange={setChosen} problem={wrong('forms')} tile="16rem" />
            : <p className="soft">Nothing is open for this person. Add what you want to ask.</p>}
          <Select label="Add another form" optional choices={forms.filter((form) => !shown.includes(form)).map(({ instrument, title, says }) => ({ value: instrument, label: `${title}: ${says}` }))} value={null} onChange={(form) => { if (form) setChosen([...chosen, form]) }} />
        </Part>
        <Part title="Who this is">
          <p>{name}, {birthDate ? `born ${plainDay(birthDate)}` : 'birth date not recorded'}. Ask, and let them say it.</p>
          <CheckboxGroup label="Checked by at least two" choices={identityWays} value={by} onChange={setBy} problem={wrong('by')} tile="14rem" />
        </Part>
        <p className="soft">It shows their first name and the forms, and nothing else. After {rows.coverMin} minutes without a touch it is covered, and after {rows.lifeMin} minutes it takes no more answers; what was answered is kept, and you hand it over again. To come back, you sign in. An answer that cannot wait is told to whoever is on call, to you and to the desk, on your own screens.</p>
        {draftsOpen() && <Notice level="caution" what="Something is typed in this chart and not saved." next="Save it first: it is thrown away when the tablet is handed over." />}
      </>}
    </SaveForm>
  )
}
