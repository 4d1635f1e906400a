import type { EpochMs } from '../../src/core/units.ts';
import type { Claim, NewJob } from './jobRepository.ts';
import type { Store } from './store.ts';
import { DATABASES } from './testing/databases.ts';
import { freshNamespace, openForTests } from './testing/openForTests.ts';
import { after, sampleAlert, sampleJob, START } from './testing/samples.ts';

const LEASE = 15_000;

/** The jobs of one namespace and queue, at a time in ms after the start. */
function queueOf(store: Store, namespace: string, queue = 'demo-inbox') {
  // Its own kind, as looking for due queues goes over all namespaces.
  const kind = `notify ${namespace}`;
  return {
    kind,
    enqueue: (...jobs: ReadonlyArray<Partial<NewJob>>) =>
      store.write((tx) => tx.jobs.enqueue(jobs.map((job) => sampleJob({ namespace, kind, queue, ...job })))),
    claim: (ms: number, max = 100) =>
      store.write((tx) =>
        tx.jobs.claim({ kind, namespace, queue, now: after(ms), leaseUntil: after(ms + LEASE), max })
      ),
    endLeases: (ms: number) => store.write((tx) => tx.jobs.endLeases(kind, after(ms))),
    due: async (ms: number) => (await store.read.jobs.dueQueues(kind, after(ms))).map((due) => due.queue),
    nextDueAt: () => store.read.jobs.nextDueAt(kind),
    complete: (claim: Claim, ms: number, skippedIds: readonly string[] = []) =>
      store.write((tx) => tx.jobs.complete(claim, after(ms), { skippedIds })),
    retry: (claim: Claim, ms: number, error = 'answered 500') =>
      store.write((tx) => tx.jobs.retry(claim, after(ms), error)),
    bury: (claim: Claim, ms: number) =>
      store.write((tx) => tx.jobs.bury(claim, after(ms), { error: 'gone', skippedIds: [] })),
    dead: async (limit = 100, cursor?: string) => store.read.jobs.listDead(namespace, kind, { limit, cursor }),
    revive: (ids: readonly string[], ms: number) =>
      store.write((tx) => tx.jobs.revive({ namespace, kind, ids }, after(ms))),
    dismiss: (ids: readonly string[]) => store.write((tx) => tx.jobs.dismiss({ namespace, kind, ids })),
    about: (subject: string) => store.read.jobs.listBySubject(namespace, kind, [subject]),
    stats: (since: EpochMs = START) => store.read.jobs.stats(namespace, kind, since),
  };
}

/** Prunes what is over, and no dead letter. */
const olderThan = (ms: number) => ({ finished: after(ms), dead: after(-1_000_000) });

const keys = (claim: Claim | undefined) => claim?.jobs.map((job) => job.idempotencyKey);

function taken(claim: Claim | undefined): Claim {
  if (claim === undefined) {
    throw new Error('expected something to claim');
  }
  return claim;
}

describe.each(DATABASES)('jobs on $name', (database) => {
  const opened = openForTests(database);

  it('adds a key once in a namespace, also within one call', async () => {
    const namespace = freshNamespace();
    const queue = queueOf(opened().store, namespace);
    await queue.enqueue({ idempotencyKey: 'a', subject: 's' }, { idempotencyKey: 'a', subject: 's', queue: 'other' });
    await queue.enqueue({ idempotencyKey: 'a', subject: 's', payload: 'other' });
    const jobs = await queue.about('s');
    expect(jobs).toEqual([
      {
        id: expect.stringMatching(/^\d+$/),
        namespace,
        kind: queue.kind,
        queue: 'demo-inbox',
        payload: { alertId: 'a1-start', version: 1 },
        runAt: START,
        idempotencyKey: 'a',
        subject: 's',
        state: 'queued',
        attempts: 0,
        batchId: null,
        leaseUntil: null,
        fence: 0,
        lastError: null,
        createdAt: START,
        finishedAt: null,
      },
    ]);
  });

  it('ends leases when told to, and leaves retries to their time', async () => {
    const namespace = freshNamespace();
    const queue = queueOf(opened().store, namespace);
    const waiting = queueOf(opened().store, namespace, 'waiting');
    await queue.enqueue({ idempotencyKey: 'a' });
    await waiting.enqueue({ idempotencyKey: 'b' });
    const claim = taken(await queue.claim(0));
    await waiting.retry(taken(await waiting.claim(0)), 10_000);
    await queue.endLeases(5);
    expect(await queue.due(5)).toEqual(['demo-inbox']);
    const again = taken(await queue.claim(5));
    expect([again.batchId, again.fence > claim.fence, keys(again)]).toEqual([claim.batchId, true, ['a']]);
    expect(await queue.complete(claim, 6)).toBe(false);
    expect(await queue.complete(again, 6)).toBe(true);
    expect(await queue.due(7)).toEqual([]);
    expect(await queue.due(10_000)).toEqual(['waiting']);
  });

  it('claims what is due, in order of time and then of arrival, at most `max`', async () => {
    const queue = queueOf(opened().store, freshNamespace());
    await queue.enqueue(
      { idempotencyKey: 'later', runAt: after(2) },
      { idempotencyKey: 'first', runAt: after(1) },
      { idempotencyKey: 'second', runAt: after(1) },
      { idempotencyKey: 'not due', runAt: after(11) }
    );
    expect(await queue.due(0)).toEqual([]);
    expect(await queue.claim(0)).toBeUndefined();
    expect(await queue.due(10)).toEqual(['demo-inbox']);
    const claim = taken(await queue.claim(10, 2));
    expect(keys(claim)).toEqual(['first', 'second']);
    expect(claim.jobs[0]).toMatchObject({ state: 'running', batchId: claim.batchId, leaseUntil: after(10 + LEASE) });
    expect(await queue.complete(claim, 10)).toBe(true);
    expect(keys(await queue.claim(10, 2))).toEqual(['later']);
  });

  it('has one live claim per queue, and queues do not wait for each other', async () => {
    const namespace = freshNamespace();
    const inbox = queueOf(opened().store, namespace);
    const slack = queueOf(opened().store, namespace, 'slack');
    await inbox.enqueue({ idempotencyKey: 'a' }, { idempotencyKey: 'b' });
    await slack.enqueue({ idempotencyKey: 'c' });
    expect(keys(await inbox.claim(0, 1))).toEqual(['a']);
    expect(await inbox.claim(1, 1)).toBeUndefined();
    expect(await inbox.due(1)).toEqual(['slack']);
    expect(keys(await slack.claim(1, 1))).toEqual(['c']);
  });

  it('gives a batch whose lease is over to the next, whole, under a higher fence, and takes nothing from the old one', async () => {
    const queue = queueOf(opened().store, freshNamespace());
    await queue.enqueue({ idempotencyKey: 'a', subject: 's' }, { idempotencyKey: 'b', subject: 's' });
    const old = taken(await queue.claim(0, 2));
    await queue.enqueue({ idempotencyKey: 'c', subject: 's' });
    expect(await queue.claim(LEASE - 1)).toBeUndefined();
    const next = taken(await queue.claim(LEASE));
    expect(keys(next)).toEqual(['a', 'b']);
    expect(next.batchId).toBe(old.batchId);
    expect(next.fence).toBeGreaterThan(old.fence);
    const before = await queue.about('s');
    expect(await queue.complete(old, LEASE)).toBe(false);
    expect(await queue.retry(old, LEASE)).toBe(false);
    expect(await queue.bury(old, LEASE)).toBe(false);
    expect(await queue.about('s')).toEqual(before);
    expect(await queue.complete(next, LEASE)).toBe(true);
    expect(await queue.complete(next, LEASE)).toBe(false);
  });

  it('lets a worker whose lease is over finish as long as nobody else took its batch', async () => {
    const queue = queueOf(opened().store, freshNamespace());
    await queue.enqueue({ idempotencyKey: 'a' });
    const claim = taken(await queue.claim(0));
    expect(await queue.complete(claim, 2 * LEASE)).toBe(true);
    expect(await queue.claim(2 * LEASE)).toBeUndefined();
  });

  it('retries the same batch with the same members, counts the attempt, and lets nothing of the queue pass before', async () => {
    const queue = queueOf(opened().store, freshNamespace());
    await queue.enqueue({ idempotencyKey: 'b', subject: 's' }, { idempotencyKey: 'a', subject: 's', runAt: after(-1) });
    const first = taken(await queue.claim(0));
    expect(keys(first)).toEqual(['a', 'b']);
    expect(await queue.retry(first, 100)).toBe(true);
    expect(await queue.complete(first, 1)).toBe(false);
    await queue.enqueue({ idempotencyKey: 'fresh' });
    expect(await queue.due(99)).toEqual([]);
    expect(await queue.claim(99)).toBeUndefined();
    expect(await queue.nextDueAt()).toBe(after(100));
    const [waiting] = await queue.about('s');
    expect(waiting).toMatchObject({ state: 'queued', attempts: 1, runAt: after(100), lastError: 'answered 500' });
    const second = taken(await queue.claim(100, 1));
    expect(keys(second)).toEqual(['a', 'b']);
    expect(second).toMatchObject({ batchId: first.batchId });
    expect(second.fence).toBeGreaterThan(first.fence);
    expect(await queue.complete(second, 101)).toBe(true);
    const third = taken(await queue.claim(101));
    expect(keys(third)).toEqual(['fresh']);
    expect(third.batchId).not.toBe(first.batchId);
  });

  it('tells done from skipped, and keeps dead letters', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const queue = queueOf(store, namespace);
    await queue.enqueue({ idempotencyKey: 'a', subject: 's' }, { idempotencyKey: 'b', subject: 's' });
    const claim = taken(await queue.claim(0));
    await queue.complete(claim, -95, [claim.jobs[1]?.id ?? '']);
    await queue.enqueue({ idempotencyKey: 'c', subject: 's' });
    await queue.bury(taken(await queue.claim(6)), -93);
    const jobs = await queue.about('s');
    expect(jobs.map(({ state, finishedAt, leaseUntil }) => [state, finishedAt, leaseUntil])).toEqual([
      ['done', after(-95), null],
      ['skipped', after(-95), null],
      ['dead', after(-93), null],
    ]);
    expect(jobs[2]?.lastError).toBe('gone');
    expect(await store.write((tx) => tx.jobs.prune(olderThan(-95), 100))).toBe(0);
    expect(await store.write((tx) => tx.jobs.prune(olderThan(-90), 1))).toBe(1);
    expect(await store.write((tx) => tx.jobs.prune(olderThan(-90), 100))).toBe(1);
    expect((await queue.about('s')).map(({ state }) => state)).toEqual(['dead']);
  });

  it('lists dead letters, newest first, page by page, and those of one namespace and kind only', async () => {
    const { store } = opened();
    const queue = queueOf(store, freshNamespace());
    const other = queueOf(store, freshNamespace());
    for (const [ms, name] of ['a', 'b', 'c'].entries()) {
      await queue.enqueue({ idempotencyKey: name });
      await queue.bury(taken(await queue.claim(0)), ms);
    }
    await queue.enqueue({ idempotencyKey: 'waits' });
    const first = await queue.dead(2);
    expect(first.items.map(({ idempotencyKey }) => idempotencyKey)).toEqual(['c', 'b']);
    const second = await queue.dead(2, first.next ?? '');
    expect(second.items.map(({ idempotencyKey, lastError }) => [idempotencyKey, lastError])).toEqual([['a', 'gone']]);
    expect(second.next).toBeNull();
    expect((await other.dead()).items).toEqual([]);
    const ids = first.items.map(({ id }) => id);
    expect(await other.revive(ids, 9)).toEqual([]);
    expect(await other.dismiss(ids)).toEqual([]);
    expect((await queue.dead()).items).toHaveLength(3);
  });

  it('sends a dead letter again as one that was only just asked for, once', async () => {
    const queue = queueOf(opened().store, freshNamespace());
    await queue.enqueue({ idempotencyKey: 'a', subject: 's' });
    const first = taken(await queue.claim(0));
    await queue.retry(first, 10);
    const second = taken(await queue.claim(10));
    await queue.bury(second, 11);
    const [dead] = (await queue.dead()).items;
    const ids = [dead?.id ?? ''];
    expect(await queue.revive(ids, 50)).toEqual([dead]);
    expect(await queue.revive(ids, 50)).toEqual([]);
    expect(await queue.dismiss(ids)).toEqual([]);
    expect(await queue.stats()).toMatchObject({ dead: 0, queued: 1, oldestQueuedAt: after(50) });
    expect((await queue.about('s'))[0]).toMatchObject({ attempts: 0, lastError: null, finishedAt: null });
    expect(await queue.due(49)).toEqual([]);
    const again = taken(await queue.claim(50));
    expect(keys(again)).toEqual(['a']);
    expect(again.batchId).not.toBe(first.batchId);
    expect(await queue.complete(second, 51)).toBe(false);
    expect(await queue.complete(again, 51)).toBe(true);
  });

  it('dismisses a dead letter, and counts it no more', async () => {
    const queue = queueOf(opened().store, freshNamespace());
    await queue.enqueue({ idempotencyKey: 'a', subject: 's' }, { idempotencyKey: 'b', subject: 's' });
    await queue.bury(taken(await queue.claim(0)), 5);
    const [b, a] = (await queue.dead()).items;
    expect(await queue.dismiss([a?.id ?? '', a?.id ?? ''])).toEqual([a]);
    expect((await queue.dead()).items).toEqual([b]);
    expect(await queue.stats()).toMatchObject({ dead: 1, failedSince: 2 });
    expect(await queue.revive([a?.id ?? ''], 9)).toEqual([]);
    expect((await queue.about('s')).map(({ state, lastError, finishedAt }) => [state, lastError, finishedAt])).toEqual([
      ['dismissed', 'gone', after(5)],
      ['dead', 'gone', after(5)],
    ]);
  });

  it('removes dismissed letters as other jobs, and dead ones at a time of their own', async () => {
    const { store } = opened();
    const queue = queueOf(store, freshNamespace());
    await queue.enqueue({ idempotencyKey: 'a', subject: 's' }, { idempotencyKey: 'b', subject: 's' });
    await queue.bury(taken(await queue.claim(0)), -95);
    await queue.dismiss([(await queue.about('s'))[0]?.id ?? '']);
    expect(await store.write((tx) => tx.jobs.prune(olderThan(-90), 100))).toBe(1);
    expect((await queue.about('s')).map(({ state }) => state)).toEqual(['dead']);
    await store.write((tx) => tx.jobs.prune({ finished: after(-90), dead: after(-90) }, 100));
    expect(await queue.about('s')).toEqual([]);
  });

  it('keeps jobs of an alert that is still open: they say who was told', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const queue = queueOf(store, namespace);
    await queue.enqueue({ idempotencyKey: 'a', subject: 'open' }, { idempotencyKey: 'b', subject: 'over' });
    await queue.complete(taken(await queue.claim(0)), -95);
    const open = sampleAlert({ namespace, id: 'open', fingerprint: 'open' });
    const over = sampleAlert({ namespace, id: 'over', fingerprint: 'over', state: 'resolved', resolvedAt: START });
    await store.write((tx) => tx.alerts.save([open, over]));
    expect(await store.write((tx) => tx.jobs.prune(olderThan(-90), 100))).toBe(1);
    expect([(await queue.about('open')).length, (await queue.about('over')).length]).toEqual([1, 0]);
    await store.write((tx) => tx.alerts.save([{ ...open, state: 'resolved', resolvedAt: START }]));
    expect(await store.write((tx) => tx.jobs.prune(olderThan(-90), 100))).toBe(1);
  });

  it('knows when there is next something to claim', async () => {
    const namespace = freshNamespace();
    const inbox = queueOf(opened().store, namespace);
    const slack = queueOf(opened().store, namespace, 'slack');
    expect(await inbox.nextDueAt()).toBeNull();
    await inbox.enqueue({ idempotencyKey: 'a', runAt: after(50) }, { idempotencyKey: 'b', runAt: after(20) });
    await slack.enqueue({ idempotencyKey: 'c', runAt: after(70) });
    expect(await inbox.nextDueAt()).toBe(after(20));
    const claim = taken(await inbox.claim(60));
    // The inbox is taken: slack is next, unless the worker dies.
    expect(await inbox.nextDueAt()).toBe(after(70));
    await slack.complete(taken(await slack.claim(70)), 70);
    expect(await inbox.nextDueAt()).toBe(after(60 + LEASE));
    await inbox.complete(claim, 80);
    expect(await inbox.nextDueAt()).toBeNull();
  });

  it('counts by state and queue', async () => {
    const namespace = freshNamespace();
    const inbox = queueOf(opened().store, namespace);
    await inbox.enqueue(
      ...['a', 'b', 'c', 'd'].map((idempotencyKey, i) => ({ idempotencyKey, runAt: after(i), now: after(i) })),
      { idempotencyKey: 'e', queue: 'slack', now: after(9) }
    );
    await inbox.complete(taken(await inbox.claim(9, 1)), 10);
    await inbox.complete(taken(await inbox.claim(9, 1)), 20);
    await inbox.bury(taken(await inbox.claim(9, 1)), 20);
    expect(await inbox.stats(after(11))).toEqual({
      queued: 2,
      oldestQueuedAt: after(3),
      dead: 1,
      doneSince: 1,
      failedSince: 1,
      queuedByQueue: { 'demo-inbox': 1, slack: 1 },
    });
    expect(await inbox.stats(after(21))).toMatchObject({ dead: 1, doneSince: 0, failedSince: 0 });
    expect(await queueOf(opened().store, freshNamespace()).stats()).toEqual({
      queued: 0,
      oldestQueuedAt: null,
      dead: 0,
      doneSince: 0,
      failedSince: 0,
      queuedByQueue: {},
    });
  });

  it('adds up what waits and what was given up, over all namespaces', async () => {
    const { store } = opened();
    const kind = 'backlog';
    const empty = { queued: 0, oldestQueuedAt: null, dead: 0 };
    expect(await store.read.jobs.backlog(kind)).toEqual(empty);
    for (const [i, namespace] of [freshNamespace(), freshNamespace()].entries()) {
      const queue = 'demo-inbox';
      const job = (idempotencyKey: string, ms: number) =>
        sampleJob({ ...{ namespace, kind, queue, idempotencyKey }, runAt: after(ms), now: after(ms) });
      await store.write((tx) => tx.jobs.enqueue([job('dead', i), job('done', 2 + i), job('waits', 4 + i)]));
      const claim = () =>
        store.write((tx) =>
          tx.jobs.claim({ ...{ kind, namespace, queue, max: 1 }, now: after(9), leaseUntil: after(LEASE) })
        );
      const dead = taken(await claim());
      await store.write((tx) => tx.jobs.bury(dead, after(9), { error: 'gone', skippedIds: [] }));
      const done = taken(await claim());
      await store.write((tx) => tx.jobs.complete(done, after(9), { skippedIds: [] }));
    }
    expect(await store.read.jobs.backlog(kind)).toEqual({ queued: 2, oldestQueuedAt: after(4), dead: 2 });
    expect(await store.read.jobs.backlog('another')).toEqual(empty);
  });

  it('gives a queue to one of many workers that ask at once', async () => {
    const queue = queueOf(opened().store, freshNamespace());
    await queue.enqueue(...Array.from({ length: 10 }, (_, i) => ({ idempotencyKey: `j${i}` })));
    const claims = await Promise.all(Array.from({ length: 8 }, () => queue.claim(0, 3)));
    expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
  });
});
