import { sayCondition } from '../core/eligibility/say-condition.ts'
import type { EligibilityRule } from '../core/eligibility/rule.ts'
import { escapeXml as safe } from '../core/fhir/export/resource.ts'
import { describeTest } from '../core/session/describe.ts'
import type { AlertRow, PreDoseRule } from '../core/session/rows.ts'
import { eligibility, factVocabulary } from '../knowledge/eligibility.ts'
import { interactionRows } from '../knowledge/interactions.ts'
import { library } from '../knowledge/library.ts'
import { rulebook } from '../knowledge/rulebook.ts'
import { sources } from '../knowledge/sources.ts'
import { edition, sha256 } from '../server/rulebook.ts'
import { htmlPage } from './html-page.ts'
import { rulebookStyle } from './rulebook-style.ts'

/** Parts of the rulebook in the order somebody reads them; what is not named here follows under its own name. */
const titles: Readonly<Record<string, string>> = {
  eligibility: 'Who may be treated', interactions: 'Taken together with ketamine', screening: 'How a chart is read', protocols: 'Courses', consents: 'Consents', dosing: 'Doses', titration: 'From one dose to the next',
  monitoring: 'In the medicine room', plausibleVitals: 'What looks like a slip', bedsideDevices: 'What a cuff or an oximeter may offer', effects: 'Side effects', emergency: 'Emergencies', comfort: 'Comfort', discharge: 'Going home', recoveryScores: 'Recovery scores', scales: 'Scales',
  instruments: 'Questionnaires', risk: 'Danger', measuring: 'When it is measured', outcomes: 'What counts as a change', reporting: 'Figures of many people', maintenanceWords: 'Words of a proposal', plasma: 'Level in plasma', matching: 'Matching',
  library: 'Read, and not computed with',
}

/** The whole rulebook as one page: every row with its sources, its tag and whether it was verified. Nothing is fetched. */
export function rulebookPage(): string {
  const { published, ...book } = rulebook
  const parts: Readonly<Record<string, unknown>> = { ...book, interactions: interactionRows, library }
  const names = [...Object.keys(titles).filter((name) => name in parts), ...Object.keys(parts).filter((name) => !(name in titles))]
  const titleOf = (name: string) => titles[name] ?? plain(name)
  return htmlPage(`Rulebook ${edition}`, rulebookStyle, `<header>
<h1>Rulebook</h1>
<p>Published ${safe(published)}, digest <code>${sha256}</code>. Every decision names the digest it was made under.</p>
<p>Rows with tag V were seen in their source, D were worked out from it, M are from memory, P are proposed by the product. A medical director adopts the book before anybody is treated by it. The software shows rules and facts; a licensed person decides.</p>
</header>
<nav aria-label="Parts of the rulebook"><ul>${[...names.map((name) => `<li><a href="#part-${name}">${safe(titleOf(name))}</a></li>`), '<li><a href="#part-sources">Sources</a></li>'].join('')}</ul></nav>
<main>
${onceEach(names.map((name) => `<section id="part-${name}"><h2>${safe(titleOf(name))}</h2>\n${name === 'eligibility' ? eligibility.map(ruleHtml).join('\n') : show(parts[name])}</section>`).join('\n'))}
<section id="part-sources"><h2>Sources</h2>
${Object.entries(sources).map(([key, source]) => `<article id="source-${key}"><h3>${key}</h3><p>${linked(source.title)}</p><p class="prov">${safe(source.kind)}; read: ${safe(source.note)}</p></article>`).join('\n')}
</section>
</main>`)
}

function ruleHtml(rule: EligibilityRule): string {
  const fields = {
    fires: sayCondition(rule.when, factVocabulary), ...(rule.raises && { [rule.raises.flag]: sayCondition(rule.raises.when, factVocabulary) }), 'to the person': rule.plainly, 'lifted by': rule.liftedBy,
    codes: rule.codes.join(', '), 'asked when': plain(rule.moment), 'screened by': rule.screenedBy, basis: rule.basis, version: rule.version,
  }
  return `<article id="row-${safe(rule.id)}"><h3>${safe(rule.id)} <span class="action">${rule.action}</span></h3><p>${safe(rule.says)}</p>${list(fields)}${provenance(rule as unknown as Fields)}</article>`
}

type Fields = Readonly<Record<string, unknown>>
const provenanceKeys = ['id', 'cites', 'tag', 'tags', 'verified', 'reviewBy']
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Any value of the book: a row as an article with its provenance, other things as lists of what they hold. */
function show(value: unknown): string {
  if (Array.isArray(value)) return value.every((one) => !isFields(one) && !Array.isArray(one)) ? safe(value.map(words).join(', ')) : value.map((one) => (Array.isArray(one) ? `<p>${show(one)}</p>` : show(one))).join('\n')
  if (!isFields(value)) return safe(words(value))
  const { id } = value
  const rest = Object.fromEntries(Object.entries(value).filter(([key]) => !provenanceKeys.includes(key)).map(([key, held]) => [key, 'watches' in value && (key === 'levels' || key === 'when') ? inWords(key, held, value) : held]))
  if (!('cites' in value)) return list(value)
  return typeof id === 'string' ? `<article id="row-${safe(id)}"><h3>${safe(id)}</h3>${list(rest)}${provenance(value)}</article>` : `<div>${list(rest)}${provenance(value)}</div>`
}

/** Thresholds of the room as sentences, in the words that an alert itself uses. */
function inWords(key: string, held: unknown, row: Fields): unknown {
  const unit = typeof row['unit'] === 'string' ? row['unit'] : ''
  if (key === 'when') return describeTest(held as NonNullable<PreDoseRule['when']>, unit)
  return Object.fromEntries(Object.entries(held as AlertRow['levels']).map(([level, test]) => [level, describeTest(test, unit)]))
}

function list(fields: Fields): string {
  const told = Object.entries(fields).filter(([, held]) => held !== undefined && held !== '' && !(Array.isArray(held) && held.length === 0))
  return told.length === 0 ? '' : `<dl>${told.map(([key, held]) => `<div><dt>${safe(plain(key))}</dt><dd>${show(held)}</dd></div>`).join('')}</dl>`
}

function provenance({ cites, tag, tags, verified, reviewBy }: Fields): string {
  const links = (cites as readonly string[]).map((key) => `<a href="#source-${safe(key)}">${safe(key)}</a>`).join(', ')
  const each = isFields(tags) ? Object.entries(tags).map(([name, one]) => `${plain(name)} ${words(one)}`).join(', ') : ''
  const isOpen = verified === false || (verified === undefined && (tag === 'M' || tag === 'P'))
  const state = isOpen ? '; <strong>not verified</strong>' : verified === true ? '; verified' : ''
  return `<p class="prov">Sources ${links}${tag === undefined ? '' : `; tag ${safe(words(tag))}`}${each === '' ? '' : `; ${safe(each)}`}${state}${reviewBy === undefined ? '' : `; review by ${safe(words(reviewBy))}`}</p>`
}

const spoken: Readonly<Record<string, string>> = { true: 'yes', false: 'no', null: 'none' }
const words = (value: unknown): string => spoken[String(value)] ?? (typeof value === 'number' ? String(Number(value.toPrecision(6))) : String(value))
/** `minHoursBetweenDoses` is read as "min hours between doses". */
const plain = (name: string): string =>
  name.replaceAll('-', ' ').replaceAll('MmHg', ' mmHg').replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2').replaceAll(/\b[A-Z][a-z]/g, (start) => start.toLowerCase()).replaceAll('mm hg', 'mmHg')

/** A rule of a protocol may be called like a row of another part; an address belongs to one place. */
function onceEach(html: string): string {
  const seen = new Map<string, number>()
  return html.replaceAll(/ id="row-([^"]+)"/g, (_, id: string) => {
    const count = (seen.get(id) ?? 0) + 1
    seen.set(id, count)
    return ` id="row-${id}${count > 1 ? `-${count}` : ''}"`
  })
}

/** Addresses that a title itself gives. */
const linked = (title: string): string =>
  safe(title).replaceAll(/\bdoi (10\.\d{4,}\/[^\s,;]+)/g, '<a href="https://doi.org/$1">doi $1</a>').replaceAll(/\b(PMC\d+)\b/g, '<a href="https://pmc.ncbi.nlm.nih.gov/articles/$1/">$1</a>')
