import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express, { type Express, type Response } from 'express'
import request from 'supertest'
import swaggerUi from 'swagger-ui-express'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createExpress } from '../../src/http/express.js'
import { send } from '../../scripts/contract-tests/client.js'

const files = mkdtempSync(join(tmpdir(), 'files-'))
let swapped = 0

const createOrdinaryApp = () => {
  const { app, createServer: createServerOf } = createExpress()
  app.get('/query', (req, res) => {
    res.json({
      query: req.query,
      host: req.hostname,
      accepts: req.accepts('json'),
      secure: req.secure,
      ip: typeof req.ip
    })
  })
  app.get('/redirect', (_req, res) => {
    res.redirect(303, '/query')
  })
  app.get('/cookie', (_req, res) => {
    res.cookie('a', 'b').status(201).send('<p>made</p>')
  })
  app.post('/json', express.json(), (req, res: Response) => {
    res.json({ body: req.body as unknown, type: req.is('json') })
  })
  app.use('/files', express.static(files))
  app.use('/docs', swaggerUi.serve, swaggerUi.setup({ openapi: '3.1.0' }))
  const mounted = express()
  mounted.get('/x', (req, res) => {
    res.json({ base: req.baseUrl })
  })
  app.use('/mounted', mounted)
  return { app, server: createServerOf({}) }
}

describe('an app whose requests are born with its prototypes is an ordinary Express app', () => {
  let app: Express
  let server: Server
  beforeAll(async () => {
    writeFileSync(join(files, 'a.txt'), 'hello')
    ;({ app, server } = createOrdinaryApp())
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => {
    server.close()
    rmSync(files, { recursive: true })
  })

  // supertest listens with a server of Node's own, to which the app is a function like any other.
  test.each(['its own server', 'supertest'])('on %s', async where => {
    const { port } = server.address() as AddressInfo
    const target = where === 'supertest' ? app : `http://127.0.0.1:${port}`
    const query = await request(target).get('/query?a=1&b=2').set('Accept', 'application/json')
    expect(query.body).toEqual({
      query: { a: '1', b: '2' },
      host: '127.0.0.1',
      accepts: 'json',
      secure: false,
      ip: 'string'
    })
    const redirect = await request(target).get('/redirect')
    expect([redirect.status, redirect.headers['location']]).toEqual([303, '/query'])
    const cookie = await request(target).get('/cookie')
    expect([cookie.status, cookie.text, cookie.headers['set-cookie']]).toEqual([201, '<p>made</p>', ['a=b; Path=/']])
    const json = await request(target).post('/json').send({ x: 1 })
    expect(json.body).toEqual({ body: { x: 1 }, type: 'json' })
    expect((await request(target).get('/files/a.txt')).text).toBe('hello')
    expect((await request(target).get('/docs/')).text).toContain('swagger-ui')
    expect((await request(target).get('/mounted/x')).body).toEqual({ base: '/mounted' })
  })

  test('its own server makes requests and responses that Express need not change', async () => {
    const { app: plain, createServer: createOwn } = createExpress()
    plain.use((req, res) => {
      res.json(Object.getPrototypeOf(req) === plain.request && Object.getPrototypeOf(res) === plain.response)
    })
    const own = createOwn({}).on('request', () => (swapped += 1))
    own.prependListener('request', (req, res) => {
      expect(Object.getPrototypeOf(req)).toBe(plain.request)
      expect(Object.getPrototypeOf(res)).toBe(plain.response)
      expect(req).toBeInstanceOf(IncomingMessage)
    })
    await new Promise<void>(resolve => own.listen(0, '127.0.0.1', resolve))
    expect((await send((own.address() as AddressInfo).port, { path: '/' })).json).toBe(true)
    expect(swapped).toBe(1)
    own.close()
  })

  test('on a server of Node`s own, too', async () => {
    const own = createServer(app)
    await new Promise<void>(resolve => own.listen(0, '127.0.0.1', resolve))
    expect((await send((own.address() as AddressInfo).port, { path: '/files/a.txt' })).text).toBe('hello')
    own.close()
  })
})
