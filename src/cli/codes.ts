import type { CheckedCode, CodeVerdict } from '../core/codes/check-codes.ts'
import { codeChecker, faulty, verdictWords } from '../core/codes/check-codes.ts'
import { systemNames, type CodeSystem } from '../core/codes/code.ts'
import { withCompared, type ComparedFile } from '../core/codes/record.ts'
import { releaseNamed, releaseOf, type Release } from '../core/codes/releases.ts'
import { keepCodesRecord, readCodesRecord } from '../server/codes-record.ts'
import { shippedCodes } from '../server/shipped-codes.ts'
import { given, textOf } from './arguments.ts'
import { CannotUse, WrongUse, type Command, type Surroundings } from './command.ts'

const WORDS: Readonly<Record<CodeVerdict, string>> = { ...verdictWords, 'not-compared': 'not compared: no file of its system was given' }

export const codesCommand: Command = {
  usage: 'kap codes [--json] [--record [--release NAME]] RELEASE…',
  says: 'Compares every code of the rulebook with official releases: icd10cm-order-YYYY.txt or icd10cm-codes-YYYY.txt, RXNCONSO.RRF, Loinc.csv. Says which are there, under which official name, and which were not compared. --record keeps that for the practice, whose rulebook page then says it of every row; the server may run meanwhile. --release names the release of a single file whose own name does not.',
  async run(args, surroundings) {
    const asked = given(args, { json: 'flag', record: 'flag', release: 'text' })
    const { positionals: files, values } = asked
    if (files.length === 0) throw new WrongUse('Name the files of the releases that you have.')
    const release = textOf(asked, 'release')
    if (release !== undefined && (files.length > 1 || !values.record)) throw new WrongUse('--release is about one file that is recorded.')
    if (values.record && files.includes('-')) throw new WrongUse('What is recorded names its file; standard input has none.')
    const folder = values.record ? surroundings.practiceFolder() : undefined
    const checker = codeChecker(shippedCodes)
    const compared = new Map<CodeSystem, ComparedFile[]>()
    for (const file of files) {
      const { system, form, codes } = await readRelease(file, checker, surroundings)
      surroundings.err(`${file}: ${form}, ${codes.toLocaleString('en-US')} codes read`)
      if (folder === undefined) continue
      const named = release ?? releaseNamed(system, file)
      compared.set(system, [...(compared.get(system) ?? []), { file: file.split(/[\\/]/).at(-1)!, form, codes, sha256: await surroundings.digestOf(file), ...(named !== undefined && { release: named }) }])
    }
    const codes = checker.verdicts()
    if (folder !== undefined) record(folder, codes, compared, surroundings)
    if (values.json) for (const code of codes) surroundings.out(JSON.stringify(code))
    else print(codes, surroundings)
    return codes.some(({ verdict }) => faulty.includes(verdict)) ? 1 : 0
  },
}

function record(folder: string, codes: readonly CheckedCode[], compared: ReadonlyMap<CodeSystem, readonly ComparedFile[]>, { err, now }: Surroundings) {
  const before = readCodesRecord(folder)
  if (before.broken) err(`${before.broken} It is begun anew.`)
  keepCodesRecord(folder, withCompared(before.record, codes, compared, now()))
  err(`Recorded for this practice: ${[...compared.keys()].map((system) => systemNames[system]).join(', ')}. The rulebook page says it from now on.`)
}

async function readRelease(file: string, checker: ReturnType<typeof codeChecker>, { readLines }: Surroundings): Promise<Pick<Release, 'system' | 'form'> & { readonly codes: number }> {
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
  return { system: release.system, form: release.form, codes: seen }
}

/** What somebody has to look at stands first; what is there comes with its official name, to be held beside ours. */
function print(codes: readonly CheckedCode[], { out }: Surroundings) {
  for (const [system, name] of Object.entries(systemNames)) {
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
