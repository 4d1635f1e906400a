import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import { parseSecret, sign } from './inbox/signature.ts';
import { startInbox, type Inbox } from './inbox.ts';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const now = new Date('2026-01-01T12:00:00Z');

describe('the inbox', () => {
  let dataDir: string;
  let inbox: Inbox;

  const start = (given: string | undefined = secret) =>
    startInbox({ port: 0, smtpPort: 0, dataDir, secret: given, now: () => now });

  beforeEach(async () => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'inbox-'));
    inbox = await start();
  });
  afterEach(async () => {
    await inbox.close();
    rmSync(dataDir, { recursive: true });
  });

  const post = (id: string, { body = '{"title":"p95"}', signal }: { body?: string; signal?: AbortSignal } = {}) => {
    const timestamp = String(now.getTime() / 1_000);
    return fetch(`${inbox.url}/webhook`, {
      method: 'POST',
      body,
      headers: {
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': sign(parseSecret(secret), { id, timestamp, body }),
      },
      ...(signal === undefined ? {} : { signal }),
    });
  };
  const behave = (behaviour: object) =>
    fetch(`${inbox.url}/behaviour`, { method: 'POST', body: JSON.stringify(behaviour) });
  const read = async (answer: Response): Promise<Record<string, unknown>> => {
    const body: unknown = await answer.json();
    return Object.fromEntries(Object.entries(Object(body)));
  };
  const list = async (what = 'deliveries'): Promise<Array<Record<string, unknown>>> => {
    const { items } = await read(await fetch(`${inbox.url}/${what}`));
    return Array.isArray(items) ? items : [];
  };

  it('records what is signed as verified, and a second one of the same id as duplicate', async () => {
    expect((await post('msg_1')).status).toBe(200);
    expect(await (await post('msg_1')).json()).toEqual({ seq: 2, duplicateOf: 1 });
    expect(await list()).toEqual([
      expect.objectContaining({ seq: 2, id: 'msg_1', verified: true, duplicateOf: 1 }),
      {
        seq: 1,
        id: 'msg_1',
        at: '2026-01-01T12:00:00.000Z',
        verified: true,
        flaw: null,
        duplicateOf: null,
        answered: 200,
        body: { title: 'p95' },
      },
    ]);
  });

  it('answers 401 to what is not signed, lists it as such and says why', async () => {
    const answer = await fetch(`${inbox.url}/webhook`, { method: 'POST', body: 'hello' });
    expect(answer.status).toBe(401);
    expect(await list()).toEqual([
      expect.objectContaining({
        verified: false,
        flaw: 'The header webhook-id is missing.',
        body: 'hello',
        answered: 401,
      }),
    ]);
  });

  it('verifies nothing without a secret', async () => {
    await inbox.close();
    inbox = await startInbox({ port: 0, smtpPort: 0, dataDir, secret: undefined, now: () => now });
    expect((await post('msg_1')).status).toBe(401);
    expect((await list())[0]?.flaw).toContain('started without a secret');
  });

  it('does not start with a secret it cannot use', async () => {
    await expect(start('whsec_x')).rejects.toThrow('expected 24 to 64');
  });

  it('keeps deliveries over a restart and forgets them when told to', async () => {
    await post('msg_1');
    await inbox.close();
    inbox = await start();
    expect(await list()).toHaveLength(1);
    expect((await fetch(`${inbox.url}/deliveries`, { method: 'DELETE' })).status).toBe(204);
    expect(await list()).toEqual([]);
  });

  it('refuses a body that is too large and keeps nothing of it', async () => {
    expect((await post('msg_1', { body: 'x'.repeat(1_000_001) })).status).toBe(413);
    expect(await list()).toEqual([]);
  });

  it('answers 429 with Retry-After and 500 as often as it is told, then is well again', async () => {
    await behave({ mode: '429', times: 1, retryAfter: 7 });
    const busy = await post('msg_1');
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '7']);
    await behave({ mode: '500', times: 2 });
    const statuses = [await post('msg_1'), await post('msg_1'), await post('msg_1'), await post('msg_1')];
    expect(statuses.map(({ status }) => status)).toEqual([500, 500, 200, 200]);
    expect((await list()).map(({ duplicateOf }) => duplicateOf)).toEqual([4, null, null, null, null]);
  });

  it('can be slow', async () => {
    await behave({ mode: 'slow', delayMs: 80, times: 1 });
    const started = performance.now();
    expect((await post('msg_1')).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThanOrEqual(75);
  });

  it('can hang until the sender has had enough', async () => {
    await behave({ mode: 'hang', times: 1 });
    await expect(post('msg_1', { signal: AbortSignal.timeout(100) })).rejects.toThrow(/timeout/);
    expect((await list())[0]).toMatchObject({ answered: 'hang', verified: true });
  });

  it('can break off half-way', async () => {
    await behave({ mode: 'half', times: 1 });
    const answer = post('msg_1').then((response) => response.text());
    await expect(answer).rejects.toThrow();
    expect((await list())[0]).toMatchObject({ answered: 'half' });
  });

  it.each([
    [{ mode: 'rude' }, 'The mode is "rude": expected one of ok, 429, 500, slow, hang, half.'],
    [{ mode: 'slow', delayMs: -1 }, 'The field delayMs is -1: expected a whole number from 1 to 120000.'],
    [7, 'The mode is missing'],
  ])('refuses the behaviour %j', async (behaviour, sentence) => {
    const answer = await behave(Object(behaviour));
    expect(answer.status).toBe(400);
    expect((await read(answer)).detail).toContain(sentence);
    expect((await post('msg_1')).status).toBe(200);
  });

  it('has a page that may run nothing but its own script', async () => {
    const page = await fetch(inbox.url);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    expect(await page.text()).toContain('<h1>Demo inbox</h1>');
    const script = await (await fetch(`${inbox.url}/inbox.js`)).text();
    expect(() => new Function(script)).not.toThrow();
    expect(script).not.toContain('innerHTML');
    expect((await fetch(`${inbox.url}/nothing`)).status).toBe(404);
  });

  const send = async () => {
    const transport = createTransport({ host: '127.0.0.1', port: inbox.smtpPort, secure: false, socketTimeout: 400 });
    const mail = {
      from: 'pharos@example.com',
      to: 'oncall@example.com',
      subject: 'p95 über 800 ms',
      text: 'now 1.2 s',
    };
    await transport.sendMail(mail);
  };

  it('takes mails and keeps them over a restart', async () => {
    await send();
    await inbox.close();
    inbox = await start();
    expect(await list('mails')).toEqual([
      expect.objectContaining({
        seq: 1,
        from: 'pharos@example.com',
        to: ['oncall@example.com'],
        subject: 'p95 über 800 ms',
        text: 'now 1.2 s',
      }),
    ]);
    await fetch(`${inbox.url}/mails`, { method: 'DELETE' });
    expect(await list('mails')).toEqual([]);
  });

  it.each([
    ['429', { responseCode: 451 }],
    ['500', { responseCode: 554 }],
    ['half', { code: expect.stringMatching(/ECONNECTION|ECONNRESET|ESOCKET/) }],
    ['hang', { code: 'ETIMEDOUT' }],
  ])('refuses a mail as "%s" says, once', async (mode, failure) => {
    await behave({ mode, times: 1 });
    await expect(send()).rejects.toMatchObject(failure);
    expect(await list('mails')).toEqual([]);
    await send();
    expect(await list('mails')).toHaveLength(1);
  });
});
