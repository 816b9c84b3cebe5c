import { z } from 'zod'
import { planJointly, type Joint } from '../core/scheduling/joint.ts'
import type { JointProgress } from '../core/scheduling/joint-progress.ts'
import { planCourse } from '../core/scheduling/plan.ts'
import { repair } from '../core/scheduling/repair.ts'
import { ok, refuse } from '../core/shared/result.ts'
import { protocols } from '../knowledge/protocols.ts'
import { given } from './arguments.ts'
import { highsChooser } from '../server/planning/choose.ts'
import { WrongUse, type Command, type Surroundings } from './command.ts'
import { answerLines } from './json-lines.ts'
import { readAskedPlan, readRequest, requestSchema, waitingSchema, type Asked } from './plan-request.ts'

export const planCommand: Command = {
  usage: 'kap plan [REQUEST.json] [--lines] [--schema] [--waiting]',
  says: 'Plans a whole course from one request: up to three proposals with their scores taken apart, or why none fits and what would have to give. With booked visits and a change it repairs them instead, moving as few others as possible. A request with a waiting list is planned for all of them together; how far it has come goes to standard error.\n      --lines   many requests, one JSON object a line: {"id","input"} in, {"id","output"} out; one that cannot be read says why in its place\n      --schema  prints what a request may hold, as JSON Schema; with --waiting, what a waiting list may\n      Nothing is booked by this.',
  async run(args, surroundings) {
    const { out, err, readText } = surroundings
    const asked = given(args, { schema: 'flag', lines: 'flag', waiting: 'flag' })
    const [file = '-', ...more] = asked.positionals
    if (more.length > 0) throw new WrongUse('Name one request, or none for standard input.')
    if (asked.values['schema'] === true) {
      out(JSON.stringify(z.toJSONSchema(asked.values['waiting'] === true ? waitingSchema(protocols) : requestSchema(protocols), { io: 'input' }), null, 2))
      return 0
    }
    if (asked.values['waiting'] === true) throw new WrongUse('--waiting belongs to --schema; a waiting list is known by its key.')
    if (asked.values['lines'] === true) return answerLines(file, { asks: 'input', mayHold: [], answer: (input) => answerLine(input, surroundings) }, surroundings)
    const read = readRequest(await readText(file), protocols)
    if (!read.ok) {
      const { line, key, message } = read.refusal
      err(`Line ${line}${key === undefined ? '' : `, ${key}`}: ${message}. Nothing was planned: put it right and ask again.`)
      return 1
    }
    const answer = await answerTo(read.value, surroundings)
    out(JSON.stringify(answer, null, 2))
    return 'impossible' in answer || ('plans' in answer && answer.plans.some((plan) => 'impossible' in plan)) ? 1 : 0
  },
}

async function answerLine(input: unknown, surroundings: Surroundings) {
  const read = readAskedPlan(input, protocols)
  if (read.ok) return ok(await answerTo(read.value, surroundings))
  const { path, message } = read.refusal
  return refuse({ key: ['input', ...path].join('.'), message })
}

async function answerTo(asked: Asked, { err }: Surroundings) {
  if ('waiting' in asked) return together(asked, err)
  const { request, repair: mended } = asked
  if (!mended) return planCourse(request)
  const found = repair(request, mended.booked, mended.change)
  return found.ok ? found.value : found.refusal
}

async function together({ waiting, seed }: Extract<Asked, { waiting: unknown }>, err: Surroundings['err']): Promise<Joint> {
  return planJointly(waiting, { choose: await highsChooser(), seed, tell: inTenths(err) })
}

const doings: Record<JointProgress['doing'], string> = {
  alone: 'each by themselves', 'in-turn': 'each beside those before', pricing: 'plans at what others would give up', choosing: 'one plan each', improving: 'those who came off worst, again', 'the-rest': 'whoever is left',
}

/** A line for every tenth of the way: a long list would fill the screen otherwise. */
function inTenths(err: Surroundings['err']): (progress: JointProgress) => void {
  let said = ''
  return ({ doing, step, of, placed }) => {
    const tenth = `${doing} ${Math.floor((10 * step) / of)}`
    if (tenth === said) return
    said = tenth
    err(`Planning together: ${doings[doing]}, ${step} of ${of}; ${placed} have a plan.`)
  }
}
