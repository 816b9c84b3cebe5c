// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/react'
import axe from 'axe-core'
import { readFileSync, readdirSync } from 'node:fs'
import { createElement, type ReactNode } from 'react'
import { afterEach, describe, expect, test } from 'vitest'
import { Combo, Dialog, Menu, Slider, Tabs } from './aria.ts'
import { Badge, Brand, Button, ButtonLink, Checkbox, CheckboxGroup, Clock, CodeField, Curve, DataPairs, DateField, Disclosure, EmptyState, Heading, HoldButton, Money, Notice, NumberField, Page, RadioTiles, Row, RowOpen, Rows, Scale, Select, Sheet, SignaturePad, StatusLine, Table, TextArea, TextField, Thread, TimeField } from './index.ts'

afterEach(cleanup)

const nothing = () => undefined
const choices = [{ value: 'a', label: 'Lozenge' }, { value: 'b', label: 'Injection', hint: 'into the muscle' }] as const

const specimens: Readonly<Record<string, ReactNode>> = {
  Button: <><Button kind="primary" pending>Save</Button><ButtonLink href="#a">Go on</ButtonLink></>,
  HoldButton: <HoldButton onHeld={nothing}>Emergency</HoldButton>,
  TextField: <TextField label="Name" hint="As you like to be called" problem="Please write your name." />,
  TextArea: <TextArea label="Note" optional />,
  NumberField: <NumberField label="Systolic" unit="mmHg" value={128} onChange={nothing} />,
  'NumberField with two units': <NumberField label="Weight" unit="kg" units={['kg', 'lb']} value={null} onChange={nothing} decimals={1} />,
  Select: <Select label="Route" choices={choices} value={null} onChange={nothing} />,
  RadioTiles: <RadioTiles label="Route" choices={choices} value={null} onChange={nothing} problem="Please choose one." />,
  CheckboxGroup: <CheckboxGroup label="Covered" choices={choices} value={['a']} onChange={nothing} />,
  Checkbox: <Checkbox label="I have read this" framed problem="Please tick this to go on." />,
  Scale: <Scale label="Distress" ends={['none', 'worst']} value={null} onChange={nothing} />,
  DateField: <DateField label="Born on" value="1986-03-14" onChange={nothing} />,
  TimeField: <TimeField label="At" value={null} onChange={nothing} />,
  CodeField: <CodeField label="Code" value="12" onChange={nothing} />,
  SignaturePad: <SignaturePad label="Signature" value={null} onChange={nothing} problem="Please sign." />,
  Badge: <><Badge level="caution" /><Badge level="call">Reading overdue</Badge><Badge level="emergency" /></>,
  Notice: <Notice level="call" what="The reading was not sent." kept="It is saved on this tablet." next="It goes out when the connection is back."><Button>Try now</Button></Notice>,
  EmptyState: <EmptyState what="People who ask for a first call will stand here." begin="Nobody has asked yet." />,
  StatusLine: <StatusLine waiting>Saved here · waiting for the connection</StatusLine>,
  Rows: <Rows label="People"><Row who={<RowOpen onOpen={nothing}>Mara K.</RowOpen>} where="Preparation 2 of 3" missing={<Badge level="caution">No escort</Badge>} since="since Tuesday" /></Rows>,
  Table: <Table caption="Readings" columns={[{ key: 'at', head: 'At', cell: (row) => row.at }, { key: 'p', head: 'Pressure', numeric: true, cell: (row) => row.p }]} rows={[{ at: '14:05', p: '128/80' }]} rowKey={(row) => row.at} />,
  DataPairs: <DataPairs pairs={[['Allergies', 'penicillin'], ['Escort', null]]} />,
  Money: <Money cents={125_000} />,
  Disclosure: <Disclosure summary="How long does it last?">Three hours.</Disclosure>,
  Thread: <Thread label="Your course" visits={[{ id: '1', label: 'Intake', state: 'done' }, { id: '2', label: 'Preparation 1', state: 'next', when: 'Thursday' }, { id: '3', label: 'Medicine 1', state: 'blocked', large: true }]} onSelect={nothing} />,
  Curve: <Curve title="PHQ-9" series={[{ name: 'Mara', points: [{ x: 0, y: 19, label: 'start', low: 17, high: 21 }, { x: 7, y: 11, label: 'day 7', low: 9, high: 13 }] }, { name: 'Published', tone: 'thin', steps: true, points: [{ x: 0, y: 20, label: 'start' }, { x: 7, y: 12, label: 'day 7' }] }]} x={{ min: 0, max: 7, ticks: [{ at: 0, label: 'start' }] }} y={{ min: 0, max: 27, ticks: [0, 10, 20] }} bands={[{ from: 0, to: 5, label: 'minimal' }]} marks={[{ at: 2, label: 'dose 1' }]} note="One score is missing." />,
  Clock: <Clock minutes={47} label="since dose" overdue />,
  Sheet: <Sheet open title="Vitals" onClose={nothing}><p>Numbers</p></Sheet>,
  Dialog: <Dialog open title="End the session?" onClose={nothing} end={<Button>Stay</Button>}><p>The record stays open.</p></Dialog>,
  Tabs: <Tabs label="Chart" tabs={[{ id: 'a', label: 'Course', panel: 'Thread' }, { id: 'b', label: 'Facts', panel: 'Allergies' }]} />,
  Slider: <Slider label="Distress" ends={['none', 'worst']} value={null} onChange={nothing} />,
  Combo: <Combo label="Medicine" choices={choices} value={null} onChange={nothing} />,
  Menu: <Menu label="More" items={[{ id: 'print', label: 'Print' }]} onAct={nothing} />,
}

async function violations(specimen: ReactNode, page = false) {
  const { baseElement } = render(page ? specimen : <main><h1>Specimen</h1>{specimen}</main>)
  // Colour is judged by the tokens' own test: there is no layout here to judge it by.
  const result = await axe.run(baseElement, { rules: { 'color-contrast': { enabled: false }, region: { enabled: page } } })
  return result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`)
}

describe('nothing in the kit shuts anybody out (axe)', () => {
  test.each(Object.entries(specimens))('%s', async (_, specimen) => {
    expect(await violations(specimen)).toEqual([])
  })

  test('a whole page', async () => {
    const page = <Page brand={<Brand>Alder House</Brand>} nav={<a href="/people" aria-current="page">People</a>} end="JL" beside={<DataPairs pairs={[['Allergies', null]]} />} footer="Alder House"><Heading level={1} end={<Button>New</Button>}>People</Heading></Page>
    expect(await violations(page, true)).toEqual([])
  })

  test('the check can fail: a button without a name is found', async () => {
    expect(await violations(createElement('button'))).not.toEqual([])
  })
})

describe('walls', () => {
  const sources = readdirSync('src/web/kit', { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.'))
  const read = (name: string) => readFileSync(`src/web/kit/${name}`, 'utf8')

  test('the kit knows neither core nor knowledge', () => {
    expect(sources.length).toBeGreaterThan(20)
    expect(sources.filter((name) => /from '[^']*\/(core|knowledge)\//.test(read(name)))).toEqual([])
  })

  test('the light set needs no package but React', () => {
    const light = sources.filter((name) => name.startsWith('plain/') || name === 'index.ts')
    expect(light.length).toBeGreaterThan(15)
    expect(light.filter((name) => [...read(name).matchAll(/from '([^'.][^']*)'/g)].some(([, from]) => from !== 'react'))).toEqual([])
  })
})
