import type { CheckedCode, CodeVerdict } from '../core/codes/check-codes.ts'
import { codeChecker, faulty } from '../core/codes/check-codes.ts'
import { releaseOf, type Release } from '../core/codes/releases.ts'
import { shippedCodes } from './shipped-codes.ts'
import { given } from './arguments.ts'
import { CannotUse, WrongUse, type Command, type Surroundings } from './command.ts'

const SYSTEMS = { icd10cm: 'ICD-10-CM', rxnorm: 'RxNorm', loinc: 'LOINC' } as const
const WORDS: Readonly<Record<CodeVerdict, string>> = {
  there: 'in the release', heading: 'in the release as a heading, which no bill takes', 'named-otherwise': 'in the release under another name', 'not-an-ingredient': 'in the release, but not an ingredient',
  discouraged: 'in the release, discouraged', deprecated: 'in the release, no longer to be used', 'not-there': 'not in the release', 'not-compared': 'not compared: no file of its system was given',
}

export const codesCommand: Command = {
  usage: 'kap codes [--json] RELEASE…',
  says: 'Compares every code of the rulebook with official releases: icd10cm-order-YYYY.txt or icd10cm-codes-YYYY.txt, RXNCONSO.RRF, Loinc.csv. Says which are there, under which official name, and which were not compared.',
  async run(args, surroundings) {
    const { positionals: files, values } = given(args, { json: 'flag' })
    if (files.length === 0) throw new WrongUse('Name the files of the releases that you have.')
    const checker = codeChecker(shippedCodes)
    for (const file of files) surroundings.err(await readRelease(file, checker, surroundings))
    const codes = checker.verdicts()
    if (values.json) for (const code of codes) surroundings.out(JSON.stringify(code))
    else print(codes, surroundings)
    return codes.some(({ verdict }) => faulty.includes(verdict)) ? 1 : 0
  },
}

async function readRelease(file: string, checker: ReturnType<typeof codeChecker>, { readLines }: Surroundings): Promise<string> {
  let release: Release | undefined
  let seen = 0
  for await (const lines of readLines(file)) {
    for (const line of lines) {
      if (!release) {
        release = releaseOf(line)
        if (!release) throw new CannotUse(`${file} does not begin like an official release of ICD-10-CM, RxNorm or LOINC. Nothing was compared: name the file as it was published.`)
        checker.began(release.system)
      }
      const released = release.read(line)
      if (!released) continue
      seen += 1
      checker.saw(released)
    }
  }
  if (!release || seen === 0) throw new CannotUse(`${file} holds no codes. Nothing was compared: name the file as it was published.`)
  return `${file}: ${release.form}, ${seen.toLocaleString('en-US')} codes read`
}

/** What somebody has to look at stands first; what is there comes with its official name, to be held beside ours. */
function print(codes: readonly CheckedCode[], { out }: Surroundings) {
  for (const [system, name] of Object.entries(SYSTEMS)) {
    const own = codes.filter((code) => code.system === system)
    out(`${name}: ${own.length} codes`)
    for (const verdict of Object.keys(WORDS).toReversed() as CodeVerdict[]) {
      const some = own.filter((code) => code.verdict === verdict)
      if (some.length === 0) continue
      out(`  ${WORDS[verdict]}: ${some.length}`)
      if (verdict === 'not-compared') continue
      for (const { code, prefix, says, official, usedBy } of some) out(`    ${code}${prefix ? '…' : ''}${says ? `  ours: ${says}` : ''}${official ? `  official: ${official}` : ''}  (${usedBy.join(', ')})`)
    }
  }
}
