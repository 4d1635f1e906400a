import { once } from 'node:events';
import { createServer, Socket, type AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { SMTPServerOptions } from 'smtp-server';
import { sendMail, type SmtpServer } from './mailer.ts';
import { startMailbox, type Mailbox } from './testing/mailbox.fixture.ts';
import { TEST_CERTIFICATE, TEST_KEY } from './testing/testCertificate.fixture.ts';

const trustedAtStart = getCACertificates('default');
/** As NODE_EXTRA_CA_CERTS does at the start of a process. */
const trust = (): void => setDefaultCACertificates([...trustedAtStart, TEST_CERTIFICATE]);

const IMPLICIT: SMTPServerOptions = { secure: true, key: TEST_KEY, cert: TEST_CERTIFICATE };
const STARTTLS: SMTPServerOptions = { key: TEST_KEY, cert: TEST_CERTIFICATE, disabledCommands: [] };
const PUBLIC_ADDRESS = '93.184.215.14';

const mail = {
  ...{ from: 'pharos@shop.example', to: ['ops@shop.example'], subject: 'p95 latency', text: 'checkout', html: '' },
  ...{ messageId: '<d1@pharos.invalid>', references: [] },
};

let mailbox: Mailbox | undefined;
afterEach(async () => {
  jest.restoreAllMocks();
  setDefaultCACertificates(trustedAtStart);
  await mailbox?.close();
  mailbox = undefined;
});

async function openMailbox(options: SMTPServerOptions): Promise<Mailbox> {
  mailbox = await startMailbox(options);
  return mailbox;
}

const send = (server: SmtpServer, { address = '127.0.0.1', allow = '', signal = AbortSignal.timeout(10_000) } = {}) =>
  sendMail(mail, server, {
    ...{ policy: { allow: allow === '' ? [] : [allow] }, resolve: () => Promise.resolve([address]), signal },
  });

/** To the server of the deployment's settings. */
const sendByDeployment = (scheme: string, port: number, host = 'localhost') =>
  send({ url: `${scheme}://mailer:pw-SECRET@${host}:${port}`, trusted: true });

/** To a server of a receiver's own at a public address, which leads to the mailbox. */
function sendByReceiver(scheme: string, { port }: Mailbox) {
  const connect = Socket.prototype.connect;
  jest.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...given: unknown[]) {
    expect(given.slice(0, 2)).toEqual([587, PUBLIC_ADDRESS]);
    return Reflect.apply(connect, this, [port, '127.0.0.1', given[2]]) as Socket;
  });
  const server = { url: `${scheme}://mailer:pw-SECRET@mail.example:587`, trusted: false };
  return send(server, { address: PUBLIC_ADDRESS });
}

const DELIVERED = { ok: true, message: 'the mail server took it for 1 of 1 addresses' };

describe.each([
  ['smtps://', 'smtps', IMPLICIT],
  ['STARTTLS', 'smtp', STARTTLS],
])('%s', (_name, scheme, options) => {
  it('delivers to a server with a certificate that is trusted, credentials included', async () => {
    trust();
    const { port, mails } = await openMailbox(options);
    expect(await sendByDeployment(scheme, port)).toEqual(DELIVERED);
    expect(mails).toMatchObject([{ to: mail.to, user: 'mailer', secure: true }]);
  });

  it('tells a server by its name, and not by the address that was checked', async () => {
    trust();
    const opened = await openMailbox(options);
    expect(await sendByReceiver(scheme, opened)).toEqual(DELIVERED);
    expect(opened.mails).toMatchObject([{ user: 'mailer', secure: true }]);
  });

  it('gives nothing to a server with a certificate that is not trusted', async () => {
    const { port, mails } = await openMailbox(options);
    expect(await sendByDeployment(scheme, port)).toEqual({
      ok: false,
      retryable: true,
      retryAfterMs: null,
      message: expect.stringMatching(
        /^the certificate of the mail server smtps?:\/\/localhost:\d+ comes from an authority that is not trusted: .*NODE_EXTRA_CA_CERTS/
      ),
    });
    expect(mails).toEqual([]);
  });

  it('gives nothing to a server with the certificate of another', async () => {
    trust();
    const { port, mails } = await openMailbox(options);
    expect(await sendByDeployment(scheme, port, '127.0.0.1')).toMatchObject({
      ...{
        ok: false,
        message: expect.stringMatching(/^could not be reached: .*127\.0\.0\.1 is not in the cert's list/),
      },
    });
    expect(mails).toEqual([]);
  });
});

it('says nothing in the clear to a server behind smtps:// that has no TLS', async () => {
  const heard: Buffer[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      heard.push(chunk);
      socket.write('220 hi\r\n');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const result = await sendByDeployment('smtps', port);
  server.close();
  await once(server, 'close');
  expect(result).toMatchObject({
    ok: false,
    retryable: true,
    message: expect.stringMatching(/^could not be reached: /),
  });
  // A TLS handshake (RFC 8446, 5.1), and nothing that was to be said inside.
  const said = Buffer.concat(heard);
  expect(said[0]).toBe(22);
  expect(said.toString('latin1')).not.toMatch(/EHLO|AUTH|SECRET|checkout/);
});

it('gives neither credentials nor mail to a public server that offers no TLS', async () => {
  const tried: string[] = [];
  const opened = await openMailbox({
    onAuth: ({ username = '' }, _session, done) => {
      tried.push(username);
      done(null, { user: username });
    },
  });
  expect(await sendByReceiver('smtp', opened)).toMatchObject({ ok: false });
  expect([tried, opened.mails]).toEqual([[], []]);
});

it('hangs up on a server that is slow behind TLS', async () => {
  trust();
  const timeout = new AbortController();
  const opened = await openMailbox({ ...IMPLICIT, onData: () => timeout.abort(new Error('no answer within 10 s')) });
  const server = { url: `smtps://localhost:${opened.port}`, trusted: true };
  expect(await send(server, { signal: timeout.signal })).toMatchObject({ ok: false, message: 'no answer within 10 s' });
  const deadline = performance.now() + 5000;
  while (opened.connected() > 0 && performance.now() < deadline) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(opened.connected()).toBe(0);
});
