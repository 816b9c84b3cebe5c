import type { FormChoice } from '../../core/measures/own-copy.ts'
import type { Context } from './database.ts'

type Asked = Pick<Context, 'client' | 'actor'>
export interface FormChoiceRow extends FormChoice { readonly textSha256: string | null }

/** Everything signed about questionnaires here, oldest first. Whoever has left has no name that others may read; what they signed stays. */
export async function formChoices({ client, actor }: Asked): Promise<FormChoiceRow[]> {
  const { rows } = await client.query<Omit<FormChoiceRow, 'copy'> & { words: string | null }>(
    { name: 'form-choices', text: `select c.instrument, c.version, c.kind, c.statement, c.words, c.text_sha256 as "textSha256", coalesce(p.given_name || ' ' || p.family_name, 'Somebody who has left') as by, c.made_at as at
       from app.form_choice c left join app.person p on p.practice_id = c.practice_id and p.person_id = c.made_by where c.practice_id = $1 order by c.made_at, c.choice_id`, values: [actor.practice] })
  return rows.map(({ words, ...row }) => ({ ...row, copy: words === null ? null : (JSON.parse(words) as FormChoice['copy']) }))
}

export interface SignedForm {
  readonly id: string
  readonly instrument: string
  readonly version: string
  readonly kind: FormChoice['kind']
  readonly statement: string
  readonly copy?: { readonly words: string; readonly wordsSha256: string; readonly textSha256: string }
}

/** Adds one signature. The same one sent twice is one; answers false where something else stands under its number. */
export async function signForm({ client, actor }: Asked, { id, instrument, version, kind, statement, copy }: SignedForm, at: string): Promise<boolean> {
  await client.query('insert into app.form_choice (practice_id, choice_id, instrument, version, kind, statement, words, words_sha256, text_sha256, made_by, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (practice_id, choice_id) do nothing',
    [actor.practice, id, instrument, version, kind, statement, copy?.words ?? null, copy?.wordsSha256 ?? null, copy?.textSha256 ?? null, actor.person, at])
  const { rowCount } = await client.query('select from app.form_choice where practice_id = $1 and choice_id = $2 and instrument = $3 and kind = $4 and statement = $5 and words_sha256 is not distinct from $6', [actor.practice, id, instrument, kind, statement, copy?.wordsSha256 ?? null])
  return rowCount === 1
}
