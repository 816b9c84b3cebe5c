/** One defence taken away. The text of a module is changed on its way into the simulation; no switch for it stands in the product. */
export interface Fault {
  readonly id: string
  readonly file: string
  readonly was: string
  readonly becomes: string
  readonly what: string
}
const sync = (file: string) => `src/web/sync/${file}`
const core = (file: string) => `src/core/${file}`

const outbox: readonly Fault[] = [
  { id: 'ack-before-disk', file: sync('outbox.ts'), was: 'await store.putAct(act)', becomes: 'void store.putAct(act).catch(() => {})', what: 'an act counts as recorded before it lies on the disk' },
  { id: 'not-kept', file: sync('outbox.ts'), was: 'await store.putAct(act)', becomes: 'await Promise.resolve()', what: 'an act is never put on the disk' },
  { id: 'settled-in-memory', file: sync('outbox.ts'), was: 'await store.settle(act, stored)', becomes: 'await Promise.resolve()', what: 'what was sent stays on the disk as if it were not' },
  { id: 'settle-before-send', file: sync('outbox.ts'), was: 'const stored = asStored(act, await post(act))', becomes: 'await store.withdraw(act.id); const stored = asStored(act, await post(act))', what: 'an act leaves the disk before the server has it' },
  { id: 'stays-in-memory', file: sync('outbox.ts'), was: 'change(without(act.id))\n        broken', becomes: 'broken', what: 'what was sent goes on waiting on its page' },
  { id: 'refused-dropped', file: sync('outbox.ts'), was: 'await store.park(act.id, problem)\n        change(marked(act.id, problem))', becomes: 'await store.withdraw(act.id)\n        change(without(act.id))', what: 'a refused act is thrown away' },
  { id: 'parked-once-told', file: sync('outbox.ts'), was: '        await reload()\n      }', becomes: '      }', what: 'what another tab sent again, before this one knew that it was refused, stays a problem here' },
  { id: 'refused-blocks', file: sync('outbox.ts'), was: 'change(marked(act.id, problem))\n        //', becomes: 'change(acts)\n        return false\n        //', what: 'a refused act holds up what comes after it' },
  { id: 'parked-in-memory', file: sync('outbox.ts'), was: 'await store.park(act.id, problem)', becomes: 'await Promise.resolve()', what: 'that an act was refused is forgotten with the page' },
  { id: 'signed-out-refuses', file: sync('outbox.ts'), was: 'if (status === 401 || status === 408', becomes: 'if (status === 408', what: 'the end of a sign-in sets acts aside as problems' },
  { id: 'signed-out-drops', file: sync('outbox.ts'), was: 'out = failure\n      change(acts)', becomes: 'out = failure\n      void store.withdraw(id)\n      change(without(id))', what: 'the end of a sign-in drops an act' },
  { id: 'away-is-no', file: sync('outbox.ts'), was: "if (!(failure instanceof Refused)) return undefined", becomes: "if (!(failure instanceof Refused)) return { code: 'away', say: 'No.', list: [] }", what: 'no answer is taken for a no' },
  { id: 'database-away-is-no', file: sync('outbox.ts'), was: " || code === 'database.away'", becomes: '', what: 'a database that is away becomes a problem after eight tries' },
  { id: 'one-break-is-no', file: sync('outbox.ts'), was: 'const BREAKS = 8', becomes: 'const BREAKS = 1', what: 'a server that broke once has said no' },
  { id: 'all-at-once', file: sync('outbox.ts'), was: 'for (const act of waiting) {\n      try {', becomes: 'const all = await Promise.all(waiting.map((one) => lane1([one])))\n    return all.every(Boolean)\n  }\n  async function lane1(waiting: readonly Act[]): Promise<boolean> {\n    for (const act of waiting) {\n      try {', what: 'acts of one lane are sent side by side' },
  { id: 'newest-first', file: sync('outbox.ts'), was: ': [...acts, act])', becomes: ': [act, ...acts])', what: 'the newest act is sent first' },
  { id: 'order-after-restart', file: sync('outbox.ts'), was: 'let acts = (await store.acts()) ?? []', becomes: 'let acts = [...((await store.acts()) ?? [])].reverse()', what: 'a restart turns the order round' },
  { id: 'half-an-answer', file: sync('outbox.ts'), was: 'if (!known) throw new Offline()', becomes: "if (!known) return { ...entry, seq: 1, digest: '', receivedAt: entry.at } as StoredEntry", what: 'an answer that leaves an entry out is believed' },
  { id: 'reload-once', file: sync('outbox.ts'), was: 'if (acts === before) { readings += 1; change(kept); return }', becomes: 'readings += 1; change(kept); return', what: 'what is written while another tab is heard is overlooked' },
  { id: 'sent-elsewhere', file: sync('outbox.ts'), was: 'await Promise.all([...new Set(gone.map(({ chart }) => chart))].map(settledElsewhere))', becomes: 'void gone', what: 'what another tab sent is missing here until the stream tells' },
]

const device: readonly Fault[] = [
  { id: 'stream-on-chart', file: sync('device.ts'), was: "if (act.stream === 'chart') charts.get", becomes: 'charts.get', what: 'a psychotherapy note, once sent, stands on the chart' },
  { id: 'other-chart', file: sync('device.ts'), was: "if (act.stream === 'chart') charts.get(act.chart)?.settled(stored)", becomes: "if (act.stream === 'chart') for (const copy of charts.values()) copy.settled(stored)", what: 'what was sent on one chart appears on every chart' },
  { id: 'clock-put-back', file: sync('later.ts'), was: 'leftMs -= Math.max(0, now - lastMs)', becomes: 'leftMs -= now - lastMs', what: 'a clock put back by an hour makes every wait an hour longer' },
  { id: 'opening-unheard', file: sync('device.ts'), was: '  catchUp()\n\n  return', becomes: '\n  return', what: 'what another tab wrote while this one opened is not seen' },
  { id: 'not-awaited', file: sync('device.ts'), was: 'await outbox.add(act)', becomes: 'void outbox.add(act).catch(() => {})', what: 'a page says recorded before the disk did' },
  { id: 'amends-left-out', file: sync('act-of.ts'), was: 'session, amends, body: judge', becomes: 'session, body: judge', what: 'a correction forgets what it corrects' },
  { id: 'session-left-out', file: sync('act-of.ts'), was: 'session, amends, body: judge', becomes: 'amends, body: judge', what: 'an entry forgets its session' },
  { id: 'other-tabs-unheard', file: sync('device.ts'), was: 'store.onOtherTab(() => void lookAgain().then(async () => { if (!replaced && (await moreUnread())) catchUp() }).catch(() => {})),', becomes: '', what: 'another tab is not listened to' },
]

const ended: readonly Fault[] = [
  { id: 'key-outlives', file: sync('device.ts'), was: "why?.code === 'sign-in.other' ? Promise.resolve() : memory.forget()", becomes: 'Promise.resolve()', what: 'the key of what was read is left behind when a sign-in has ended' },
  { id: 'lock-keeps-keys', file: sync('device.ts'), was: 'if (locked) closeUp()\n    change()', becomes: 'change()', what: 'a locked page keeps what opens the store' },
  { id: 'lock-keeps-chart', file: sync('device.ts'), was: 'vault.close()\n    for (const copy of charts.values()) copy.close()\n  }\n  const opened', becomes: 'vault.close()\n  }\n  const opened', what: 'a locked page keeps its charts in memory' },
  { id: 'head-reopens', file: sync('chart-copy.ts'), was: 'if (!head || shut || listeners', becomes: 'if (!head || listeners', what: 'whose chart it is comes back to a closed page by an answer that came late' },
  { id: 'unread-is-none', file: sync('outbox.ts'), was: 'if (!kept) continue', becomes: 'if (!kept) { change([]); return }', what: 'what was read in the moment in which somebody opened the page is taken for none' },
  { id: 'closed-is-gone', file: sync('outbox.ts'), was: 'const lying = await store.lying()', becomes: 'const lying = new Set<string>()', what: 'what cannot be read while a page is locked is taken for sent' },
  { id: 'closed-goes-on', file: sync('outbox.ts'), was: 'change(before.filter(({ id }) => lying.has(id)))', becomes: 'change(before)', what: 'what another tab has sent goes on waiting on a page whose sign-in has ended' },
  { id: 'plain-brought', file: sync('bring.ts'), was: 'sealed: toBase64(server.sealed) }', becomes: 'sealed: JSON.stringify(about) }', what: 'what could not be sent is brought readable' },
  { id: 'brought-unkept', file: sync('bring.ts'), was: 'try {\n      await bring(one)', becomes: 'await brought(one.act)\n    try {\n      await bring(one)', what: 'an act counts as brought before the server has it' },
  { id: 'brought-once', file: sync('bring.ts'), was: 'if (!done && !ended) stop', becomes: 'if (ended) stop', what: 'what could not be brought at once is not brought again' },
  { id: 'not-brought', file: sync('device.ts'), was: '.then(own.all)', becomes: '', what: 'what could not be sent is not brought when a sign-in has ended' },
  { id: 'replaced-goes-on', file: sync('device.ts'), was: 'await endIfReplaced()\n    if (!replaced) await outbox.reload()', becomes: 'await outbox.reload()', what: 'a page whose keys another one has replaced goes on, and reads nothing that is written from then on' },
  { id: 'dropped-for-good', file: sync('bring.ts'), was: 'failure.status === 429 || failure.status >= 500) return false', becomes: 'failure.status === 429) return false', what: 'a server that broke has taken what was brought' },
  { id: 'adopted-again', file: core('chart/quarantine.ts'), was: "entries.every(onChart) ? 'arrived' : 'open'", becomes: "'open'", what: 'what has come in the usual way is adopted as well' },
  { id: 'decided-again', file: core('chart/quarantine.ts'), was: 'if (decision !== null) return decision', becomes: '', what: 'what was discarded can be adopted afterwards' },
]

const sending: readonly Fault[] = [
  { id: 'no-second-try', file: sync('keep-sending.ts'), was: 'cancel = later(() => void run(), Math.max(FIRST_WAIT_MS, waitMs - waitedMs) * (0.75 + chance() / 2))', becomes: 'cancel = () => {}', what: 'nothing is sent again by itself' },
  { id: 'patience-grows', file: sync('keep-sending.ts'), was: 'Math.min(waitMs * 2, LONGEST_WAIT_MS)', becomes: 'waitMs * 2', what: 'the pause between two tries grows without end' },
  { id: 'not-woken', file: sync('keep-sending.ts'), was: 'if (count > known) void run()', becomes: 'void run', what: 'a new act does not wake the sender' },
]

const copy: readonly Fault[] = [
  { id: 'one-too-far', file: sync('chart-copy.ts'), was: 'lastSeq: Math.max(after, lastSeq), entries: entries.length', becomes: 'lastSeq: Math.max(after, lastSeq) + 1, entries: entries.length', what: 'the number heard is counted one too far' },
  { id: 'number-alone', file: sync('chart-copy.ts'), was: 'keep({ entries, after,', becomes: 'keep({ after,', what: 'the number is kept without its entries' },
  { id: 'number-jumps', file: sync('chart-copy.ts'), was: 'copy = { ...copy, entries: merge(copy.entries, stored) }', becomes: 'copy = { ...copy, lastSeq: Math.max(copy.lastSeq, ...stored.map(({ seq }) => seq)), entries: merge(copy.entries, stored) }', what: 'the number of one’s own entry stands for everything before it' },
  { id: 'no-gap-check', file: sync('device-store.ts'), was: 'heardAt } : {}', becomes: 'heardAt } : { lastSeq: Math.max(copy.lastSeq, lastSeq) }', what: 'a later number is kept though what lies before it was not' },
  { id: 'heard-past-gap', file: sync('device-store.ts'), was: 'heardAt } : {}', becomes: 'heardAt } : { heardAt }', what: 'a copy counts as heard of though what lies before it was not kept' },
  { id: 'kept-in-memory', file: sync('chart-copy.ts'), was: 'copy = { ...kept, entries: merge(copy.entries, kept.entries) }', becomes: 'copy = kept', what: 'what was settled while a copy was read is lost from the page' },
  { id: 'own-unseen', file: sync('chart-copy.ts'), was: 'const seen: Entry[] = [...waiting.flatMap(({ entries }) => entries), ', becomes: 'const seen: Entry[] = [', what: 'what waits to be sent is not on its chart' },
  { id: 'settled-unseen', file: sync('chart-copy.ts'), was: 'copy = { ...copy, entries: merge(copy.entries, stored) }', becomes: 'void stored', what: 'what was just sent vanishes until the stream brings it' },
  { id: 'waiting-everywhere', file: sync('chart-copy.ts'), was: "act.chart === chart && act.stream === 'chart'", becomes: "act.stream === 'chart'", what: 'what waits on one chart stands on every chart' },
  { id: 'notes-on-chart', file: sync('chart-copy.ts'), was: "act.chart === chart && act.stream === 'chart'", becomes: 'act.chart === chart', what: 'a psychotherapy note that waits stands on the chart' },
  { id: 'refused-corrects', file: sync('chart-copy.ts'), was: 'entries.filter((entry) => !entry.amends)', becomes: 'entries', what: 'a refused correction takes away what it corrects' },
  { id: 'known-at-once', file: sync('live-stream.ts'), was: '>= upTo)', becomes: '>= 0)', what: 'a chart counts as known at the server’s first word, before anything of it has come' },
  { id: 'forgotten-known', file: sync('chart-copy.ts'), was: 'copy = emptyCopy\n    ready = false', becomes: 'copy = emptyCopy', what: 'a chart that was taken away and is given back counts as known before it is read' },
  { id: 'refused-for-ever', file: sync('chart-copy.ts'), was: 'refused = null\n    if (whole)', becomes: 'if (whole)', what: 'a chart that may be seen again still says no' },
  { id: 'shut-out-reads', file: sync('chart-copy.ts'), was: 'await keeping\n    return isShutOut() ? emptyCopy : parts', becomes: 'return parts', what: 'a page that was shut out reads what is just being deleted on its device' },
  { id: 'not-forgotten', file: sync('chart-copy.ts'), was: 'copy = emptyCopy\n    ready = false', becomes: 'ready = false', what: 'a page that was shut out keeps showing the chart' },
  { id: 'numbered-forgotten', file: sync('chart-copy.ts'), was: 'entries: entries.length > 0 ? merge(copy.entries, entries) : copy.entries', becomes: 'entries: entries.length > 0 ? merge(entries) : copy.entries', what: 'news takes the place of what was known' },
]

const stream: readonly Fault[] = [
  { id: 'resumes-too-late', file: sync('live-stream.ts'), was: 'parts.open(parts.chart, parts.after(), mine.signal)', becomes: 'parts.open(parts.chart, parts.after() + 1, mine.signal)', what: 'the stream goes on one after the next' },
  { id: 'silence-unnoticed', file: sync('live-stream.ts'), was: 'parts.later(() => running?.abort(), SILENCE_MS)', becomes: '() => {}', what: 'a stream that fell silent is waited on for ever' },
  { id: 'not-again', file: sync('live-stream.ts'), was: 'cancelRetry = parts.later(() => void connect(), ', becomes: 'cancelRetry = ((_: unknown, _ms: number) => () => {})(0, ', what: 'a stream that ended is not opened again' },
  { id: 'shut-out-for-ever', file: sync('live-stream.ts'), was: 'if (failure instanceof Refused && !closed) parts.refused(failure)', becomes: 'if (failure instanceof Refused && !closed) { parts.refused(failure); closed = true }', what: 'whoever is let in again hears nothing' },
  { id: 'cut-in-two', file: sync('live-stream.ts'), was: "rest = blocks.pop() ?? ''", becomes: "blocks.pop(); rest = ''", what: 'an event that came in two pieces is dropped' },
  { id: 'heard-after-close', file: sync('live-stream.ts'), was: 'if (closed) return // It was', becomes: '// It was', what: 'what was on its way when a chart was closed comes back into it' },
]

const clock: readonly Fault[] = [
  { id: 'offset-ignored', file: sync('clock.ts'), was: 'const ms = () => deviceMs() + offset', becomes: 'const ms = () => deviceMs()', what: 'the server’s time is not taken over' },
  { id: 'offset-once', file: sync('clock.ts'), was: 'const moved = Math.abs', becomes: 'const moved = offset === 0 && Math.abs', what: 'a clock is put right once and never again' },
  { id: 'offset-not-kept', file: sync('clock.ts'), was: 'keep(offset)\n', becomes: 'void keep\n', what: 'after a restart the clock is wrong again' },
  { id: 'offset-of-another', file: sync('clock.ts'), was: 'moved || Math.abs(kept() - offset) >= UNSTEADY_MS', becomes: 'moved', what: 'a wrong offset that another tab kept is never put right' },
]

const chart: readonly Fault[] = [
  { id: 'waiting-outranks', file: core('chart/chart.ts'), was: '(known.seq === undefined && entry.seq !== undefined)', becomes: 'entry.seq === undefined', what: 'a copy without a number outranks the numbered one' },
  { id: 'no-union', file: core('chart/chart.ts'), was: ') byId.set(entry.id, entry)', becomes: ') byId.set(entry.id, entry); else byId.set(`${entry.id} again`, entry)', what: 'the same entry twice is two entries' },
  { id: 'order-of-arrival', file: core('chart/chart.ts'), was: 'if (isSooner(entries[place]!, entries[place - 1]!)) return', becomes: 'if (false as boolean) return', what: 'a chart is read in the order of arrival' },
  { id: 'ties-by-arrival', file: core('chart/chart.ts'), was: ' || (a.at === b.at && a.id < b.id)', becomes: '', what: 'of two entries of one moment the first to arrive comes first' },
]

const session: readonly Fault[] = [
  { id: 'late-lane', file: core('session/lanes.ts'), was: "if (!closed) return { started", becomes: "if (closed || !closed) return { started", what: 'there is no late lane' },
  { id: 'late-by-arrival', file: core('session/lanes.ts'), was: "entry.receivedAt === undefined || entry.receivedAt > close.receivedAt ? 'arrived-after-close' : undefined", becomes: 'undefined', what: 'what arrived after the close is taken into a signed record' },
  { id: 'late-by-time', file: core('session/lanes.ts'), was: "if (entry.at > close.at) return 'happened-after-close'", becomes: '', what: 'what happened after the close is taken into a signed record' },
  { id: 'late-correction', file: core('session/lanes.ts'), was: 'sessionEntries([...inside, ...still])', becomes: 'sessionEntries(inside)', what: 'a late correction takes away what it corrects' },
  { id: 'close-moves', file: core('session/lanes.ts'), was: 'typed ? compared : received.toSorted(compare)[0]', becomes: 'typed ? compared : closed.receivedAt', what: 'a correction of the close moves it' },
  { id: 'answers-late', file: core('session/lanes.ts'), was: 'if (aboutTheRecord.includes(entry.kind)) return undefined', becomes: '', what: 'an answer given after the close is late' },
  { id: 'first-dose-stands', file: core('session/doses.ts'), was: 'given.length === 1 ? given[0] : resolved(step, given, entries)', becomes: 'given[0]', what: 'of two records of one dose the first stands, and nobody is asked' },
  { id: 'total-in-conflict', file: core('session/doses.ts'), was: 'conflicts.length > 0 ? undefined : steps.reduce((sum, step) => sum + step.stands!.body.doseUg, 0)', becomes: 'steps.reduce((sum, step) => sum + (step.stands ?? step.given[0]!).body.doseUg, 0)', what: 'a total is shown while a step is open' },
  { id: 'decided-unseen', file: core('session/doses.ts'), was: 'if (given.some((dose) => dose.writtenAt > decidedAt)) return undefined', becomes: '', what: 'a decision counts for a record nobody had seen' },
  { id: 'last-word', file: core('session/doses.ts'), was: 'if (named.length !== 1) return undefined', becomes: 'if (named.length === 0) return undefined', what: 'two people who say different things have decided' },
  { id: 'each-answers-all', file: core('session/alerts.ts'), was: ".filter((entry) => entry.body.alert === id)", becomes: '', what: 'an answer to one alert answers all' },
]

const said: readonly Fault[] = [
  { id: 'first-look-stands', file: core('session/room-gates.ts'), was: "kit: entries.latest('room-checked.v1')", becomes: "kit: entries.all('room-checked.v1')[0]", what: 'the first look through the emergency kit stands, not the last' },
  { id: 'first-word-stands', file: core('session/room-gates.ts'), was: "reachable: entries.latest('prescriber-reachable.v1')", becomes: "reachable: entries.all('prescriber-reachable.v1')[0]", what: 'whom to reach is what was said first' },
  { id: 'anybody-reads-back', file: core('session/hand-over.ts'), was: 'by === handed.body.to && by !== handed.by', becomes: 'by !== handed.by', what: 'anybody may read back what was handed to one' },
  { id: 'read-back-in-part', file: core('session/hand-over.ts'), was: ' && handed.body.items.every(({ item }) => body.readBack.includes(item))', becomes: '', what: 'a read-back that leaves something out counts' },
  { id: 'aside-is-taken', file: core('session/lanes.ts'), was: "review?.found === 'taken'", becomes: 'review !== undefined', what: 'what a clinician left aside is in the record' },
  { id: 'taken-is-late', file: core('session/lanes.ts'), was: 'const waiting = late.filter((one) => !isTaken(one))', becomes: 'const waiting = late', what: 'what a clinician took in stays outside the record' },
  { id: 'taken-forgotten', file: core('session/lanes.ts'), was: 'lateOf(version).every(isTaken)', becomes: 'lateOf(version).length === 0', what: 'what was taken in leaves the record again when a later correction of it arrives' },
  { id: 'paper-closed-as-typed', file: core('session/lanes.ts'), was: 'receivedAt: typed ? compared : received', becomes: 'receivedAt: received', what: 'a session on paper is closed to whatever is put right after it was compared' },
  { id: 'compared-for-ever', file: core('session/transcribed.ts'), was: '...comparedBy(checks, one.id) }]', becomes: '...comparedBy(checks, origin) }]', what: 'a line that was changed after it was compared counts as compared' },
]

const second: readonly Fault[] = [
  { id: 'second-over-itself', file: sync('second-log.ts'), was: ': [end, added]', becomes: ': [0, added]', what: 'what is added to the second place takes the place of what lies there' },
  { id: 'second-order', file: sync('second-place.ts'), was: 'acts.toSorted((a, b) => (a.place ?? 0) - (b.place ?? 0))', becomes: 'acts.toReversed()', what: 'what comes back from the second place comes in another order than it was written in' },
  { id: 'second-as-arrived', file: sync('second-place.ts'), was: 'acts.toSorted((a, b) => (a.place ?? 0) - (b.place ?? 0))', becomes: 'acts', what: 'what comes back from the second place comes in the order in which it got there' },
  { id: 'heard-goes-last', file: sync('outbox.ts'), was: 'change(acts.some(({ id }) => id === act.id) ? acts : [...acts, act])', becomes: 'change([...without(act.id), act])', what: 'what another tab has heard of already goes to the end of the queue' },
  { id: 'second-cut-waiting', file: sync('second-log.ts'), was: '![...stands.keys()].some((name) => name.startsWith(ACT))', becomes: 'due.some(({ value }) => value === undefined) && (stands.clear(), true)', what: 'the second place is cut short while something waits' },
  { id: 'second-unread', file: 'src/web/sync/testing/tablet.ts', was: '  disk.fillAgain()\n', becomes: '', what: 'what lies in the second place is not put back' },
]

const off: readonly Fault[] = [
  { id: 'taken-off-stays', file: sync('outbox.ts'), was: 'await store.withdraw(id)\n      change', becomes: 'change', what: 'what somebody took off their device lies there still' },
  { id: 'taken-off-shown', file: sync('outbox.ts'), was: 'await store.withdraw(id)\n      change(without(id))', becomes: 'await store.withdraw(id)', what: 'what somebody took off their device is shown there still' },
  { id: 'second-mark-missing', file: 'src/web/sync/testing/disk.ts', was: 'owner.marks.add(id); tell()', becomes: 'tell()', what: 'what was taken off while the second place was away comes back from it' },
  { id: 'second-garbled', file: sync('second-log.ts'), was: 'if (next < 0) break\n', becomes: 'if (next < 0 || end < next) break\n', what: 'what stands in the second place behind something garbled is not found' },
  { id: 'second-unchecked', file: sync('second-log.ts'), was: 'size <= view.byteLength && checksum(bytes.subarray(at + 4, at + 8), bytes.subarray(at + HEAD, at + size)) === view.getUint32(8) ? size : 0', becomes: 'size <= view.byteLength ? size : 0', what: 'a garbled record of the second place is taken as it is' },
  { id: 'no-to-touch-unread', file: core('session/touch.ts'), was: "takenBack(chart, 'touch', until) ??", becomes: '', what: 'a consent to touch that was taken back still stands' },
  { id: 'letter-cut', file: sync('live-stream.ts'), was: 'decoder.decode(value, { stream: true })', becomes: 'decoder.decode(value)', what: 'a letter that came in two pieces is garbled' },
]

const lent: readonly Fault[] = [
  { id: 'guest-as-host', file: sync('guests.ts'), was: 'actOf({ ...me, person: who.person }', becomes: 'actOf(me', what: 'what a guest signed stands under the name of whoever lent the device' },
  { id: 'guest-after-end', file: core('chart/lent.ts'), was: 'guest.ended || signature.signedAt', becomes: 'signature.signedAt', what: 'a signature of a guest is taken after something ended them' },
  { id: 'guest-tries-uncounted', file: sync('guests.ts'), was: '{ ...one, triesLeft: (triesLeft = one.triesLeft - 1) }', becomes: '((triesLeft = one.triesLeft - 1), one)', what: 'a wrong PIN of a guest counts for nothing' },
  { id: 'guest-tries-kept', file: sync('guests.ts'), was: '{ ...one, triesLeft: PIN_TRIES } : one)))\n      // By', becomes: 'one : one)))\n      // By', what: 'a right PIN gives a guest no try back' },
  { id: 'guest-any-pin', file: sync('guests.ts'), was: 'const key = triesLeft < 0 ? undefined : await opened(known, keys, pin)', becomes: "const key = await opened(known, keys, '2468')", what: 'any PIN opens what a guest signs with' },
  { id: 'guest-proof-elsewhere', file: sync('guests.ts'), was: 'proven(key, who.chart, entry)', becomes: 'proven(key, who.session, entry)', what: 'a guest’s proof is of something else than what is sent' },
  { id: 'guest-over-time', file: sync('guests.ts'), was: '      if (known.until <= signedAt) return cannot(who.name, known)\n', becomes: '', what: 'a guest signs whose time ended while the PIN was looked at' },
  { id: 'guest-stays', file: sync('guests.ts'), was: 'if ((await shelf.all()).some(isOver))', becomes: 'if (false as boolean)', what: 'a guest stays on a device whom the server has ended' },
  { id: 'guest-not-kept', file: sync('guests.ts'), was: 'await add({ ...act,', becomes: 'void add({ ...act,', what: 'what a guest signed counts as recorded before it lies on the disk' },
  { id: 'guest-not-adopted', file: core('chart/quarantine.ts'), was: '(lentOf(entry)?.by ?? entry.by) !== brought.person', becomes: 'entry.by !== brought.person', what: 'what a guest signed is taken for another’s when it is brought' },
]

const server = 'src/web/sync/testing/server.ts'
const simulated: readonly Fault[] = [
  { id: 'server-no-dedupe', file: server, was: 'const known = kept.byId.get(draft.id) ?? fresh', becomes: 'const known = fresh', what: 'the server stores an act twice that is sent twice' },
  { id: 'server-half', file: server, was: 'if (!known) fresh.push(entry)', becomes: 'if (!known) keep(name, [entry])', what: 'the server stores half of an act that it refuses' },
  { id: 'server-pull', file: server, was: '.slice(after).filter', becomes: '.slice(after + 1).filter', what: 'the server’s answer begins one too late' },
  { id: 'server-amends', file: server, was: "if (draft.amends && !here(draft.amends)) throw new Refused(422, 'entry.amends-unknown', 'What this corrects is not here.')", becomes: '', what: 'the server takes a correction of nothing' },
  { id: 'server-gap', file: 'src/web/sync/testing/in-order.ts', was: 'if (entry.seq > last) early.set(entry.seq, entry)', becomes: 'if (entry.seq > last) { last = entry.seq; pass([entry], last) }', what: 'the stream passes on what it hears, in the order in which it hears it' },
  { id: 'server-anybody', file: 'src/web/sync/testing/tablet.ts', was: "if (who !== person) throw new Refused(401, 'sign-in.other', 'Somebody else has signed in.')", becomes: '', what: 'what one person wrote is stored under the name of whoever signed in after them' },
  { id: 'guest-under-host', file: 'src/web/sync/testing/guests.ts', was: 'world.server.append(proven(entries, chart, sender), act)', becomes: '(proven(entries, chart, sender), world.server.append(sender, act))', what: 'the server stores what a guest signed under the name of whoever lent the device' },
  { id: 'server-shows-all', file: 'src/web/sync/testing/road.ts', was: 'fresh.filter((entry) => reads(entry, standing))', becomes: 'fresh', what: 'the live stream shows what this person may not read' },
]

export const faults: readonly Fault[] = [...outbox, ...device, ...ended, ...sending, ...copy, ...stream, ...clock, ...chart, ...session, ...said, ...second, ...off, ...lent, ...simulated]
