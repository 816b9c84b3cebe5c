import { plusMinutes } from '../../core/shared/time.ts'
import { asJob } from '../http/job.ts'
import type { Shell } from '../http/shell.ts'
import { takeOverEntries } from '../http/take-over.ts'
import { KEPT_HOURS } from '../http/joint.ts'
import type { Outgoing } from '../outside/mail.ts'
import type { TextCarrier } from '../outside/texts.ts'
import { forgetRuns } from '../store/planning-runs.ts'
import { every } from './every.ts'
import { callOnCall } from './call-on-call.ts'
import { carryMail, carryTexts } from './carry-mail.ts'
import { countOutcomes } from '../outcomes.ts'
import { continueTherapy } from './continue-therapy.ts'
import { askAfterwards } from './ask-afterwards.ts'
import { askQuestions } from './ask-questions.ts'
import { inviting } from './invite.ts'
import { followUp } from './follow-up.ts'
import { lookForFirstVisits } from './look-for-first-visits.ts'
import { passOn } from './pass-on.ts'
import { printDowntime } from './print-downtime.ts'
import { readCalendars } from './read-calendars.ts'
import { remind } from './remind.ts'
import { offerTimes } from './offer-times.ts'
import { watchCare } from './watch-care.ts'
import { tellChanges } from './tell-changes.ts'
import { tellOffers } from './tell-offers.ts'
import { sealAudit } from './seal-audit.ts'
import { sessionWatch } from './watch-sessions.ts'
import { sweepFiles } from './sweep-files.ts'
import { endedTokens, standingOtherwise } from './watch-streams.ts'

const SEALED_AT_ONCE = 2_000

/** What goes on by itself: watching running sessions, calling whoever is on call, following up what was appended, taking medicine over into the ledger, counting what the figures of the practice rest on, sealing the audit, making tomorrow’s sheets ready, reading the calendars of people who work here, looking for free first visits, booking therapy on that runs without an end, inviting to visits, reminding of them, asking for questionnaires, asking how it is after a session, looking after people between visits, telling patients of visits that were moved or cancelled, offering times that came free to those who would come sooner, carrying mail and text messages, deleting bytes that no entry names, forgetting old joint plans, passing on what nobody acknowledged, and ending streams whose sign-in has ended or whose reader stands otherwise to the chart by now. Answers how to stop. */
export function startJobs(shell: Shell, { mail, texts }: { readonly mail: Outgoing | undefined; readonly texts: TextCarrier | undefined }): () => Promise<void> {
  const eachPractice = async (work: (practice: string) => Promise<unknown>) => {
    const { rows } = await shell.database.pool.query<{ practice_id: string }>('select practice_id from app.practices($1)', [shell.database.key])
    for (const { practice_id } of rows) await work(practice_id)
  }
  const lookedThrough = new Set<string>()
  const watch = sessionWatch(shell)
  const invite = inviting(shell, mail?.from ?? 'practice@example.org')
  const stops = [
    every(2_000, 'watch streams', shell.log, async () => {
      for (const token of await endedTokens(shell.database, shell.live.tokens())) shell.live.endToken(token)
      for (const reader of await standingOtherwise(shell.database, shell.live.readers())) reader.end()
    }),
    every(5_000, 'seal the audit', shell.log, () => eachPractice(async (practice) => {
      const sealed = await asJob(shell, practice, (client) => sealAudit(client, practice, { most: SEALED_AT_ONCE, whole: !lookedThrough.has(practice) }), true)
      if (sealed !== undefined && sealed < SEALED_AT_ONCE) lookedThrough.add(practice)
    })),
    every(30_000, 'pass on what nobody acknowledged', shell.log, () => eachPractice((practice) => asJob(shell, practice, (client) => passOn(client, practice, shell.clock.now()), true))),
    every(5_000, 'call whoever is on call', shell.log, () => eachPractice((practice) => callOnCall(shell, practice)), { atOnce: true, moved: shell.clock.moved }),
    every(1_000, 'watch running sessions', shell.log, () => eachPractice(watch), { atOnce: true }),
    every(5_000, 'follow up', shell.log, () => eachPractice((practice) => followUp(shell, practice)), { atOnce: true }),
    every(5_000, 'take medicine over into the ledger', shell.log, () => eachPractice((practice) => takeOverEntries(shell, practice)), { atOnce: true }),
    every(20_000, 'count what figures rest on', shell.log, () => eachPractice((practice) => countOutcomes(shell, practice)), { atOnce: true, moved: shell.clock.moved }),
    every(60_000, 'make the downtime sheets ready', shell.log, () => eachPractice((practice) => printDowntime(shell, practice))),
    // The sample practice's outbox takes text messages as it takes mail: they are read there.
    every(20_000, 'remind of visits', shell.log, () => eachPractice((practice) => remind({ ...shell, texts: texts !== undefined || shell.sample }, practice)), { moved: shell.clock.moved }),
    every(20_000, 'ask for questionnaires', shell.log, () => eachPractice((practice) => askQuestions({ ...shell, texts: texts !== undefined || shell.sample }, practice)), { moved: shell.clock.moved }),
    every(60_000, 'ask how it is afterwards', shell.log, () => eachPractice((practice) => askAfterwards({ ...shell, texts: texts !== undefined || shell.sample }, practice)), { moved: shell.clock.moved }),
    every(20_000, 'look after people between visits', shell.log, () => eachPractice((practice) => watchCare(shell, practice)), { moved: shell.clock.moved }),
    every(5_000, 'tell of changed visits', shell.log, () => eachPractice((practice) => tellChanges({ ...shell, texts: texts !== undefined || shell.sample }, practice))),
    every(3_000, 'offer times that came free', shell.log, () => eachPractice((practice) => offerTimes(shell, practice))),
    every(5_000, 'tell of offered times', shell.log, () => eachPractice((practice) => tellOffers({ ...shell, texts: texts !== undefined || shell.sample }, practice))),
    every(5 * 60_000, 'look for first visits', shell.log, () => eachPractice((practice) => lookForFirstVisits(shell, practice)), { atOnce: true }),
    every(10 * 60_000, 'forget old joint plans', shell.log, () => eachPractice((practice) => asJob(shell, practice, (client) => forgetRuns(client, practice, plusMinutes(shell.clock.now(), -60 * KEPT_HOURS))))),
    every(30 * 60_000, 'book therapy on', shell.log, () => eachPractice((practice) => continueTherapy(shell, practice))),
    every(6 * 60 * 60_000, 'sweep files that no entry names', shell.log, () => eachPractice((practice) => sweepFiles(shell, practice))),
    every(10_000, 'read other calendars', shell.log, () => eachPractice((practice) => readCalendars(shell, practice))),
    // The sample practice's mail is read in its outbox; elsewhere nobody is invited by mail that does not go out.
    ...(mail || shell.sample ? [every(5_000, 'invite to visits', shell.log, () => eachPractice(invite))] : []),
    ...(mail ? [every(5_000, 'carry mail', shell.log, () => eachPractice((practice) => asJob(shell, practice, (client) => carryMail(client, practice, mail, shell.clock.now()), true)))] : []),
    ...(texts ? [every(5_000, 'carry text messages', shell.log, () => eachPractice((practice) => asJob(shell, practice, (client) => carryTexts(client, practice, texts, shell.clock.now()), true)))] : []),
  ]
  return async () => void (await Promise.all(stops.map((stop) => stop())))
}
