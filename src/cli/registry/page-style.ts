import { rulebookStyle } from '../rulebook-style.ts'

/** The same paper as the rulebook, with tables and small drawings. */
export const pageStyle = `${rulebookStyle}
table { width: 100%; border-collapse: collapse; margin: 8px 0 16px; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: 8px 0; }
th, td { overflow-wrap: normal; text-align: left; vertical-align: top; padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); }
th[scope=row] { font-weight: 400; }
td { min-width: 5.5rem; }
h3 { margin: 16px 0 8px; }
tr.together > * { font-weight: 600; border-bottom-color: var(--primary); }
.soft { color: var(--soft); font-size: 14px; font-weight: 400; }
.wide { overflow-x: auto; }
svg { display: block; max-width: 100%; height: auto; }
svg .axis { stroke: var(--line); stroke-width: 1; }
svg .limits { stroke: var(--primary); stroke-width: 4; opacity: 0.4; }
svg .point { stroke: var(--primary); stroke-width: 8; }
svg .curve { fill: none; stroke: var(--primary); stroke-width: 2; }
svg .band { fill: var(--primary); opacity: 0.14; }
svg text { font-size: 12px; fill: var(--soft); }
.many { display: grid; grid-template-columns: repeat(auto-fill, minmax(240px, 1fr)); gap: 16px; }
figure { margin: 0; }
figcaption { font-size: 14px; }
@media print { .many, tr, figure { break-inside: avoid; } }
`
