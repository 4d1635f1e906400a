import { createTestClock, type TestClock } from '../testing/testClock.ts';
import { createSecrets } from '../secrets.ts';
import { createSender } from './createSender.ts';
import type { StoredReceiver } from '../store/store.ts';
import type { DeliveryResult } from './receiver.ts';
import { RECEIVERS } from './receivers.ts';
import { entryOf, notificationOf, receiverOf, secrets } from './testing/notification.fixture.ts';
import { startLocalServer, type LocalServer } from './testing/localServer.fixture.ts';

let server: LocalServer;
let clock: TestClock;
const logged: string[] = [];
const log = { warn: (facts: object, text: string) => void logged.push(`${JSON.stringify(facts)} ${text}`) } as never;

beforeEach(async () => {
  server = await startLocalServer();
  clock = createTestClock();
});

afterEach(() => server.close());

const senderWith = (egressAllow: string[]) =>
  createSender({ config: { egressAllow, smtpUrl: undefined, smtpFrom: 'Pharos <p@x>' }, secrets, clock, log });
const open = () => senderWith([`127.0.0.1:${server.port}`]);

const notification = notificationOf([entryOf()]);
const signal = new AbortController().signal;
const send = (sender = open(), secret = {}): Promise<DeliveryResult> =>
  sender.send(receiverOf('webhook', { url: server.url }, secret), notification, signal);

/** Every kind that goes over HTTP, each with its address on the server of the test. */
const OVER_HTTP: ReadonlyArray<readonly [StoredReceiver['kind'], () => StoredReceiver]> = [
  ['webhook', () => receiverOf('webhook', { url: server.url })],
  ['slack', () => receiverOf('slack', {}, { url: server.url })],
  ['pagerduty', () => receiverOf('pagerduty', { url: server.url }, { routingKey: 'R'.repeat(32) })],
];

it('has every kind of receiver under test, but email, which goes another way', () => {
  expect([...OVER_HTTP.map(([kind]) => kind), 'email'].toSorted()).toEqual(Object.keys(RECEIVERS).toSorted());
});

describe.each(OVER_HTTP)('%s over HTTP', (_kind, receiver) => {
  const send = (): Promise<DeliveryResult> => open().send(receiver(), notification, signal);

  it('delivers', async () => {
    expect(await send()).toEqual({ ok: true, message: 'answered 200 OK' });
    expect(server.received).toHaveLength(1);
  });

  it('passes on how long a busy receiver wants to be left alone', async () => {
    server.behave = (response) => void response.writeHead(429, { 'retry-after': '17' }).end();
    expect(await send()).toMatchObject({ ok: false, retryable: true, retryAfterMs: 17_000 });
  });

  it('takes 500 as something that may pass, and repeats nothing of the answer', async () => {
    server.behave = (response) => void response.writeHead(500).end('stack trace with very-secret-token');
    expect(await send()).toEqual({
      ok: false,
      retryable: true,
      message: 'answered 500 Internal Server Error',
      retryAfterMs: null,
    });
  });

  it('follows no redirect', async () => {
    server.behave = (response) => void response.writeHead(307, { location: server.url }).end();
    expect(await send()).toMatchObject({ ok: false, retryable: false });
    expect(server.received).toHaveLength(1);
  });

  it('gives up on a receiver that does not answer within 10 s', async () => {
    server.behave = () => setImmediate(() => clock.advance(10_000));
    expect(await send()).toMatchObject({ ok: false, retryable: true, message: 'no answer within 10 s' });
  });

  it('takes a connection that breaks before the answer as something that may pass', async () => {
    server.behave = (response) => void response.destroy();
    const result = await send();
    expect(result).toMatchObject({ ok: false, retryable: true });
    expect(result.message).toMatch(/^could not be reached: /);
  });

  it('takes no answer late: what comes after 10 s changes nothing', async () => {
    let late = (): void => undefined;
    server.behave = (response) => {
      late = () => void response.end('ok');
      setImmediate(() => clock.advance(10_000));
    };
    expect(await send()).toMatchObject({ ok: false, retryable: true, message: 'no answer within 10 s' });
    late();
    server.behave = (response) => void response.end('ok');
    expect(await send()).toMatchObject({ ok: true });
    expect(server.received).toHaveLength(2);
    expect(server.received[1]?.body).toBe(server.received[0]?.body);
  });

  it('takes the status as the answer when the body breaks off half-way', async () => {
    server.behave = (response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('half', () => response.destroy());
    };
    expect(await send()).toMatchObject({ ok: true });
  });
});

describe('createSender over HTTP', () => {
  it('reads no more than 64 KiB of an endless body', async () => {
    let written = 0;
    let closed = false;
    server.behave = (response) => {
      const chunk = Buffer.alloc(64 * 1024, 'x');
      response.on('close', () => (closed = true));
      const pour = (): void => {
        while (!closed && written < 1e9 && response.write(chunk)) {
          written += chunk.length;
        }
        response.once('drain', pour);
      };
      pour();
    };
    expect(await send()).toMatchObject({ ok: true });
    expect(written).toBeLessThan(50e6);
  });

  it('says that nobody listens', async () => {
    const { port } = server;
    const sender = senderWith([`127.0.0.1:${port}`]);
    await server.close();
    const result = await send(sender);
    server = await startLocalServer();
    expect(result).toMatchObject({ ok: false, retryable: true });
    expect(result.message).toContain('ECONNREFUSED');
  });

  it('sends nothing to a closed address', async () => {
    expect(await send(senderWith([]))).toMatchObject({ ok: false, retryable: false });
    expect(server.received).toEqual([]);
  });

  it('stops when the caller does', async () => {
    const aborter = new AbortController();
    server.behave = () => aborter.abort(new Error('the engine is stopping'));
    const receiver = receiverOf('webhook', { url: server.url });
    expect(await open().send(receiver, notification, aborter.signal)).toMatchObject({
      ok: false,
      retryable: true,
      message: 'the engine is stopping',
    });
  });
});

describe('the breaker of a receiver', () => {
  it('opens after five failures in a row, without touching other receivers or tests', async () => {
    const sender = open();
    server.behave = (response) => void response.writeHead(503).end();
    for (const _ of [1, 2, 3, 4, 5]) {
      await send(sender);
    }
    expect(await send(sender)).toMatchObject({
      ok: false,
      retryable: true,
      message: 'not tried: it failed 5 times in a row and is given time to recover',
    });
    expect(server.received).toHaveLength(5);
    const other = { ...receiverOf('webhook', { url: server.url }), name: 'other' };
    await sender.send(other, notification, signal);
    const test = { ...notification, test: true };
    await sender.send(receiverOf('webhook', { url: server.url }), test, signal);
    expect(server.received).toHaveLength(7);
  });

  it('is closed again for a receiver that was changed', async () => {
    const sender = open();
    server.behave = (response) => void response.writeHead(503).end();
    for (const _ of [1, 2, 3, 4, 5]) {
      await send(sender);
    }
    server.behave = (response) => void response.end();
    const changed = { ...receiverOf('webhook', { url: server.url }), updatedAt: clock.now() };
    clock.advance(1);
    expect(await sender.send({ ...changed, updatedAt: clock.now() }, notification, signal)).toMatchObject({ ok: true });
  });

  it('does not count what the receiver will never take', async () => {
    const sender = open();
    server.behave = (response) => void response.writeHead(400).end();
    for (const _ of [1, 2, 3, 4, 5, 6, 7]) {
      expect((await send(sender)).message).toBe('answered 400 Bad Request');
    }
  });
});

describe('settings that cannot be used', () => {
  it('are said without their values', async () => {
    const result = await send(open(), { secret: 'whsec_not!base64-very-secret' });
    expect(result).toEqual({
      ok: false,
      retryable: false,
      message: 'its settings are not usable: settings.secret: expected whsec_ and base64 of 24 to 64 bytes',
      retryAfterMs: null,
    });
  });

  it('of another key are said as such', async () => {
    const other = createSecrets('another key of at least thirty-two characters').encrypt({ secret: 'x' });
    const receiver = { ...receiverOf('webhook', { url: server.url }), secrets: other };
    expect(await open().send(receiver, notification, signal)).toMatchObject({
      ok: false,
      retryable: false,
      message: 'its secrets cannot be decrypted with the key of this engine: enter them again',
    });
  });
});

describe('secrets', () => {
  it('are taken out of what a library says', async () => {
    const config = { egressAllow: [], smtpUrl: undefined, smtpFrom: 'x@y.example' };
    const resolve = () => Promise.reject(new Error('while calling https://hooks.example/services/SECRET-path'));
    const sender = createSender({ config, secrets, clock, log, resolve });
    const receiver = receiverOf('slack', {}, { url: 'https://hooks.example/services/SECRET-path' });
    expect(await sender.send(receiver, notification, signal)).toEqual({
      ok: false,
      retryable: true,
      message: 'could not be reached: while calling [secret]',
      retryAfterMs: null,
    });
  });

  const SECRETS = {
    webhook: { bearerToken: 'bearer-SECRET-1', secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}` },
    slack: { url: '' },
    pagerduty: { routingKey: 'SECRETSECRETSECRETSECRETSECRET22' },
  };

  it.each([
    ['a refused status', (response: { writeHead(status: number): { end(): void } }) => response.writeHead(400).end()],
    ['a broken connection', (response: { destroy(): void }) => response.destroy()],
  ])('never stand in a message after %s', async (_, behave) => {
    server.behave = behave as LocalServer['behave'];
    const base = `http://127.0.0.1:${server.port}`;
    const results = [
      await send(open(), SECRETS.webhook),
      await open().send(receiverOf('slack', {}, { url: `${base}/services/SECRET` }), notification, signal),
      await open().send(receiverOf('slack', {}, { url: 'http://unresolvable.invalid/SECRET' }), notification, signal),
      await open().send(receiverOf('pagerduty', { url: base }, SECRETS.pagerduty), notification, signal),
      await open().send(
        receiverOf('email', { to: ['a@b.example'] }, { smtpUrl: 'smtp://u:SECRET-pw@127.0.0.1:1' }),
        notification,
        signal
      ),
    ];
    expect(results.map(({ ok }) => ok)).toEqual([false, false, false, false, false]);
    expect(JSON.stringify([results, logged])).not.toMatch(/SECRET|whsec_|BwcHBwcH/);
  });
});
