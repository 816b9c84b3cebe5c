const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })

/** A language by its code, in English; one typed in words is no code and keeps its words. */
export function languageName(code: string): string {
  try { return names.of(code) ?? code } catch { return code }
}
