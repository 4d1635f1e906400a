import { randomBytes } from 'node:crypto';
import { createSource, deleteSource, listSources } from '../src/api/access.ts';
import { listAlerts, listHistory } from '../src/api/alerts.ts';
import { getSystemStatus } from '../src/api/system.ts';
import { createThreshold } from '../src/api/thresholds.ts';
import { seconds } from '../src/core/units.ts';
import { eventually } from '../tests/stack/support/eventually.ts';
import { startEngine, type RealEngine } from '../tests/stack/support/startEngine.ts';
import { startTestInbox, type TestInbox } from '../tests/stack/support/startTestInbox.ts';
import { json, startFakeStore, vector, type Answer, type FakeStore } from './sources/fakeStore.fixture.ts';
import { DATABASES, type FreshDatabase } from './store/testing/databases.ts';

jest.setTimeout(180_000);

const SERVERS = DATABASES.filter(({ name }) => name === 'postgres');
const EXPR = 'sum by (service) (waiting_orders)';
const INTERVAL_MS = 1000;
/** Promised in the guide. */
const TAKES_OVER_WITHIN_MS = 30_000;

it(`looks at several engines on ${SERVERS.length > 0 ? 'PostgreSQL' : 'no database: PHAROS_TEST_DATABASE_URL is not set'}`, () => {
  expect(SERVERS.length).toBeLessThanOrEqual(1);
});

/** As a Prometheus that scrapes nothing itself, and has one series. */
function answerTo(path: string, value: string | undefined): Answer {
  if (path.endsWith('/targets')) {
    return json({}, 404);
  }
  return path.endsWith('/values')
    ? json({ status: 'success', data: ['waiting_orders'] })
    : vector(value === undefined ? [] : [[{ service: 'orders' }, value]]);
}

// A loop and not `describe.each`, which refuses an empty list.
for (const { create } of SERVERS) {
  describe('two engines on one PostgreSQL', () => {
    let database: FreshDatabase;
    let prometheus: FakeStore;
    let inbox: TestInbox;
    let engines: readonly RealEngine[] = [];
    let waiting = '3';
    /** When the threshold's question was asked, by whichever engine. */
    const asked: number[] = [];

    beforeAll(async () => {
      database = await create();
      prometheus = await startFakeStore((seen, response) => {
        const isOurs = seen.params.get('query') === EXPR;
        if (isOurs) {
          asked.push(performance.now());
        }
        answerTo(seen.path, isOurs ? waiting : undefined)(seen, response);
      });
      inbox = await startTestInbox();
      const settings = {
        PHAROS_DATABASE_URL: database.source.databaseUrl ?? '',
        PHAROS_SECRET_KEY: randomBytes(32).toString('base64url'),
        PHAROS_PROMETHEUS_URL: prometheus.url,
        PHAROS_EVALUATION_INTERVAL: `${INTERVAL_MS / 1000}s`,
      };
      engines = [await startEngine(settings), await startEngine(settings)];
    });

    afterAll(async () => {
      await Promise.all(engines.map((engine) => engine.dispose()));
      await inbox?.close();
      await prometheus?.close();
      await database?.dispose();
    });

    const statusOf = ({ client }: RealEngine) => client.call(getSystemStatus, {});

    async function roles(): Promise<{ leader: RealEngine; follower: RealEngine }> {
      const leads = await Promise.all(engines.map(async (engine) => (await statusOf(engine)).leadership.leads));
      const [leader, ...others] = engines.filter((_, place) => leads[place] === true);
      const [follower] = engines.filter((_, place) => leads[place] === false);
      if (leader === undefined || follower === undefined || others.length > 0) {
        throw new Error(`one of two leads, but it was: ${leads.join()}`);
      }
      return { leader, follower };
    }

    const openAlerts = async ({ client }: RealEngine) => (await client.call(listAlerts, {})).items;

    /** What the inbox was told, oldest first; test sends have no alerts. */
    const told = async (): Promise<readonly string[]> =>
      (await inbox.deliveries()).flatMap(({ body }) => body.alerts.map(({ kind }) => kind));

    const asks = (count: number): Promise<true> => {
      const wanted = asked.length + count;
      return eventually(`${count} evaluations`, 30_000, () =>
        Promise.resolve(asked.length >= wanted ? true : undefined)
      );
    };

    it('agree on who leads, and evaluate a threshold that the other one was given once per interval', async () => {
      const { leader, follower } = await roles();
      const names = await Promise.all(engines.map(async (engine) => (await statusOf(engine)).leadership.leader));
      expect(names).toEqual(Array.from({ length: 2 }, () => expect.stringContaining(`(process ${leader.pid()})`)));
      await inbox.provision(follower);
      await follower.client.call(createThreshold, {
        ...{ service: '*', signal: { expr: EXPR }, direction: 'above', critical: 10, for: seconds(0) },
        ...{ owner: 'shop', reason: 'agreed with the shop' },
      });
      await asks(8);
      const gaps = asked.slice(1).map((at, place) => at - (asked[place] ?? 0));
      expect(Math.min(...gaps)).toBeGreaterThan(INTERVAL_MS / 2);
    });

    it('agree on the sources that one of them was given or removed', async () => {
      const { leader, follower } = await roles();
      const loki = { kind: 'loki' as const, name: 'logs', url: 'https://loki.example.org', tenant: '', token: '' };
      const { source } = await follower.client.call(createSource, loki);
      await eventually('the other to see the source', 25_000, async () => {
        const { items } = await leader.client.call(listSources, {});
        return items.some(({ id }) => id === source.id) ? true : undefined;
      });
      await follower.client.call(deleteSource, { id: source.id });
      // Whoever has the removed one open still must not take it for a rival.
      const { source: next } = await leader.client.call(createSource, loki);
      await follower.client.call(deleteSource, { id: next.id });
    });

    it('let the other take over when one is killed, and tell nobody twice', async () => {
      const { leader, follower } = await roles();
      waiting = '50';
      const [before] = await eventually('the alert', 15_000, async () => {
        const open = await openAlerts(follower);
        return open[0]?.state === 'firing' ? open : undefined;
      });
      // Killed between sending and writing that down, an engine has the message repeated, as one alone has.
      await eventually('its notification, written down', 15_000, async () => {
        const { items } = await follower.client.call(listHistory, {});
        return items.some(({ kind }) => kind === 'notified') ? true : undefined;
      });

      const killedAt = performance.now();
      await leader.kill();
      const asksThen = asked.length;
      await eventually('the other evaluates', TAKES_OVER_WITHIN_MS, () =>
        Promise.resolve(asked.length > asksThen ? true : undefined)
      );
      expect(performance.now() - killedAt).toBeLessThan(TAKES_OVER_WITHIN_MS);
      expect((await statusOf(follower)).leadership.leads).toBe(true);
      await asks(5);
      expect((await openAlerts(follower)).map(({ id }) => id)).toEqual([before?.id]);

      waiting = '3';
      await eventually('the alert resolves', 15_000, async () =>
        (await openAlerts(follower)).length === 0 ? true : undefined
      );
      await eventually('the inbox hears of it', 15_000, async () =>
        (await told()).includes('resolved') ? true : undefined
      );
      expect(await told()).toEqual(['fired', 'resolved']);
      expect((await inbox.deliveries()).filter(({ duplicateOf }) => duplicateOf !== null)).toEqual([]);
    });

    it('let the first come back without taking the lead from the other', async () => {
      const { follower: back, leader } = await restarted();
      expect((await statusOf(leader)).leadership.leads).toBe(true);
      expect((await statusOf(back)).problems.filter((problem) => problem.includes('lead'))).toEqual([]);
      await leader.stop();
      await eventually('the lead is given up at a stop', 8000, async () =>
        (await statusOf(back)).leadership.leads ? true : undefined
      );
    });

    async function restarted(): Promise<{ leader: RealEngine; follower: RealEngine }> {
      const alive = await Promise.all(engines.map((engine) => statusOf(engine).catch(() => undefined)));
      await Promise.all(engines.filter((_, place) => alive[place] === undefined).map((engine) => engine.start()));
      return roles();
    }
  });
}
