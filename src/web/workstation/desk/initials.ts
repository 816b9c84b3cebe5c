/** "M. K.", for paper that others may see. */
export const initialsOf = (name: string): string => name.split(/\s+/).filter(Boolean).map((part) => `${part[0]!.toUpperCase()}.`).join(' ')
