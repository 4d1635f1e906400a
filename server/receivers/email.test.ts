import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { SMTPServerOptions } from 'smtp-server';
import { createTestClock } from '../testing/testClock.ts';
import { createSender } from './createSender.ts';
import { buildMail, email } from './email.ts';
import {
  entryOf,
  manyEntries,
  notificationOf,
  receiverOf,
  resolvedEntry,
  secrets,
} from './testing/notification.fixture.ts';
import { startMailbox, type Mailbox } from './testing/mailbox.fixture.ts';

let mailbox: Mailbox | undefined;
afterEach(async () => {
  await mailbox?.close();
  mailbox = undefined;
});

const signal = new AbortController().signal;
const log = { warn: () => undefined } as never;
const notification = notificationOf([entryOf()]);

interface SendOver extends SMTPServerOptions {
  readonly own?: { readonly user: string; readonly allow: boolean };
  readonly to?: readonly string[];
}

const TWO = ['ops@shop.example', 'two@shop.example'];

async function sendOver({ own, to = TWO, ...options }: SendOver = {}) {
  mailbox = await startMailbox(options);
  const { port } = mailbox;
  const deployed = own === undefined ? `smtp://127.0.0.1:${port}` : undefined;
  const egressAllow = own?.allow === true ? [`127.0.0.1:${port}`] : [];
  const config = { egressAllow, smtpUrl: deployed, smtpFrom: 'Pharos <pharos@shop.example>' };
  const secret = own === undefined ? {} : { smtpUrl: `smtp://${own.user}:pw-SECRET@127.0.0.1:${port}` };
  const sender = createSender({ config, secrets, clock: createTestClock(), log });
  return sender.send(receiverOf('email', { to: [...to] }, secret), notification, signal);
}

/** Sends to a server that does with the connection what `onConnect` says. */
async function sendToScript(onConnect: (socket: Socket) => void, clock = createTestClock()) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onConnect(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const config = { egressAllow: [], smtpUrl: `smtp://127.0.0.1:${port}`, smtpFrom: 'x@y.example' };
  const sender = createSender({ config, secrets, clock, log });
  const result = await sender.send(receiverOf('email', { to: ['a@b.example'] }), notification, signal);
  sockets.forEach((socket) => socket.destroy());
  server.close();
  await once(server, 'close');
  return result;
}

describe('email', () => {
  it('goes out through the mail server of the deployment', async () => {
    expect(await sendOver()).toEqual({ ok: true, message: 'the mail server took it for 2 of 2 addresses' });
    const [mail] = mailbox?.mails ?? [];
    expect(mail?.to).toEqual(['ops@shop.example', 'two@shop.example']);
    expect(mail?.raw).toContain('From: Pharos <pharos@shop.example>');
    expect(mail?.raw).toContain('Subject: [warning] checkout: p95 latency above 300 ms');
    expect(mail?.raw).toContain('Message-ID: <delivery-1@pharos.invalid>');
    expect(mail?.raw).toContain(`References: <alert.${entryOf().alert.id}@pharos.invalid>`);
    expect(mail?.raw).toContain('Content-Type: text/plain');
    expect(mail?.raw).toContain('Content-Type: text/html');
  });

  it('goes through a server of its own, with its credentials, where the deployment opens the place', async () => {
    expect(await sendOver({ own: { user: 'mailer', allow: true } })).toMatchObject({ ok: true });
    expect(mailbox?.mails[0]?.user).toBe('mailer');
  });

  it('does not go to a server of its own on a closed address', async () => {
    expect(await sendOver({ own: { user: 'mailer', allow: false } })).toMatchObject({ ok: false, retryable: false });
    expect(mailbox?.mails).toEqual([]);
  });

  it.each([
    [450, true],
    [421, true],
    [550, false],
  ])('takes the reply %i as retryable: %p', async (code, retryable) => {
    const onRcptTo: SMTPServerOptions['onRcptTo'] = (_address, _session, done) =>
      done(Object.assign(new Error('pw-SECRET not here'), { responseCode: code }));
    expect(await sendOver({ onRcptTo })).toMatchObject({
      ok: false,
      retryable,
      message: `the mail server answered ${code}`,
    });
  });

  it.each([550, 450])(
    'names the address that was refused with %i, and does not send it to the others again',
    async (code) => {
      const onRcptTo: SMTPServerOptions['onRcptTo'] = ({ address }, _session, done) =>
        done(address.startsWith('two') ? Object.assign(new Error('pw-SECRET not here'), { responseCode: code }) : null);
      expect(await sendOver({ onRcptTo })).toEqual({
        ok: true,
        isPartial: true,
        message: `the mail server took it for 1 of 2 addresses, and refused two@shop.example (${code})`,
      });
      expect(mailbox?.mails.map(({ to }) => to)).toEqual([['ops@shop.example']]);
    }
  );

  it('names a few of many addresses that were refused', async () => {
    const onRcptTo: SMTPServerOptions['onRcptTo'] = ({ address }, _session, done) =>
      done(address.startsWith('ops') ? null : Object.assign(new Error('unknown'), { responseCode: 550 }));
    const to = ['ops@shop.example', ...Array.from({ length: 7 }, (_, n) => `n${n}@shop.example`)];
    expect((await sendOver({ onRcptTo, to })).message).toMatch(
      /1 of 8 addresses, and refused n0@shop\.example \(550\), .*n4@shop\.example \(550\) and 2 more$/
    );
  });

  it('refuses wrong credentials for good, without repeating them', async () => {
    const onAuth: SMTPServerOptions['onAuth'] = (_auth, _session, done) =>
      done(Object.assign(new Error('bad credentials pw-SECRET'), { responseCode: 535 }));
    const result = await sendOver({ onAuth, own: { user: 'mailer', allow: true } });
    expect(result).toMatchObject({ ok: false, retryable: false, message: 'the mail server answered 535' });
    expect(JSON.stringify(result)).not.toContain('SECRET');
  });

  it('gives up on a server that never greets', async () => {
    const clock = createTestClock();
    const result = await sendToScript(() => setImmediate(() => clock.advance(10_000)), clock);
    expect(result).toMatchObject({ ok: false, retryable: true, message: 'no answer within 10 s' });
  });

  it('takes a connection that breaks in the middle as something that may pass', async () => {
    const replies: Record<string, string> = { EHLO: '250 hi', MAIL: '250 ok', RCPT: '250 ok' };
    const result = await sendToScript((socket) => {
      socket.write('220 hi\r\n');
      socket.on('data', (chunk: Buffer) => {
        const reply = replies[chunk.toString('latin1').slice(0, 4)];
        if (reply === undefined) {
          socket.destroy();
        } else {
          socket.write(`${reply}\r\n`);
        }
      });
    });
    expect(result).toMatchObject({ ok: false, retryable: true });
    expect(result.message).toMatch(/^could not be reached: /);
  });

  it('says that there is no server', async () => {
    const config = { egressAllow: [], smtpUrl: undefined, smtpFrom: 'x@y.example' };
    const sender = createSender({ config, secrets, clock: createTestClock(), log });
    expect(await sender.send(receiverOf('email', { to: ['a@b.example'] }), notification, signal)).toMatchObject({
      ok: false,
      retryable: false,
      message: 'there is no mail server: set smtpUrl of the receiver or PHAROS_SMTP_URL of the deployment',
    });
  });
});

describe('buildMail', () => {
  it('keeps the mails of an episode in one thread', () => {
    const fired = buildMail(notificationOf([entryOf()], { id: 'd1' }));
    const resolved = buildMail(notificationOf([resolvedEntry()], { id: 'd2' }));
    expect(fired.references).toEqual(resolved.references);
    expect([fired.messageId, resolved.messageId]).toEqual(['<d1@pharos.invalid>', '<d2@pharos.invalid>']);
    expect(resolved.subject).toBe('Resolved: checkout: p95 latency above 300 ms');
  });

  it('escapes what senders wrote, and links only to http and https', () => {
    const annotations = { runbook_url: 'javascript:alert(1)' };
    const { html, subject } = buildMail(
      notificationOf([entryOf({ reason: '<script>x</script>' }, { summary: 'a\r\nBcc: b', annotations })])
    );
    expect(html).toContain('&lt;script&gt;x&lt;/script&gt;');
    expect(html).not.toContain('href="javascript');
    expect(subject).toBe('[warning] a Bcc: b');
  });

  it('shows a hundred of a storm', () => {
    const { subject, text, references } = buildMail(notificationOf(manyEntries(150)));
    expect(subject).toBe('150 alerts: 150 firing');
    expect(text.endsWith('and 50 more')).toBe(true);
    expect(references).toEqual([]);
  });

  it('names a wrong address by its place', () => {
    expect(email.check({ to: ['a@b.example', 'nonsense'] })).toEqual([
      { path: 'settings.to.1', message: 'expected an address such as ops@example.com' },
    ]);
    expect(email.check({ to: [] })[0]?.message).toBe('expected at least one address');
    expect(email.check({ to: ['a@b.example'], smtpUrl: 'http://x' })[0]?.path).toBe('settings.smtpUrl');
  });
});
