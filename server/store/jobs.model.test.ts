import fc from 'fast-check';
import type { Claim } from './jobRepository.ts';
import type { Store } from './store.ts';
import { DATABASES } from './testing/databases.ts';
import { freshNamespace, openForTests } from './testing/openForTests.ts';
import { after, sampleJob } from './testing/samples.ts';

/** What the job table must be, in a few lines: per queue, jobs in order and at most one batch. */
interface Model {
  now: number;
  enqueued: number;
  readonly queues: Map<string, ModelQueue>;
  /** Every claim ever given, so that old workers come back at any time. */
  readonly claims: GivenClaim[];
  readonly finished: Map<string, 'done' | 'skipped' | 'dead' | 'dismissed'>;
}

interface ModelQueue {
  fresh: Array<{ readonly key: string; readonly runAt: number }>;
  batch: { readonly id: string; readonly keys: readonly string[]; claimableAt: number; fence: number | null } | null;
}

interface GivenClaim {
  readonly claim: Claim;
  readonly queue: string;
}

interface Real {
  readonly store: Store;
  readonly namespace: string;
  readonly kind: string;
}

type JobCommand = fc.AsyncCommand<Model, Real>;

const LEASE = 20;
const QUEUES = ['one', 'two'];

const queueOf = (model: Model, name: string): ModelQueue => {
  const queue = model.queues.get(name) ?? { fresh: [], batch: null };
  model.queues.set(name, queue);
  return queue;
};

const command = (name: string, run: JobCommand['run']): JobCommand => ({
  check: () => true,
  run,
  toString: () => name,
});

const wait = (ms: number) =>
  command(`wait ${ms}`, (model) => {
    model.now += ms;
    return Promise.resolve();
  });

const enqueue = (queue: string, delay: number) =>
  command(`enqueue ${queue} in ${delay}`, async (model, { store, namespace, kind }) => {
    const key = `job ${++model.enqueued}`;
    const job = sampleJob({
      namespace,
      kind,
      queue,
      runAt: after(model.now + delay),
      idempotencyKey: key,
      subject: key,
    });
    await store.write((tx) => tx.jobs.enqueue([job, { ...job, payload: 'a copy' }]));
    queueOf(model, queue).fresh.push({ key, runAt: model.now + delay });
  });

const claim = (queue: string, max: number) =>
  command(`claim ${queue} ${max}`, async (model, { store, namespace, kind }) => {
    const at = { now: after(model.now), leaseUntil: after(model.now + LEASE) };
    const due = await store.read.jobs.dueQueues(kind, at.now);
    const given = await store.write((tx) => tx.jobs.claim({ kind, namespace, queue, ...at, max }));
    const expected = expectedBatch(queueOf(model, queue), model.now, max);
    expect(given?.jobs.map((job) => job.idempotencyKey)).toEqual(expected);
    expect(due.some((found) => found.queue === queue)).toBe(expected !== undefined);
    if (given !== undefined) {
      take(model, queue, given);
    }
  });

function expectedBatch(queue: ModelQueue, now: number, max: number): readonly string[] | undefined {
  if (queue.batch !== null) {
    return queue.batch.claimableAt <= now ? queue.batch.keys : undefined;
  }
  const due = queue.fresh.filter((job) => job.runAt <= now).toSorted((a, b) => a.runAt - b.runAt);
  return due.length === 0 ? undefined : due.slice(0, max).map((job) => job.key);
}

function take(model: Model, name: string, given: Claim): void {
  const queue = queueOf(model, name);
  const keys = given.jobs.map((job) => job.idempotencyKey);
  if (queue.batch !== null) {
    expect(given.batchId).toBe(queue.batch.id);
  }
  const older = model.claims.filter(({ queue: other }) => other === name).map((before) => before.claim.fence);
  expect(given.fence).toBeGreaterThan(Math.max(0, ...older));
  queue.batch = { id: given.batchId, keys, claimableAt: model.now + LEASE, fence: given.fence };
  queue.fresh = queue.fresh.filter((job) => !keys.includes(job.key));
  model.claims.push({ claim: given, queue: name });
}

type Outcome = 'complete' | 'retry' | 'bury';

const finish = (pick: number, outcome: Outcome) =>
  command(`${outcome} claim ${pick}`, async (model, { store }) => {
    const given = model.claims[pick % Math.max(1, model.claims.length)];
    if (given === undefined) {
      return;
    }
    const queue = queueOf(model, given.queue);
    const batch = queue.batch;
    const theirs = batch !== null && batch.id === given.claim.batchId && batch.fence === given.claim.fence;
    expect(await settle(store, given.claim, { outcome, now: model.now })).toBe(theirs);
    if (!theirs) {
      return;
    }
    if (outcome === 'retry') {
      batch.claimableAt = model.now + 5;
      batch.fence = null;
      return;
    }
    queue.batch = null;
    for (const [index, key] of batch.keys.entries()) {
      expect(model.finished.has(key)).toBe(false);
      model.finished.set(key, index === 0 ? 'skipped' : outcome === 'bury' ? 'dead' : 'done');
    }
  });

/** Both ends skip the first job of the batch. */
const settle = (store: Store, given: Claim, { outcome, now }: { outcome: Outcome; now: number }): Promise<boolean> =>
  store.write((tx) => {
    const skippedIds = given.jobs.slice(0, 1).map((job) => job.id);
    switch (outcome) {
      case 'complete':
        return tx.jobs.complete(given, after(now), { skippedIds });
      case 'retry':
        return tx.jobs.retry(given, after(now + 5), 'answered 500');
      case 'bury':
        return tx.jobs.bury(given, after(now), { error: 'gone', skippedIds });
    }
  });

/** Jobs come in the order of their numbers where they are due at once. */
const numberOf = ({ key }: { readonly key: string }): number => Number(key.replace('job ', ''));

const seeTo = (pick: number, what: 'revive' | 'dismiss') =>
  command(`${what} dead letter ${pick}`, async (model, { store, namespace, kind }) => {
    const { items } = await store.read.jobs.listDead(namespace, kind, { limit: 1000 });
    const expected = [...model.finished].filter(([, state]) => state === 'dead').map(([key]) => key);
    expect(items.map(({ subject }) => subject).toSorted()).toEqual(expected.toSorted());
    const dead = items[pick % Math.max(1, items.length)];
    if (dead === undefined) {
      return;
    }
    const request = { namespace, kind, ids: [dead.id] };
    const changed = await store.write((tx) =>
      what === 'revive' ? tx.jobs.revive(request, after(model.now)) : tx.jobs.dismiss(request)
    );
    expect(changed).toEqual([dead]);
    if (what === 'dismiss') {
      model.finished.set(dead.subject, 'dismissed');
      return;
    }
    model.finished.delete(dead.subject);
    const queue = queueOf(model, dead.queue);
    const fresh = [...queue.fresh, { key: dead.subject, runAt: model.now }];
    queue.fresh = fresh.toSorted((a, b) => numberOf(a) - numberOf(b));
  });

const anyCommand = [
  fc.integer({ min: 1, max: 30 }).map(wait),
  fc.tuple(fc.constantFrom(...QUEUES), fc.integer({ min: 0, max: 10 })).map(([queue, delay]) => enqueue(queue, delay)),
  fc.tuple(fc.constantFrom(...QUEUES), fc.integer({ min: 1, max: 3 })).map(([queue, max]) => claim(queue, max)),
  fc
    .tuple(fc.nat(), fc.constantFrom<Outcome[]>('complete', 'retry', 'bury'))
    .map(([pick, outcome]) => finish(pick, outcome)),
  fc.tuple(fc.nat(), fc.constantFrom('revive', 'dismiss')).map(([pick, what]) => seeTo(pick, what)),
];

/** Works everything off, so that a job that was lost on the way shows. */
async function drain(model: Model, real: Real): Promise<void> {
  for (let round = 0; round < 1000; round++) {
    const next = await real.store.read.jobs.nextDueAt(real.kind);
    if (next === null) {
      return;
    }
    model.now = Math.max(model.now, next - after(0));
    for (const queue of QUEUES) {
      const before = model.claims.length;
      await claim(queue, 2).run(model, real);
      if (model.claims.length > before) {
        await finish(before, 'complete').run(model, real);
      }
    }
  }
  throw new Error('the job table never became empty');
}

describe.each(DATABASES)('the job table on $name', (database) => {
  const opened = openForTests(database);

  it('never has two live claims of a queue, never loses a job and never finishes one twice', async () => {
    const property = fc.asyncProperty(fc.commands(anyCommand, { maxCommands: 40 }), async (commands) => {
      const namespace = freshNamespace();
      const real: Real = { store: opened().store, namespace, kind: `notify ${namespace}` };
      const model: Model = { now: 0, enqueued: 0, queues: new Map(), claims: [], finished: new Map() };
      await fc.asyncModelRun(() => ({ model, real }), commands);
      await drain(model, real);
      const subjects = Array.from({ length: model.enqueued }, (_, i) => `job ${i + 1}`);
      const jobs = await real.store.read.jobs.listBySubject(namespace, real.kind, subjects);
      expect(new Map(jobs.map((job) => [job.subject, job.state]))).toEqual(model.finished);
      expect(jobs).toHaveLength(model.enqueued);
    });
    await fc.assert(property, { numRuns: 60 });
  });
});
