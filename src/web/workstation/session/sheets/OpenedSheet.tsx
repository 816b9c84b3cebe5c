import type { ReactNode } from 'react'
import type { Bedside } from '../bluetooth/bedside.ts'
import type { Room } from '../room.ts'
import { isElsewhere } from '../elsewhere.ts'
import type { OpenSheet } from '../room-context.tsx'
import type { RoomSettings } from '../settings.ts'
import { AlertsSheet } from './AlertsSheet.tsx'
import { DaySheet, ScreenSheet } from './asked-today.tsx'
import { CloseSheet } from './CloseSheet.tsx'
import { ComfortSheet } from './ComfortSheet.tsx'
import { DischargeSheet } from './DischargeSheet.tsx'
import { DoseFromElsewhere } from './DoseFromElsewhere.tsx'
import { DoseSheet } from './DoseSheet.tsx'
import { EffectSheet } from './EffectSheet.tsx'
import { EmergencySheet } from './EmergencySheet.tsx'
import { IdentitySheet } from './IdentitySheet.tsx'
import { BeforeSheet, CorrectSheet, PinSheet, ProblemsSheet } from './last-sheets.tsx'
import { MoreSheet } from './MoreSheet.tsx'
import { NoteSheet } from './NoteSheet.tsx'
import { HandOverSheet, PeopleSheet } from './PeopleSheet.tsx'
import { QuestionsSheet } from './QuestionsSheet.tsx'
import { GuestsSheet, KitSheet, ReachSheet } from './ready-sheets.tsx'
import { EscortSheet, RescueSheet, WithdrawSheet } from './small-sheets.tsx'
import { SpokenSheet } from './SpokenSheet.tsx'
import { StateSheet } from './StateSheet.tsx'
import { StatusSheet } from './StatusSheet.tsx'
import { CorrectVitals, VitalsSheet, type VitalsDraft } from './VitalsSheet.tsx'

/** What is being typed, kept by the room: an emergency card opened in between loses none of it. */
export interface Drafts {
  readonly vitals: VitalsDraft
  readonly note: string
}

interface OpenedSheetProps {
  readonly sheet: OpenSheet
  readonly room: Room
  readonly locked: boolean
  readonly drafts: Drafts
  readonly onDrafts: (change: (drafts: Drafts) => Drafts) => void
  readonly settings: RoomSettings
  readonly onSettings: (settings: RoomSettings) => void
  readonly bedside: Bedside | undefined
}

export function OpenedSheet({ sheet, room, locked, drafts, onDrafts, settings, onSettings, bedside }: OpenedSheetProps): ReactNode {
  switch (sheet.name) {
    case 'vitals': return <VitalsSheet room={room} bedside={bedside} draft={drafts.vitals} onDraft={(change) => onDrafts((all) => ({ ...all, vitals: change(all.vitals) }))} />
    case 'state': return <StateSheet room={room} />
    case 'effect': return <EffectSheet room={room} />
    case 'comfort': return <ComfortSheet room={room} />
    case 'note': return <NoteSheet room={room} draft={drafts.note} onDraft={(change) => onDrafts((all) => ({ ...all, note: change(all.note) }))} />
    case 'dose': return isElsewhere(room) ? <DoseFromElsewhere room={room} /> : <DoseSheet room={room} />
    case 'more': return <MoreSheet room={room} settings={settings} onSettings={onSettings} />
    case 'alerts': return <AlertsSheet room={room} />
    case 'emergency': return <EmergencySheet room={room} readOnly={locked} />
    case 'discharge': return <DischargeSheet room={room} />
    case 'close': return <CloseSheet room={room} />
    case 'problems': return <ProblemsSheet room={room} />
    case 'before': return <BeforeSheet room={room} />
    case 'people': return <PeopleSheet room={room} />
    case 'identity': return <IdentitySheet room={room} />
    case 'escort': return <EscortSheet room={room} />
    case 'kit': return <KitSheet room={room} />
    case 'guests': return <GuestsSheet room={room} />
    case 'reach': return <ReachSheet room={room} />
    case 'day': return <DaySheet room={room} />
    case 'screen': return <ScreenSheet room={room} />
    case 'rescue': return <RescueSheet room={room} />
    case 'withdraw': return <WithdrawSheet room={room} />
    case 'pin': return <PinSheet />
    case 'questions': return <QuestionsSheet room={room} />
    case 'hand-over': return <HandOverSheet room={room} />
    case 'status': return <StatusSheet room={room} />
    case 'spoken': return <SpokenSheet key={sheet.entry} room={room} entry={sheet.entry} />
    case 'correct': return <Correct room={room} entry={sheet.entry} />
  }
}

function Correct({ room, entry: id }: { readonly room: Room; readonly entry: string }) {
  const entry = room.chart.entry(id)
  if (!entry) return null
  return entry.kind === 'vitals.v1' ? <CorrectVitals key={id} room={room} entry={entry} /> : <CorrectSheet key={id} room={room} entry={entry} />
}
