import type { Level } from './rows.ts'

const ranks: Readonly<Record<Level, number>> = { green: 0, yellow: 1, orange: 2, red: 3 }

export const isAbove = (level: Level, other: Level): boolean => ranks[level] > ranks[other]
export const isAtLeast = (level: Level, floor: Level): boolean => ranks[level] >= ranks[floor]
export const worst = (levels: readonly Level[]): Level => levels.reduce<Level>((most, level) => (isAbove(level, most) ? level : most), 'green')
