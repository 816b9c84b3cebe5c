import { useState } from 'react'
import { colleagueQuestions, type ColleagueQuestion } from '../../../../core/course/colleague-questions.ts'
import { roleNames } from '../../../../core/access/roles.ts'
import { plusMinutes } from '../../../../core/shared/time.ts'
import { Badge, Button, EmptyState, Notice, RadioTiles, Sheet, TextArea } from '../../../kit/index.ts'
import { minutesAndSeconds, shortName, wallTime, type Room } from '../room.ts'
import { useInRoom } from '../room-context.tsx'

interface InSheet { readonly room: Room }

/** Between the room and whoever is not in it: a question with its due time and its answer, on the record and not on somebody's telephone. */
export function QuestionsSheet({ room }: InSheet) {
  const { show } = useInRoom()
  const asked = colleagueQuestions(room.chart, room.now)
  const open = asked.filter(({ state }) => state !== 'answered')
  const answered = asked.filter(({ state, question }) => state === 'answered' && question.session === room.session.session)
  const away = room.used.connection === 'away'
  return (
    <Sheet open title="Questions and answers" reach="100%" onClose={() => show(null)}>
      <div className="r-form">
        {away && <Notice level="caution" what="There is no connection, so nobody outside this room would read it." next="Call them. What was asked before stands below." />}
        {open.map((one) => <Open key={one.question.id} asked={one} room={room} away={away} />)}
        {open.length === 0 && <EmptyState what="No question is open." />}
        {!away && <Ask room={room} />}
        {answered.map((one) => <div key={one.question.id}><p>{wallTime(one.question.at, room.zone)} {shortName(room.name(one.question.by))} to {shortName(room.name(one.question.body.to))}: {one.question.body.text}</p>{one.answers.map((answer) => <p key={answer.id}>{wallTime(answer.at, room.zone)} {shortName(room.name(answer.by))}: <b>{answer.body.text}</b></p>)}</div>)}
      </div>
    </Sheet>
  )
}

function Open({ asked: { question, state }, room, away }: { readonly asked: ColleagueQuestion; readonly room: Room; readonly away: boolean }) {
  const { run } = useInRoom()
  const [text, setText] = useState('')
  const { to, dueAt } = question.body
  const mine = question.by === room.used.me.person
  return (
    <form className="r-alert" aria-label={`Question: ${question.body.text}`} onSubmit={(event) => { event.preventDefault(); if (text.trim()) void run(async () => { await room.write('question-answered.v1', { question: question.id, text: text.trim() }); setText('') }, 'stay', `answered ${question.id}`) }}>
      <p><b>{question.body.text}</b> <span className="soft">{shortName(room.name(question.by))} to {shortName(room.name(to))}, {wallTime(question.at, room.zone)}</span></p>
      {dueAt && <p>{state === 'overdue' ? <><Badge level="caution">overdue</Badge> An answer was expected {minutesAndSeconds(Date.parse(dueAt) - Date.parse(room.now))} ago.{mine && ' Call.'}</> : `An answer is expected within ${minutesAndSeconds(Date.parse(dueAt) - Date.parse(room.now))}.`}</p>}
      {!mine && !away && (
        <>
          <TextArea label={`Answer to: ${question.body.text.slice(0, 60)}`} value={text} onChange={setText} maxLength={2000} />
          <div className="k-buttons"><Button kind="primary" size="room" type="submit" disabled={!text.trim()}>Answer</Button></div>
        </>
      )}
    </form>
  )
}

/** A prescriber has as long to answer as the rules give for an alert; nobody else is held to it. */
function Ask({ room }: InSheet) {
  const { run } = useInRoom()
  const { me, head } = room.used
  const others = [...new Map((head?.team ?? []).filter(({ person, role }) => person !== me.person && (role === 'therapist' || role === 'prescriber' || role === 'monitor' || role === 'medical-director')).map((one) => [one.person, one])).values()]
  const likely = others.find(({ role }) => role === (room.roles.includes('prescriber') ? 'therapist' : 'prescriber'))
  const [to, setTo] = useState<string | null>(likely?.person ?? null)
  const [text, setText] = useState('')
  const { prescriberAnswersWithinSec } = room.rules.book.monitoring.escalation
  const timed = others.some(({ person, role }) => person === to && role === 'prescriber')
  const ask = () => run(async () => {
    await room.write('question-asked.v1', { to: to!, text: text.trim(), ...(timed ? { dueAt: plusMinutes(room.now, prescriberAnswersWithinSec / 60) } : {}) })
    setText('')
  }, 'stay', 'asked')
  return (
    <form className="r-form" aria-label="Ask" onSubmit={(event) => { event.preventDefault(); if (to && text.trim()) void ask() }}>
      <RadioTiles label="Whom you ask" choices={others.map(({ person, name, role }) => ({ value: person, label: name, hint: roleNames[role] }))} value={to} onChange={setTo} />
      <TextArea label="What you ask" value={text} onChange={setText} maxLength={2000} hint={timed ? `An answer is expected within ${prescriberAnswersWithinSec / 60} minutes. If it cannot wait, call.` : undefined} />
      <div className="k-buttons"><Button kind="primary" size="room" type="submit" disabled={!to || !text.trim()}>Ask</Button></div>
    </form>
  )
}
