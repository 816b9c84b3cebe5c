/** Invented people. Tests only. */
export const practice = '0193a000-0000-7000-8000-000000000001'
export const chartId = '0193a000-0000-7000-8000-0000000000c1'
export const people = [
  { id: '0193a000-0000-7000-8000-0000000000d1', name: 'Rosa Adeyemi', role: 'therapist', npi: '1234567893' },
  { id: '0193a000-0000-7000-8000-0000000000d2', name: 'Tom Lindqvist', role: 'prescriber' },
  { id: '0193a000-0000-7000-8000-0000000000d3', name: 'June Park', role: 'monitor' },
  { id: '0193a000-0000-7000-8000-0000000000d4', name: 'Mira Patel', role: 'patient' },
]
export const idOf = (place: number) => `0193a000-0000-7000-9000-${place.toString(16).padStart(12, '0')}`
