interface Counts {
  /** Written here and not sent yet; refused by the server; sealed so that nothing opens them; somebody else's. */
  readonly waiting: number
  readonly problems: number
  readonly shut: number
  readonly others: number
}

/** What lies on this device and is not with the practice, in sentences; none where nothing does. `standing` says where what was refused is listed. */
export function keptHere({ waiting, problems, shut, others }: Counts, standing: string): string[] {
  return [
    ...(waiting > 0 ? [`${things(waiting)} you wrote ${waiting === 1 ? 'is' : 'are'} saved here and not sent yet: ${waiting === 1 ? 'it goes' : 'they go'} out by ${waiting === 1 ? 'itself' : 'themselves'} with a connection.`] : []),
    ...(problems > 0 ? [`${things(problems)} you wrote ${problems === 1 ? 'was' : 'were'} not taken: ${problems === 1 ? 'it stands' : 'they stand'} ${standing}, with what you can do.`] : []),
    ...(shut > 0 ? [`${things(shut)} you wrote cannot be opened any more: what is kept of ${shut === 1 ? 'it' : 'them'}, and what to do, stands ${standing}.`] : []),
    ...(others > 0 ? [`${things(others)} by somebody else ${others === 1 ? 'waits' : 'wait'} here, sealed: nobody can read ${others === 1 ? 'it' : 'them'}, and ${others === 1 ? 'it goes' : 'they go'} out once that person signs in here.`] : []),
  ]
}
const things = (count: number) => (count === 1 ? 'One thing' : `${count} things`)

/** What is said below those sentences where the browser keeps a second place. */
export const KEPT_TWICE = 'What is not sent lies here twice, sealed, so that it comes back if the browser loses what it kept. Before you give this device away, sign in here with a connection and look whether something still waits.'
