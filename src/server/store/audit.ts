import pg from 'pg'

export interface AuditLine {
  readonly at: string
  readonly action: string
  readonly outcome: 'done' | 'refused'
  readonly chart?: string | undefined
  readonly subject?: string | undefined
  readonly detail?: object
}

/** One audit line as a statement without parameters, so that it can travel with the commit. */
export function auditStatement({ at, action, outcome, chart, subject, detail }: AuditLine): string {
  const values = [at, action, outcome, chart, subject, JSON.stringify(detail ?? {})].map((value) => (value === undefined ? 'null' : pg.escapeLiteral(value)))
  return `select app.note(${values.join(', ')})`
}
