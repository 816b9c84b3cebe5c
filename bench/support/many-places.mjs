// The sample practice with as many people and rooms as a measurement asks for; who and what is there already counts.
export async function manyPlaces(admin, practice, { people, rooms: roomCount, places = 0 }) {
  const { rows: staff } = await admin.query(`select distinct person_id as id from app.membership where practice_id = $1 and role in ('therapist', 'prescriber', 'monitor')`, [practice])
  const { rows: rooms } = await admin.query('select room_id as id from app.room where practice_id = $1 and active', [practice])
  for (let at = staff.length; at < people; at += 1) {
    const { rows: [one] } = await admin.query(`insert into app.person (practice_id, person_id, given_name, family_name) values ($1, gen_random_uuid(), $2, 'Bench') returning person_id as id`, [practice, `Thea ${at}`])
    await admin.query(`insert into app.membership (practice_id, person_id, role) values ($1, $2, 'therapist')`, [practice, one.id])
    await admin.query(`insert into app.staff_profile (practice_id, person_id, weekly) values ($1, $2, $3)`, [practice, one.id, JSON.stringify([1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', to: '17:00' })))])
    staff.push(one)
  }
  for (let at = rooms.length; at < roomCount; at += 1) {
    const planning = places > 0 ? { location: `Place ${at % places}` } : {}
    rooms.push((await admin.query(`insert into app.room (practice_id, room_id, name, features, dosing, planning) values ($1, gen_random_uuid(), $2, '{}', true, $3) returning room_id as id`, [practice, `Room ${at}`, JSON.stringify(planning)])).rows[0])
  }
  return { staff, rooms }
}
