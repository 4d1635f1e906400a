import type { Clock } from '../../clock.ts';
import type { Store } from '../store.ts';
import { DATABASES, type FreshDatabase } from '../testing/databases.ts';
import { after, sampleAlert, sampleAudit, sampleJob, START } from '../testing/samples.ts';

const SERVERS = DATABASES.filter(({ name }) => name === 'postgres');

/** Calls back when the test says that a second has passed. */
function handClock() {
  const callbacks = new Set<() => void>();
  const clock: Clock = {
    now: () => START,
    after: (_ms, callback) => {
      callbacks.add(callback);
      return () => callbacks.delete(callback);
    },
  };
  return {
    clock,
    waiting: () => callbacks.size,
    tick: () => {
      const due = [...callbacks];
      callbacks.clear();
      due.forEach((callback) => callback());
    },
  };
}

it(`looks at several engines on ${SERVERS.length > 0 ? 'PostgreSQL' : 'no database: PHAROS_TEST_DATABASE_URL is not set'}`, () => {
  expect(SERVERS.length).toBeLessThanOrEqual(1);
});

// A loop and not `describe.each`, which refuses an empty list.
for (const { create } of SERVERS) {
  describe('several engines on PostgreSQL', () => {
    const hand = handClock();
    let database: FreshDatabase;
    let one: Store;
    let two: Store;

    beforeAll(async () => {
      database = await create();
      // Opened at once on purpose: one of them makes the tables, the other waits.
      [one, two] = await Promise.all([database.open(), database.open({ clock: hand.clock })]);
    });

    afterAll(async () => {
      await one.close();
      await two.close();
      await database.dispose();
    });

    it('open one alert once, whoever comes first', async () => {
      const open = (store: Store, id: string) =>
        store.write(async (tx) => {
          const [known] = await tx.alerts.findOpen('default', 'pharos', ['f1']);
          await tx.alerts.save([
            known ? { ...known, version: known.version + 1 } : sampleAlert({ id, fingerprint: 'f1' }),
          ]);
        });
      await Promise.all([open(one, 'a'), open(two, 'b'), open(one, 'c'), open(two, 'd')]);
      const alerts = await one.read.alerts.listOpen('default');
      expect(alerts.map(({ version }) => version)).toEqual([4]);
    });

    it('append to one audit chain', async () => {
      const append = (store: Store) => store.write((tx) => tx.audit.append('default', sampleAudit()));
      await Promise.all([append(one), append(two), append(one), append(two)]);
      expect(await one.read.audit.verify('default')).toEqual({ ok: true, rows: 4, firstBadSeq: null });
    });

    it('share the queues, each batch to one of them', async () => {
      const queues = Array.from({ length: 6 }, (_, i) => `q${i}`);
      await one.write((tx) => tx.jobs.enqueue(queues.map((queue) => sampleJob({ queue, idempotencyKey: queue }))));
      const at = { now: after(1), leaseUntil: after(1000), max: 5 };
      const claim = (store: Store, queue: string) =>
        store.write((tx) => tx.jobs.claim({ kind: 'notify', namespace: 'default', queue, ...at }));
      const claims = await Promise.all(queues.flatMap((queue) => [claim(one, queue), claim(two, queue)]));
      const taken = claims.filter((given) => given !== undefined).map((given) => given.queue);
      expect(taken.toSorted()).toEqual(queues);
    });

    it('hear of the changes of the other at the next look', async () => {
      const heard = new Promise<string>((resolve) => two.read.changes.onCommit(resolve));
      await one.write((tx) => tx.changes.append('shared', [{ topic: 'alerts', id: 'a' }]));
      hand.tick();
      expect(await heard).toBe('shared');
    });
  });
}
