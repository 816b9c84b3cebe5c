import { helpLines } from '../../../knowledge/pages/help.ts'
import { ButtonLink } from '../../kit/plain/Button.tsx'

/** Every way to somebody who answers at any hour. */
export const Ways = () => (
  <ul className="p-ways" aria-label="People who answer at any hour">
    {helpLines.flatMap((line) => line.ways.map((way) => ({ line, way }))).map(({ line, way }) => (
      <li key={way.href}><ButtonLink kind={way.href === 'tel:988' ? 'primary' : 'quiet'} size="room" wide href={way.href}>{way.label}<span className="heard"> ({line.name})</span></ButtonLink></li>
    ))}
  </ul>
)
