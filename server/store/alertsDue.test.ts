import type { Alert } from '../../src/core/alerts/alert.ts';
import type { Store } from './store.ts';
import { DATABASES } from './testing/databases.ts';
import { freshNamespace, openForTests } from './testing/openForTests.ts';
import { after, sampleAlert, START } from './testing/samples.ts';

const ACK = { by: 'ada', at: START, comment: 'on it', until: null, severity: 'critical' } as const;

const saveAll = (store: Store, alerts: readonly Alert[]) => store.write((tx) => tx.alerts.save(alerts));

describe.each(DATABASES)('alerts that are due on $name', (database) => {
  const opened = openForTests(database);

  it('names what time alone changes: lapsed senders and acknowledgements, until somebody acted on it', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const alert = (id: string, changes: Partial<Alert>) => sampleAlert({ namespace, id, fingerprint: id, ...changes });
    await saveAll(store, [
      alert('never', {}),
      alert('lapses', { endsAt: after(10) }),
      alert('stale', { endsAt: after(10), state: 'stale' }),
      alert('resolved', { endsAt: after(10), state: 'resolved' }),
      alert('acknowledged', { endsAt: after(99), acknowledged: { ...ACK, until: after(5) } }),
      alert('for good', { acknowledged: ACK }),
    ]);
    const due = async (ms: number) =>
      (await store.read.alerts.due(after(ms), { limit: 100 })).items
        .filter((item) => item.namespace === namespace)
        .map((item) => item.id);
    expect(await due(4)).toEqual([]);
    expect(await due(5)).toEqual(['acknowledged']);
    expect(await due(10)).toEqual(['acknowledged', 'lapses']);
  });

  it('gives what is due in steps, though all of it fell due at one moment', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const names = ['a', 'b', 'c', 'd', 'e'];
    await saveAll(
      store,
      names.map((id) => sampleAlert({ namespace, id, fingerprint: id, endsAt: after(3) }))
    );
    const steps: string[][] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page = await store.read.alerts.due(after(3), { limit: 2, cursor });
      steps.push(page.items.filter((item) => item.namespace === namespace).map(({ id }) => id));
      expect(page.items.length).toBeLessThanOrEqual(2);
      cursor = page.next;
    }
    expect(steps.flat()).toEqual(names);
  });
});
