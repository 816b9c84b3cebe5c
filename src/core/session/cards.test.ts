import { describe, expect, test } from 'vitest'
import type { Alert } from './alerts.ts'
import { cardsFor, type EmergencyCard } from './cards.ts'
import type { AlertLevel, Symptom } from './rows.ts'

const card = (id: string, rows: EmergencyCard['opensOn']['rows'], symptoms: readonly Symptom[] = []) => ({ id, opensOn: { rows, symptoms } }) as unknown as EmergencyCard
const pile = [card('pressure', [{ row: 'BP-S', from: 'orange' }, { row: 'BP-D', from: 'orange' }]), card('breathing', [{ row: 'SPO2', from: 'yellow' }], ['dyspnea']), card('seizure', [], ['seizure']), card('by-hand', [])]
const alert = (row: string, level: AlertLevel, more: Partial<Alert> = {}) => ({ row: { id: row }, level, standing: true, superseded: false, answers: [], ...more }) as unknown as Alert

describe('the cards that open alerts ask for, the worst first', () => {
  test.each<[string, readonly Alert[], readonly string[]]>([
    ['none', [], []], ['below the level of the card', [alert('BP-S', 'yellow')], []], ['at it', [alert('BP-S', 'orange')], ['pressure']], ['above it', [alert('BP-S', 'red')], ['pressure']], ['another row', [alert('HR', 'red')], []],
    ['a symptom', [alert('SX', 'red', { symptom: 'seizure' })], ['seizure']], ['a symptom that no card names', [alert('SX', 'red', { symptom: 'nausea' })], []], ['one card for two alerts', [alert('BP-S', 'orange'), alert('BP-D', 'red')], ['pressure']],
    ['the worst first, whenever it was raised', [alert('BP-S', 'orange'), alert('SX', 'red', { symptom: 'seizure' })], ['seizure', 'pressure']], ['and told in the other order', [alert('SX', 'red', { symptom: 'seizure' }), alert('BP-S', 'orange')], ['seizure', 'pressure']],
    ['of two alike, as they were raised', [alert('SPO2', 'orange'), alert('BP-S', 'orange')], ['breathing', 'pressure']], ['three levels', [alert('SPO2', 'yellow'), alert('BP-S', 'orange'), alert('SX', 'red', { symptom: 'seizure' })], ['seizure', 'pressure', 'breathing']],
    ['an orange one that came down and was answered', [alert('BP-S', 'orange', { standing: false, answers: [{}] as never })], []], ['that nobody answered', [alert('BP-S', 'orange', { standing: false })], ['pressure']], ['a yellow one that passed', [alert('SPO2', 'yellow', { standing: false })], []],
  ])('%s', (_, alerts, expected) => {
    expect(cardsFor(alerts, pile).map(({ id }) => id)).toEqual(expected)
  })
})
