import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createSender } from '../receivers/createSender.ts';
import { startLocalServer, type LocalServer } from '../receivers/testing/localServer.fixture.ts';
import { secrets } from '../receivers/testing/notification.fixture.ts';
import { createDelivery } from './delivery.ts';
import { createWorld, type World } from './testing/pipelineWorld.fixture.ts';

const SECRET = 'T000-B000-tOpSeCrEt';
const traces = (text: string): boolean =>
  text.includes(SECRET) || text.includes(Buffer.from(SECRET).toString('base64'));

let world: World;
let server: LocalServer;

beforeEach(async () => {
  world = await createWorld();
  server = await startLocalServer();
});

afterEach(async () => {
  await world.dispose();
  await server.close();
});

/** Everything that the store has on disk, journal included. */
const storedBytes = (dataDir: string): string =>
  readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name)).toString('latin1'))
    .join('\n');

describe('the secrets of receivers', () => {
  it.each([
    [200, 'notified'],
    [503, 'notification_retried'],
    [403, 'notification_failed'],
    [302, 'notification_failed'],
    [0, 'notification_retried'],
  ])('stand nowhere in the store, the history or the log when the other side answers %i', async (status, kind) => {
    server.behave = (response) => {
      if (status === 0) {
        response.destroy();
      } else {
        response.writeHead(status, { location: `${server.url}/${SECRET}` }).end(`echo ${SECRET}`);
      }
    };
    const log = {
      warn: (facts: object, text: string) => void world.logged.push(JSON.stringify([facts, text])),
      error: (facts: object, text: string) => void world.logged.push(JSON.stringify([facts, text])),
    } as never;
    const config = { egressAllow: [`127.0.0.1:${server.port}`], smtpUrl: undefined, smtpFrom: 'x@y.example' };
    const { store, clock } = world;
    const sender = createSender({ config, secrets, clock, log });
    const delivery = createDelivery({ store, sender, clock, log, random: () => 0.5, publicUrl: 'https://p.example' });
    await world.addReceiver('ops', {
      kind: 'slack',
      secrets: secrets.encrypt({ url: `http://127.0.0.1:${server.port}/services/${SECRET}` }),
    });
    await world.setRoutes([{ receiver: 'ops' }]);
    delivery.start();
    await world.observe({});
    await world.until(async () => (await world.kinds()).includes(kind), kind);
    await delivery.stop();
    expect(server.received[0]?.url).toContain(SECRET);
    const history = JSON.stringify(await world.history());
    const receiver = JSON.stringify(await store.read.receivers.get('default', 'ops'));
    expect([history, receiver, world.logged.join('\n'), storedBytes(store.dataDir)].map(traces)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
