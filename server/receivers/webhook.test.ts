import { createHmac } from 'node:crypto';
import { webhookPayloadSchema } from '../../src/api/webhookPayload.ts';
import { AT } from '../../src/core/alerts/alert.fixture.ts';
import { acknowledge } from '../../src/core/alerts/personActs.ts';
import type { HttpPost, ReceiverIo } from './receiverIo.ts';
import { entryOf, notificationOf, resolvedEntry } from './testing/notification.fixture.ts';
import { buildPayload, webhook } from './webhook.ts';

const KEY = Buffer.alloc(32, 7);
const secret = `whsec_${KEY.toString('base64')}`;
const notification = notificationOf([entryOf()]);

async function posted(settings: Record<string, string>): Promise<HttpPost> {
  const posts: HttpPost[] = [];
  const io: ReceiverIo = {
    now: () => AT,
    post: (what) => {
      posts.push(what);
      return Promise.resolve({ ok: true, message: 'answered 200 OK' });
    },
    mail: () => Promise.reject(new Error('no mail here')),
  };
  await webhook.send({ url: 'https://x.example/', ...settings }, notification, io);
  const [first] = posts;
  if (first === undefined) {
    throw new Error('expected a POST');
  }
  return first;
}

describe('webhook', () => {
  it('signs as Standard Webhooks describes', async () => {
    const { headers, body } = await posted({ secret });
    const timestamp = String(AT / 1000);
    const expected = createHmac('sha256', KEY).update(`delivery-1.${timestamp}.${body}`).digest('base64');
    expect(headers).toMatchObject({
      'webhook-id': 'delivery-1',
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${expected}`,
    });
  });

  it('agrees with the example of the specification', async () => {
    const { signatureHeaders } = await import('./webhookSignature.ts');
    const at = (1614265330 * 1000) as typeof AT;
    const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at, body: '{"test": 2432232314}' };
    expect(signatureHeaders('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', message)['webhook-signature']).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
    );
  });

  it('authenticates by token or by name and password', async () => {
    expect((await posted({ bearerToken: 't0ken' })).headers['authorization']).toBe('Bearer t0ken');
    expect((await posted({ basicUser: 'u', basicPassword: 'p' })).headers['authorization']).toBe(
      `Basic ${Buffer.from('u:p').toString('base64')}`
    );
    expect((await posted({})).headers).toEqual({ 'webhook-id': 'delivery-1' });
  });

  it('sends the documented body', () => {
    const acked = acknowledge(entryOf().alert, { by: 'Ada', at: AT, comment: 'deploy', until: null }).alert;
    const all = notificationOf([entryOf(), resolvedEntry({ id: 'other' }), entryOf({ kind: 'no_data', alert: acked })]);
    const payload = webhookPayloadSchema.parse(buildPayload(all));
    expect(payload).toMatchObject({ version: '1', id: 'delivery-1', receiver: 'ops', test: false });
    expect(payload.alerts.map(({ status, kind }) => [status, kind])).toEqual([
      ['firing', 'fired'],
      ['resolved', 'resolved'],
      ['no_data', 'no_data'],
    ]);
    expect(payload.alerts[1]?.resolvedAt).toBe('2026-11-21T14:01:00.000Z');
    expect(payload.alerts[2]?.acknowledged).toEqual({ by: 'Ada', at: '2026-11-21T14:00:00.000Z', comment: 'deploy' });
  });

  it('states the worst that holds at the end', () => {
    const status = (...entries: ReadonlyArray<ReturnType<typeof entryOf>>) =>
      webhookPayloadSchema.parse(buildPayload(notificationOf(entries))).status;
    expect(status(entryOf(), resolvedEntry())).toBe('resolved');
    expect(status(resolvedEntry({ id: 'b' }), entryOf({ kind: 'no_data' }))).toBe('no_data');
    expect(status(resolvedEntry({ id: 'b' }), entryOf())).toBe('firing');
  });

  it.each([
    [{}, 'settings.url'],
    [{ url: 'https://x/', secret: 'whsec_short' }, 'settings.secret'],
    [{ url: 'https://x/', secret: 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }, 'settings.secret'],
    [{ url: 'https://x/', bearerToken: 'a\r\nX: y' }, 'settings.bearerToken'],
    [{ url: 'https://x/', bearerToken: 'a', basicUser: 'b' }, 'settings.bearerToken'],
    [{ url: 'https://x/', basicUser: 'a:b' }, 'settings.basicUser'],
    [{ url: 'https://x/', urll: 'x' }, 'settings'],
  ])('refuses %j', (settings, path) => {
    expect(webhook.check(settings).map((error) => error.path)).toEqual([path]);
  });
});
