// What became of each change to the code, and whether what lives is excused. Without Stryker, so that it can be tested.

/** A change by its words and not by its line, which moves when anything above it does. */
export function said({ fileName, location, replacement }, texts) {
  const file = [...texts.keys()].find((name) => fileName === name || fileName.replaceAll('\\', '/').endsWith(`/${name}`)) ?? fileName
  const lines = (texts.get(file) ?? '').split('\n')
  const { start, end } = location
  const before = lines[start.line - 1]?.slice(0, start.column - 1) ?? ''
  const after = lines[end.line - 1]?.slice(end.column - 1) ?? ''
  const inOneLine = (text) => text.replace(/\s+/g, ' ').trim()
  return { file, line: start.line, was: inOneLine(lines.slice(start.line - 1, end.line).join('\n')), becomes: inOneLine(`${before}${replacement}${after}`) }
}

/** Noticed: a test failed, or the program went round in circles. What could not be run at all counts for nothing. */
export function scoreOf(mutants) {
  const ways = {}
  for (const { status } of mutants) ways[status] = (ways[status] ?? 0) + 1
  const caught = (ways.Killed ?? 0) + (ways.Timeout ?? 0)
  const all = caught + (ways.Survived ?? 0) + (ways.NoCoverage ?? 0)
  return { caught, all, ways, percent: all === 0 ? 0 : (100 * caught) / all }
}

/** What lives is either listed with its reason or has to be answered for; what is listed has to live, where its whole file was looked at. */
export function excuse(mutants, listed, wholeFiles) {
  const same = (a) => (b) => a.file === b.file && a.was === b.was && a.becomes === b.becomes
  const living = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
  return {
    unexplained: living.filter((one) => !listed.some((row) => same(one)(row) && row.reason?.trim())),
    excused: listed.filter((row) => living.some(same(row))),
    stale: listed.filter((row) => wholeFiles.includes(row.file) && !living.some(same(row))),
  }
}
