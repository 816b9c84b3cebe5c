// What the append route is held against: the same HTTP server and pool, one prepared INSERT, and no checks at all.
import Fastify from 'fastify'
import pg from 'pg'

const [, , url, connections, port] = process.argv
const pool = new pg.Pool({ connectionString: url, max: Number(connections) })
await pool.query(`create schema if not exists bare; create table if not exists bare.entry (id uuid primary key, chart uuid not null, kind text not null, at text not null, written_at text not null, device uuid not null, body jsonb not null, received_at timestamptz not null default now());
  create index if not exists bare_chart on bare.entry (chart, received_at)`)
const insert = { name: 'insert', text: 'insert into bare.entry (id, chart, kind, at, written_at, device, body) values ($1, $2, $3, $4, $5, $6, $7) returning id' }
const app = Fastify({ logger: false, bodyLimit: 2_000_000 })
app.post('/api/charts/:chart/entries', async (request, reply) => {
  const stored = []
  for (const { id, kind, at, writtenAt, device, body } of request.body.entries) {
    const { rows } = await pool.query({ ...insert, values: [id, request.params.chart, kind, at, writtenAt, device, JSON.stringify(body)] })
    stored.push(rows[0])
  }
  return reply.code(201).send({ stored })
})
app.get('/api/charts/:chart/entries', async (request) => ({
  entries: (await pool.query({ name: 'read', text: 'select id, kind, at, written_at, device, body, received_at from bare.entry where chart = $1 order by received_at', values: [request.params.chart] })).rows,
}))
await app.listen({ port: Number(port), host: '127.0.0.1' })
process.send?.('up')
process.on('SIGTERM', () => process.exit(0))
