// One keep-alive connection that speaks just enough HTTP: the load must not cost more than what it measures.
import net from 'node:net'

export async function line(port) {
  const socket = net.connect({ port, host: '127.0.0.1', noDelay: true })
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  let waiting
  let received = []
  let have = 0
  let need = 0
  socket.on('data', (chunk) => {
    received.push(chunk)
    have += chunk.length
    if (have < need) return
    const all = received.length === 1 ? chunk : Buffer.concat(received)
    const split = all.indexOf('\r\n\r\n')
    if (split < 0) return
    const head = all.toString('latin1', 0, split)
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN)
    if (Number.isNaN(length)) return waiting?.reject(new Error(`An answer without a length: ${head}`))
    need = split + 4 + length
    if (have < need) return
    const answer = { status: Number(head.slice(9, 12)), body: all.toString('utf8', split + 4, need) }
    received = []
    have = need = 0
    const { resolve } = waiting
    waiting = undefined
    resolve(answer)
  })
  const gone = (failure) => waiting?.reject(failure instanceof Error ? failure : new Error('The connection ended.'))
  socket.on('error', gone).on('close', gone)
  const send = (text) => new Promise((resolve, reject) => {
    waiting = { resolve, reject }
    socket.write(text)
  })
  return {
    get: (path, token) => send(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncookie: openkap=${token}; openkap-device=${DEVICE}\r\n\r\n`),
    post(path, token, body) {
      const text = JSON.stringify(body)
      return send(`POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncookie: openkap=${token}; openkap-device=${DEVICE}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)
    },
    close: () => socket.destroy(),
  }
}

const DEVICE = '00000000-0000-4000-8000-00000000be0c'
