/** How large everything is set, and how much air there is around it. */
export interface Look {
  readonly margin: number
  readonly leading: number
  readonly sizes: { readonly body: number; readonly cell: number; readonly h1: number; readonly h2: number }
  readonly air: { readonly before: number; readonly after: number; readonly row: number }
}
export const LOOKS = {
  letter: { margin: 54, leading: 1.35, sizes: { body: 10, cell: 9, h1: 18, h2: 12 }, air: { before: 10, after: 4, row: 4 } },
  /** As much as a page can bear, for a sheet that has to be one page. */
  dense: { margin: 26, leading: 1.18, sizes: { body: 7.4, cell: 6.2, h1: 11, h2: 7.8 }, air: { before: 2, after: 0.6, row: 1 } },
  denser: { margin: 24, leading: 1.15, sizes: { body: 6.8, cell: 5.8, h1: 10, h2: 7.2 }, air: { before: 1.5, after: 0.4, row: 0.8 } },
} as const satisfies Record<string, Look>
