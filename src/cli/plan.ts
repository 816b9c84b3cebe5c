import { z } from 'zod'
import { planCourse } from '../core/scheduling/plan.ts'
import { repair } from '../core/scheduling/repair.ts'
import { protocols } from '../knowledge/protocols.ts'
import { given } from './arguments.ts'
import { WrongUse, type Command } from './command.ts'
import { readRequest, requestSchema, type Asked } from './plan-request.ts'

export const planCommand: Command = {
  usage: 'kap plan [REQUEST.json] [--schema]',
  says: 'Plans a whole course from one request: up to three proposals with their scores taken apart, or why none fits and what would have to give. With booked visits and a change it repairs them instead, moving as few others as possible.\n      --schema prints what a request may hold, as JSON Schema. Nothing is booked by this.',
  async run(args, { out, err, readText }) {
    const asked = given(args, { schema: 'flag' })
    const [file = '-', ...more] = asked.positionals
    if (more.length > 0) throw new WrongUse('Name one request, or none for standard input.')
    if (asked.values['schema'] === true) {
      out(JSON.stringify(z.toJSONSchema(requestSchema(protocols), { io: 'input' }), null, 2))
      return 0
    }
    const read = readRequest(await readText(file), protocols)
    if (!read.ok) {
      const { line, key, message } = read.refusal
      err(`Line ${line}${key === undefined ? '' : `, ${key}`}: ${message}. Nothing was planned: put it right and ask again.`)
      return 1
    }
    const answer = answerTo(read.value)
    out(JSON.stringify(answer, null, 2))
    return 'impossible' in answer ? 1 : 0
  },
}

function answerTo({ request, repair: mended }: Asked) {
  if (!mended) return planCourse(request)
  const found = repair(request, mended.booked, mended.change)
  return found.ok ? found.value : found.refusal
}
