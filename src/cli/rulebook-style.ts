/** Ink on paper, on a screen and in print. */
export const rulebookStyle = `
:root { color-scheme: light; --ink: #1F2B2A; --soft: #55605C; --line: #D8CFC0; --primary: #17564F; --notice: #7A5A00; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px 20px 64px; max-width: 920px; background: #FFFFFF; color: var(--ink); font: 16px/1.5 "Atkinson Hyperlegible Next", "Atkinson Hyperlegible", system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 30px; line-height: 1.2; }
h2 { margin: 40px 0 8px; font-size: 22px; border-bottom: 2px solid var(--primary); }
h3 { margin: 0; font-size: 16px; }
p { margin: 4px 0; }
a { color: #0F5E8C; }
code { font-size: 12px; }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 16px; padding: 0; list-style: none; }
article { padding: 12px 0; border-bottom: 1px solid var(--line); }
article article { padding: 6px 0; }
.action, dt, .prov { color: var(--soft); font-size: 14px; }
.action { font-weight: 400; }
.prov strong { color: var(--notice); }
dl { margin: 4px 0 0; }
dl > div { display: grid; grid-template-columns: minmax(120px, 24%) 1fr; gap: 0 16px; }
dd { margin: 0; min-width: 0; }
dd dl { padding-left: 12px; border-left: 2px solid var(--line); }
@media (max-width: 520px) { dl > div { grid-template-columns: 1fr; } }
@media print { nav { display: none; } body { max-width: none; padding: 0; } article { break-inside: avoid; } }
`
