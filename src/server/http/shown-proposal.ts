import { randomUUID } from 'node:crypto'
import { bookedFrom } from '../../core/scheduling/booked.ts'
import type { Proposal } from '../../core/scheduling/request.ts'

/** A plan as the desk compares it: its visits under ids of their own, and its score taken apart. */
export function shownProposal({ id, says, visits, score, notes }: Proposal) {
  return {
    id, finishesOn: score.finishDay, visits: visits.map((visit) => bookedFrom(visit, randomUUID())),
    score: [
      { part: 'in short', says, points: 0 },
      { part: 'finish', says: `The last integration is on ${score.finishDay}.`, points: score.days },
      { part: 'continuity', says: `${score.continuity.ownTherapist} of ${score.continuity.ofVisits} visits with the same therapist; ${score.continuity.peopleMet} people in all.`, points: score.continuity.ownTherapist },
      ...(score.wishes.asked > 0 ? [{ part: 'wishes', says: `${score.wishes.met} of ${score.wishes.asked} visits at times that were wished.`, points: score.wishes.met }] : []),
      { part: 'load', says: `The therapist’s fullest day has ${Math.round(score.load.busiestDayMin / 6) / 10} hours.`, points: score.load.busiestDayMin },
      ...notes.map((note) => ({ part: 'note', says: note, points: 0 })),
    ],
  }
}
