import { answerDose, type DoseQuestionRows } from '../core/dosing/questions.ts'
import { answerEligibility } from '../core/eligibility/questions.ts'
import { answerOutcome, type OutcomeQuestionRows } from '../core/outcomes/questions.ts'
import { answerDischarge, answerMonitor, answerPreDose, dischargeQuestion, momentQuestion } from '../core/session/questions.ts'
import { readAsked } from '../core/shared/asked.ts'
import { ok } from '../core/shared/result.ts'
import { discharge } from '../knowledge/discharge.ts'
import { dosing } from '../knowledge/dosing.ts'
import { eligibility, screeningLimits } from '../knowledge/eligibility.ts'
import { instruments } from '../knowledge/instruments.ts'
import { monitoring } from '../knowledge/monitoring.ts'
import { madrsRow, outcomeRows, qidsRow, reliability, reporting, traumaRow } from '../knowledge/outcomes.ts'
import { slowingBreakdown, titration } from '../knowledge/titration.ts'
import { given } from './arguments.ts'
import { WrongUse, type Command } from './command.ts'
import { answerLines, type LineQuestion } from './json-lines.ts'

const doseRows: DoseQuestionRows = { dosing, titration, inhibitors: slowingBreakdown }
const outcomeQuestionRows: OutcomeQuestionRows = { outcomes: outcomeRows, trauma: traumaRow, madrs: madrsRow, qids: qidsRow, reliability, reporting, instruments }

/** Every question, and the one function of the core that answers it. */
const questions = (everyRule: boolean): Readonly<Record<string, LineQuestion['answer']>> => ({
  eligibility: (input) => answerEligibility(input, eligibility, screeningLimits, everyRule),
  predose: (input) => {
    const read = readAsked(momentQuestion, input)
    return read.ok ? ok(answerPreDose(read.value, monitoring)) : read
  },
  monitor: (input) => {
    const read = readAsked(momentQuestion, input)
    return read.ok ? ok(answerMonitor(read.value, monitoring)) : read
  },
  discharge: (input) => {
    const read = readAsked(dischargeQuestion, input)
    return read.ok ? ok(answerDischarge(read.value, discharge)) : read
  },
  dose: (input) => answerDose(input, doseRows),
  outcome: (input) => answerOutcome(input, outcomeQuestionRows),
})
const names = Object.keys(questions(false))

export const decideCommand: Command = {
  usage: `kap decide ${names.join('|')} [LINES.jsonl] [--rules]`,
  says: 'Answers worked cases by the rulebook, one JSON object a line: {"id","input"} in, {"id","output"} out, from a file or standard input, in their order.\n      A line that cannot be answered gets {"id","error":{"line","key","message"}} in its place; the rest is answered.\n      --rules  eligibility: every rule met, not met or not evaluable, with the facts it used',
  async run(args, surroundings) {
    const options = given(args, { rules: 'flag' })
    const [name, file = '-', ...more] = options.positionals
    const known = questions(options.values['rules'] === true)
    const answer = name !== undefined && Object.hasOwn(known, name) ? known[name] : undefined
    if (!answer || more.length > 0) throw new WrongUse(`Name one question: ${names.join(', ')}.`)
    return answerLines(file, { asks: 'input', mayHold: ['why', 'expect'], answer }, surroundings)
  },
}
