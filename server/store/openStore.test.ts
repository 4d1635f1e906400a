import { createTestStore } from './testing/createTestStore.ts';
import { epochMs } from '../../src/core/units.ts';

describe('smoke', () => {
  it('works', async () => {
    const store = await createTestStore();
    expect(await store.schemaVersion()).toBe('0001_initial');
    await store.check();
    await store.write(async (tx) => {
      await tx.audit.append('default', {
        at: epochMs(1),
        actor: 'a',
        actorName: 'A',
        action: 'x',
        object: 'o',
        outcome: 'done',
        before: null,
        after: { a: 1 },
        requestId: '',
      });
      await tx.changes.append('default', [{ topic: 'alerts', id: '1' }]);
      await tx.jobs.enqueue([
        {
          namespace: 'default',
          kind: 'k',
          queue: 'q',
          payload: {},
          runAt: epochMs(5),
          idempotencyKey: 'i',
          subject: 's',
          now: epochMs(5),
        },
      ]);
    });
    expect(await store.read.audit.verify('default')).toEqual({ ok: true, rows: 1, firstBadSeq: null });
    expect(await store.read.changes.since('default', 0)).toEqual({
      changes: [{ seq: 1, topic: 'alerts', id: '1' }],
      oldest: 1,
      newest: 1,
    });
    expect(await store.read.jobs.nextDueAt('k')).toBe(5);
    expect(await store.read.jobs.dueQueues('k', epochMs(5))).toEqual([{ namespace: 'default', queue: 'q' }]);
    await store.write(async (tx) => {
      const claim = await tx.jobs.claim({
        kind: 'k',
        namespace: 'default',
        queue: 'q',
        now: epochMs(6),
        leaseUntil: epochMs(10),
        max: 10,
      });
      expect(claim?.jobs.length).toBe(1);
      expect(claim && (await tx.jobs.retry(claim, epochMs(20), 'no'))).toBe(true);
      expect(claim && (await tx.jobs.complete(claim, epochMs(20), { skippedIds: [] }))).toBe(false);
    });
    expect(await store.read.jobs.stats('default', 'k', epochMs(0))).toMatchObject({ queued: 1, dead: 0 });
    expect(await store.read.alerts.list('default', { states: [], q: 'a b=c' }, { limit: 5 })).toEqual({
      items: [],
      next: null,
    });
    expect(await store.read.alerts.count('default', { states: ['firing'] })).toMatchObject({ total: 0 });
    expect(await store.read.alerts.due(epochMs(3))).toEqual([]);
    expect(await store.read.history.list('default', {}, { limit: 2 })).toEqual({ items: [], next: null });
    await expect(store.read.changes.append('default', [])).rejects.toThrow('store.write');
    await store.write((tx) => tx.history.prune(epochMs(5), 100));
    await store.write((tx) => tx.changes.prune(5));
    await store.dispose();
  });
});
