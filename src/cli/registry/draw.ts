import type { PooledShare, PooledStep } from '../../core/registry/aggregate/pool.ts'

const WIDTH = 200

/** A share with its limits on a line from nobody to everybody. What it says stands beside it in words. */
export function drawShare({ p, lo, hi }: PooledShare): string {
  const x = (value: number) => (value * WIDTH).toFixed(1)
  return `<svg width="${WIDTH}" height="16" viewBox="0 0 ${WIDTH} 16" aria-hidden="true"><path class="axis" d="M0 8H${WIDTH}M0 3V13M${WIDTH / 2} 5V11M${WIDTH} 3V13"/><path class="limits" d="M${x(lo)} 8H${x(Math.max(hi, lo + 0.005))}"/><path class="point" d="M${x(p[0])} 8H${x(Math.max(p[1], p[0] + 0.01))}"/></svg>`
}

const [LEFT, TOP, HEIGHT, RIGHT] = [44, 8, 150, 16]

/** Steps of a life table as points joined by lines, with their limits as a band. The same numbers stand in a table. */
export function drawCurve(steps: readonly PooledStep[], lastDay: number, width: number): string {
  const x = (day: number) => (LEFT + (day / lastDay) * (width - LEFT - RIGHT)).toFixed(1)
  const y = (share: number) => (TOP + (1 - share) * HEIGHT).toFixed(1)
  const points = [{ toDay: 0, survival: 1, lower: 1, upper: 1 }, ...steps]
  const line = (of: (step: (typeof points)[number]) => number, list = points) => list.map((step) => `${x(step.toDay)} ${y(of(step))}`).join('L')
  const grid = [0, 0.5, 1].map((share) => `<path class="axis" d="M${LEFT} ${y(share)}H${width - RIGHT}"/><text x="0" y="${Number(y(share)) + 4}">${share * 100} %</text>`).join('')
  const days = [0, ...steps.map(({ toDay }) => toDay)].map((day) => `<text x="${x(day)}" y="${TOP + HEIGHT + 18}" text-anchor="middle">${day}</text>`).join('')
  return `<svg width="${width}" height="${TOP + HEIGHT + 26}" viewBox="0 0 ${width} ${TOP + HEIGHT + 26}" aria-hidden="true">${grid}${days}<path class="band" d="M${line(({ upper }) => upper)}L${line(({ lower }) => lower, points.toReversed())}Z"/><path class="curve" d="M${line(({ survival }) => survival)}"/></svg>`
}
