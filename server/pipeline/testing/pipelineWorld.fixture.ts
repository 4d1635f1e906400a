import { observationOf } from '../../../src/core/alerts/alert.fixture.ts';
import type { Alert } from '../../../src/core/alerts/alert.ts';
import type { Observation } from '../../../src/core/alerts/observation.ts';
import type { Identity } from '../../../src/core/identity.ts';
import type { Matcher } from '../../../src/core/matchers.ts';
import type { Route } from '../../../src/core/routing/route.ts';
import { addMs, epochMs, seconds, type EpochMs } from '../../../src/core/units.ts';
import type { DeliveryResult, Notification } from '../../receivers/receiver.ts';
import { compileRegex } from '../../regex.ts';
import { createTestStore, type TestStore } from '../../store/testing/createTestStore.ts';
import type { Store, StoredReceiver, StoredTransition } from '../../store/store.ts';
import { createTestClock, type TestClock } from '../../testing/testClock.ts';
import { noTracing, type Tracing } from '../../tracing.ts';
import { createPipeline, type RunningPipeline } from '../createPipeline.ts';
import { createDelivery } from '../delivery.ts';
import type { Delivery, PersonAct } from '../pipeline.ts';

export const NS = 'default';

export const ada: Identity = { subject: 'session:1', name: 'Ada', role: 'editor', namespace: NS, intakeOnly: false };

export const ok: DeliveryResult = { ok: true, message: 'answered 200 OK' };
export const busy: DeliveryResult = { ok: false, retryable: true, message: 'answered 503', retryAfterMs: null };

type Answer = (notification: Notification, signal: AbortSignal) => DeliveryResult | Promise<DeliveryResult>;

/** A store, a pipeline and a delivery loop on a clock that tests move, with receivers that only write down what they get. */
export interface World {
  readonly store: TestStore;
  readonly clock: TestClock;
  readonly pipeline: RunningPipeline;
  readonly delivery: Delivery;
  readonly sent: Array<{ readonly at: EpochMs; readonly notification: Notification }>;
  readonly logged: string[];
  /** How the receivers answer from now on. */
  answer: Answer;
  addReceiver(name: string, fields?: Partial<StoredReceiver>): Promise<void>;
  setRoutes(routes: ReadonlyArray<Partial<Route>>): Promise<void>;
  observe(...fields: ReadonlyArray<Partial<Observation>>): Promise<void>;
  act(alertId: string, act: PersonAct['act']): Promise<Alert>;
  silence(id: string, matchers: readonly Matcher[], forMs: number): Promise<void>;
  alerts(states?: ReadonlyArray<Alert['state']>): Promise<readonly Alert[]>;
  theAlert(): Promise<Alert>;
  history(): Promise<readonly StoredTransition[]>;
  kinds(): Promise<readonly string[]>;
  /** Another loop on the same store, as after a restart. */
  restartDelivery(store?: Store): Delivery;
  until(condition: () => boolean | Promise<boolean>, what: string): Promise<void>;
  /** Moves the clock in steps of a second, letting the loop work in between, until the condition holds. */
  runUntil(condition: () => boolean | Promise<boolean>, maxSeconds: number): Promise<void>;
  dispose(): Promise<void>;
}

/** Lets promises and the store go on for a moment. */
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

interface WorldOptions {
  readonly tracing?: Tracing;
  readonly isLeader?: () => boolean;
}

export async function createWorld({ tracing = noTracing, isLeader = () => true }: WorldOptions = {}): Promise<World> {
  const clock = createTestClock();
  const store = await createTestStore({ clock });
  const logged: string[] = [];
  const write = (facts: object, text: string) => void logged.push(`${JSON.stringify(facts)} ${text}`);
  const log = { error: write, warn: write } as never;
  const pipeline = createPipeline({ store, clock, compileRegex, log, tracing, isLeader });
  const sent: World['sent'] = [];
  const loops: Delivery[] = [];

  const makeDelivery = (over: Store = store): Delivery => {
    const delivery = createDelivery({
      ...{ store: over, clock, log, random: () => 0.5, publicUrl: 'https://pharos.example', tracing },
      sender: {
        send: async (_receiver, notification, signal) => {
          sent.push({ at: clock.now(), notification });
          return world.answer(notification, signal);
        },
      },
    });
    loops.push(delivery);
    return delivery;
  };

  const until: World['until'] = async (condition, what) => {
    const deadline = performance.now() + 10_000;
    while (!(await condition())) {
      if (performance.now() > deadline) {
        throw new Error(`waited 10 s for ${what}; logged: ${logged.join('\n')}`);
      }
      await breathe();
    }
  };

  const world: World = {
    ...{ store, clock, pipeline, delivery: makeDelivery(), sent, logged, answer: () => ok, until },
    ...writers(store, clock, pipeline),
    ...readers(store),
    restartDelivery: (over) => makeDelivery(over),
    async runUntil(condition, maxSeconds) {
      for (let second = 0; second <= maxSeconds; second++) {
        for (let turn = 0; turn < 60; turn++) {
          if (await condition()) {
            return;
          }
          await breathe();
        }
        clock.advance(1000);
      }
      throw new Error(`nothing after ${maxSeconds} s of the clock; logged: ${logged.join('\n')}`);
    },
    async dispose() {
      await Promise.all(loops.map((loop) => loop.stop()));
      await pipeline.stop();
      await store.dispose();
    },
  };
  return world;
}

type Writers = Pick<World, 'addReceiver' | 'setRoutes' | 'observe' | 'act' | 'silence'>;

const writers = (store: Store, clock: TestClock, pipeline: RunningPipeline): Writers => ({
  addReceiver: (name, fields = {}) =>
    store.write((tx) =>
      tx.receivers.save({
        ...{ namespace: NS, name, kind: 'webhook', settings: {}, secrets: '', updatedAt: clock.now() },
        ...{ updatedBy: 'Ada', testedAt: null, lastDeliveryAt: null, lastDeliveryError: null },
        ...fields,
      })
    ),
  setRoutes: (routes) =>
    store.write(async (tx) => {
      const full = routes.map((route) => ({ matchers: [], receiver: 'ops', continue: false, ...route }));
      const { version } = await tx.routes.get(NS);
      await tx.routes.save(NS, { routes: full, version: version + 1, updatedAt: clock.now(), updatedBy: 'Ada' });
      await pipeline.refreshSuppression(tx, NS);
    }),
  async observe(...fields) {
    await pipeline.ingest(NS, fields.map(observationOf));
  },
  act: async (alertId, act) =>
    (await store.write((tx) => pipeline.act(tx, { alertId, identity: ada, now: clock.now(), act }))).after,
  silence: (id, matchers, forMs) =>
    store.write(async (tx) => {
      const now = clock.now();
      const times = { startsAt: now, endsAt: epochMs(now + forMs), createdAt: now, updatedAt: now };
      await tx.silences.save({ id, namespace: NS, matchers, createdBy: 'Ada', comment: 'deploy', ...times });
      await pipeline.refreshSuppression(tx, NS);
    }),
});

type Readers = Pick<World, 'alerts' | 'theAlert' | 'history' | 'kinds'>;

function readers(store: Store): Readers {
  const alerts: Readers['alerts'] = async (states = ['pending', 'firing', 'no_data', 'stale', 'resolved']) =>
    (await store.read.alerts.list(NS, { states }, { limit: 1000 })).items;
  const history: Readers['history'] = async () => {
    const rows: StoredTransition[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.read.history.list(NS, {}, { limit: 1000, cursor });
      rows.push(...page.items);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    return rows.toReversed();
  };
  return {
    alerts,
    history,
    kinds: async () => (await history()).map(({ kind }) => kind),
    async theAlert() {
      const [alert] = await alerts();
      if (alert === undefined) {
        throw new Error('expected an alert');
      }
      return alert;
    },
  };
}

export const later = (at: EpochMs, by: number): EpochMs => addMs(at, seconds(by));
