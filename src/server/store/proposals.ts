import type { Role } from '../../core/access/roles.ts'
import type { Context } from './database.ts'

type Asked = Pick<Context, 'client' | 'actor'>

/** A proposal as it was signed, and what became of it. `sha256` is what was stored beside it, `isSha256` what it is now. */
export interface ProposalRow {
  readonly id: string
  readonly content: string
  readonly sha256: string
  readonly isSha256: string
  readonly by: string
  readonly name: string
  readonly active: boolean
  readonly roles: readonly Role[]
  readonly at: string
  readonly answer: 'signed' | 'declined' | 'withdrawn' | null
  readonly answeredBy: string
  readonly answeredAt: string | null
  readonly answerReason: string | null
  readonly edition: number | null
}

/** Whoever is nothing here any more has no name that others may read. What they signed stays. */
const rowsWhere = (which: string) => `select p.proposal_id as id, p.content, p.content_sha256 as sha256, encode(sha256(convert_to(p.content, 'UTF8')), 'hex') as "isSha256", p.proposed_by as by, coalesce(b.given_name || ' ' || b.family_name, 'Somebody who has left') as name, coalesce(b.active, false) as active, p.proposed_at as at,
    array(select m.role from app.membership m where m.practice_id = p.practice_id and m.person_id = p.proposed_by) as roles,
    a.answer, coalesce(s.given_name || ' ' || s.family_name, 'Somebody who has left') as "answeredBy", a.answered_at as "answeredAt", a.reason as "answerReason", e.number as edition
  from app.edition_proposal p left join app.person b on b.practice_id = p.practice_id and b.person_id = p.proposed_by
  left join app.edition_answer a on a.practice_id = p.practice_id and a.proposal_id = p.proposal_id left join app.person s on s.practice_id = a.practice_id and s.person_id = a.answered_by
  left join app.rulebook_edition e on e.practice_id = p.practice_id and e.proposal_id = p.proposal_id
  where p.practice_id = $1 and ${which}`

/** Those that nobody has answered, and the last few that somebody has; newest first. */
export async function proposalRows({ client, actor }: Asked, answered: number): Promise<ProposalRow[]> {
  const open = await client.query<ProposalRow>({ name: 'proposals-open', text: `${rowsWhere('a.answer is null')} order by p.proposed_at desc`, values: [actor.practice] })
  const done = await client.query<ProposalRow>({ name: 'proposals-answered', text: `${rowsWhere('a.answer is not null')} order by a.answered_at desc limit $2`, values: [actor.practice, answered] })
  return [...open.rows, ...done.rows]
}

export async function proposalRow({ client, actor }: Asked, id: string): Promise<ProposalRow | undefined> {
  return (await client.query<ProposalRow>({ name: 'proposal', text: rowsWhere('p.proposal_id = $2'), values: [actor.practice, id] })).rows[0]
}

export async function addProposal({ client, actor }: Asked, { id, content, sha256, at }: Pick<ProposalRow, 'id' | 'content' | 'sha256' | 'at'>): Promise<void> {
  await client.query('insert into app.edition_proposal (practice_id, proposal_id, content, content_sha256, proposed_by, proposed_at) values ($1, $2, $3, $4, $5, $6)', [actor.practice, id, content, sha256, actor.person, at])
}

/** That it was signed is written with the edition, by the database. */
export async function answerProposal({ client, actor }: Asked, id: string, answer: 'declined' | 'withdrawn', reason: string, at: string): Promise<void> {
  await client.query('insert into app.edition_answer (practice_id, proposal_id, answer, reason, answered_by, answered_at) values ($1, $2, $3, $4, $5, $6)', [actor.practice, id, answer, reason, actor.person, at])
}
