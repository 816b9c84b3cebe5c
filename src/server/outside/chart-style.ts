/** The style of a chart that leaves the house: ink on paper, on screens and in print. `footer` stands on every printed page. */
export const chartStyle = (footer: string): string => `
:root { color-scheme: light; --ink: #1F2B2A; --soft: #55605C; --line: #D8CFC0; --primary: #17564F; --notice: #7A5A00; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px 20px 64px; max-width: 860px; background: #FFFFFF; color: var(--ink); font: 16px/1.5 "Atkinson Hyperlegible Next", "Atkinson Hyperlegible", system-ui, sans-serif; overflow-wrap: anywhere; }
.photo { float: right; width: 120px; height: 120px; margin: 0 0 8px 16px; object-fit: cover; border: 1px solid var(--line); }
audio { display: block; margin-top: 4px; }
h1 { margin: 0; font-size: 30px; line-height: 1.2; }
h2 { margin: 36px 0 8px; font-size: 21px; border-bottom: 2px solid var(--primary); }
h3 { margin: 28px 0 4px; font-size: 18px; }
h4 { margin: 0; font-size: 16px; }
p { margin: 4px 0; white-space: pre-wrap; }
.practice, .small, dt, .number { color: var(--soft); font-size: 14px; }
.number { font-weight: 400; }
.notice { color: var(--notice); font-weight: 700; }
a { color: #0F5E8C; }
code { font-size: 12px; }
nav { margin-top: 16px; }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 16px; padding: 0; list-style: none; }
.carried { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 0 24px; padding: 0 16px 12px; margin-top: 20px; border: 2px solid var(--ink); }
.carried h2 { margin-top: 12px; font-size: 16px; border: 0; }
ul { margin: 0; padding-left: 20px; }
article { padding: 12px 0; border-bottom: 1px solid var(--line); }
.corrected dl { text-decoration: line-through; text-decoration-color: var(--soft); }
dl { margin: 4px 0 0; }
dl > div { display: grid; grid-template-columns: minmax(120px, 26%) 1fr; gap: 0 16px; }
dd { margin: 0; white-space: pre-wrap; min-width: 0; }
dd dl { padding-left: 12px; border-left: 2px solid var(--line); }
footer { margin-top: 40px; color: var(--soft); font-size: 14px; }
@media (max-width: 520px) { dl > div { grid-template-columns: 1fr; } }
@media print {
  nav { display: none; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  h2, h3, h4 { break-after: avoid; }
  article h4, article .small { break-after: avoid; }
  .carried, dl > div { break-inside: avoid; }
  a { color: inherit; text-decoration: none; }
}
@page { margin: 18mm 16mm 20mm; @bottom-left { content: ${cssText(footer)}; font-size: 8pt; } @bottom-right { content: counter(page) " / " counter(pages); font-size: 8pt; } }
`

/** A text as CSS writes it: whatever is no plain letter, digit or space goes in by its number, so no name can end the style. */
function cssText(text: string): string {
  const written = [...text].map((sign) => (/[A-Za-z0-9 ]/.test(sign) ? sign : `\\${(sign.codePointAt(0) ?? 32).toString(16)} `))
  return `"${written.join('')}"`
}
