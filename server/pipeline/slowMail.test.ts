import type { SMTPServerOptions } from 'smtp-server';
import { createSender } from '../receivers/createSender.ts';
import { startMailbox, type Mailbox } from '../receivers/testing/mailbox.fixture.ts';
import { receiverOf, secrets } from '../receivers/testing/notification.fixture.ts';
import { createWorld, type World } from './testing/pipelineWorld.fixture.ts';

let world: World;
let mailbox: Mailbox;
/** Message ids of what was handed over to the server, whether it said that it took it or not. */
let handedOver: string[];
let isSlow: boolean;

/** Takes the whole of a mail, and while it is slow never says so. */
const onData: SMTPServerOptions['onData'] = (stream, _session, done) => {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => {
    handedOver.push(/^Message-ID: (.+)$/im.exec(Buffer.concat(chunks).toString('utf8'))?.[1] ?? '');
    if (!isSlow) {
      done();
    }
  });
};

beforeEach(async () => {
  [handedOver, isSlow] = [[], true];
  mailbox = await startMailbox({ onData });
  world = await createWorld();
  const config = { egressAllow: [], smtpUrl: `smtp://127.0.0.1:${mailbox.port}`, smtpFrom: 'Pharos <p@shop.example>' };
  const sender = createSender({ config, secrets, clock: world.clock, log: { warn: () => undefined } as never });
  const receiver = receiverOf('email', { to: ['ops@shop.example'] });
  world.answer = (notification, signal) => sender.send(receiver, notification, signal);
  await world.addReceiver('ops');
  await world.setRoutes([{ receiver: 'ops' }]);
  world.delivery.start();
});
afterEach(async () => {
  await world.dispose();
  await mailbox.close();
});

it('does not wait for a mail server that is slow in DATA, tries again with the same id, and counts it once', async () => {
  await world.observe({});
  await world.until(() => handedOver.length === 1, 'the first mail');
  world.clock.advance(10_000);
  await world.until(async () => (await world.kinds()).includes('notification_retried'), 'the end of the first attempt');
  expect((await world.history()).at(-1)?.reason).toContain('no answer within 10 s');
  const gaveUpAt = performance.now();
  await world.until(() => mailbox.connected() === 0, 'it to hang up');
  // Not only when the client's own timeout has come.
  expect(performance.now() - gaveUpAt).toBeLessThan(5000);

  isSlow = false;
  await world.runUntil(() => world.sent.length === 2, 120);
  // The clock stands still while the mail is on its way.
  await world.until(async () => (await world.kinds()).includes('notified'), 'the second attempt');
  const kinds = await world.kinds();
  expect(kinds.filter((kind) => kind === 'notified')).toHaveLength(1);
  expect(kinds.filter((kind) => kind === 'notification_retried')).toHaveLength(1);
  expect((await world.history()).at(-1)?.detail).toMatchObject({ attempt: '2' });
  expect(handedOver).toHaveLength(2);
  expect(new Set(handedOver).size).toBe(1);
  expect(await world.store.read.jobs.backlog('notify')).toMatchObject({ queued: 0, dead: 0 });
});
