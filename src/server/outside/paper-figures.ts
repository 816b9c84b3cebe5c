import type { Pen, Sheet } from './paper.ts'

/** A drawing, said in words for whoever cannot see it. There is place for it on the page already. */
export function figure(sheet: Sheet, says: string, height: number, draw: (pen: Pen) => void): void {
  if (sheet.measuring) { sheet.y += height; return }
  const { doc, type, left, width, y: top } = sheet
  const pen: Pen = {
    width, height,
    line(points, { dash, weight = 1, grey = 0 } = {}) {
      const [first, ...rest] = points
      if (!first) return
      doc.save().lineWidth(weight).strokeColor(greyOf(grey))
      if (dash) doc.dash(dash[0], { space: dash[1] })
      doc.moveTo(left + first[0], top + first[1])
      for (const [x, y] of rest) doc.lineTo(left + x, top + y)
      doc.stroke().restore()
    },
    dot(x, y) { doc.save().circle(left + x, top + y, 1.6).fill('black').restore() },
    text(x, y, text) { type.draw([text], { size: 7, weight: 400 }, left + x, top + y, width) },
  }
  const struct = doc.struct('Figure', { alt: says })
  sheet.root.add(struct)
  struct.add(() => draw(pen))
  struct.end()
  sheet.y = top + height
}

export function picture(sheet: Sheet, says: string, jpeg: Uint8Array, side: number): void {
  if (sheet.measuring) { sheet.y += side; return }
  const { doc, left, y } = sheet
  const struct = doc.struct('Figure', { alt: says })
  sheet.root.add(struct)
  struct.add(() => {
    try {
      doc.image(Buffer.from(jpeg), left, y, { width: side, height: side })
    } catch {
      sheet.type.draw(sheet.type.wrap(`${says}: it could not be printed.`, { size: 7, weight: 700 }, side), { size: 7, weight: 700 }, left, y, side)
    }
  })
  struct.end()
  sheet.y = y + side
}

/** 0 is black, 1 is paper. */
const greyOf = (grey: number) => { const part = Math.round(grey * 255).toString(16).padStart(2, '0'); return `#${part}${part}${part}` }
