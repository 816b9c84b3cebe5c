import { z } from 'zod'
import { choiceFacts, gapReasons, listFacts, numberFacts, yesNoFacts } from './facts.ts'
import { plainName } from './medicine.ts'
import { actions, type Condition, type EligibilityRule } from './rule.ts'

/**
 * The shape of a rule that arrives as JSON, from an edition or from a practice's own policy. The language is
 * closed: a key that is not in it is refused, so a misspelt test can never load as one that does nothing.
 */
const text = z.string().trim().min(1)
const noWhen = z.array(z.enum(gapReasons)).optional()
const plain = z.array(text.refine((name) => plainName(name) === name, 'written in lower case without signs')).min(1)
const codes = z.array(z.string().regex(/^[A-Z][A-Z0-9]*(\.[A-Z0-9]+)?$/))
const limit = z.number().optional()

const test = z.union([
  z.strictObject({ fact: z.enum(choiceFacts), is: text, noWhen }),
  z.strictObject({ fact: z.enum(yesNoFacts), is: z.boolean(), noWhen }),
  z.strictObject({ fact: z.enum(numberFacts), atLeast: limit, moreThan: limit, below: limit, atMost: limit, noWhen })
    .refine((row) => [row.atLeast, row.moreThan, row.below, row.atMost].some((bound) => bound !== undefined), 'a number is compared with something'),
  z.strictObject({ diagnosis: codes.min(1), except: codes.optional(), recorded: z.enum(['active', 'current', 'resolved', 'ever']) }),
  z.strictObject({ taking: plain, called: text }),
  z.strictObject({ allergicTo: plain }),
  z.strictObject({ uses: z.union([z.literal('any'), plain]), except: plain.optional(), status: z.array(z.enum(['active', 'early-remission', 'remission'])).min(1) }),
  z.strictObject({ anyIn: z.enum(listFacts), noWhen }),
  z.strictObject({ absent: z.enum([...numberFacts, ...choiceFacts, ...yesNoFacts, ...listFacts]) }),
])

export const conditionSchema: z.ZodType<Condition> = z.lazy(() => z.union([
  test,
  z.strictObject({ any: z.array(conditionSchema).min(1) }),
  z.strictObject({ all: z.array(conditionSchema).min(1) }),
  z.strictObject({ not: conditionSchema }),
])) as z.ZodType<Condition>

export const ruleSchema: z.ZodType<EligibilityRule> = z.strictObject({
  id: z.string().regex(/^[A-Z]\d\d$/),
  version: z.int().min(1),
  action: z.enum(actions),
  moment: z.enum(['screening', 'session-day']),
  when: conditionSchema,
  raises: z.strictObject({ flag: z.enum(['urgent', 'crisis']), when: conditionSchema }).optional(),
  says: text,
  plainly: text,
  liftedBy: text.optional(),
  codes,
  firedBy: z.enum(['test', 'codes', 'either']),
  screenedBy: text,
  basis: text,
  cites: z.tuple([text], text),
  tag: z.enum(['V', 'M', 'D', 'P']),
  verified: z.boolean(),
  reviewBy: z.iso.date(),
}) as unknown as z.ZodType<EligibilityRule>
