import { epochMs } from '../../src/core/units.ts';
import type { Repositories, Store, Transaction } from './store.ts';
import { DATABASES } from './testing/databases.ts';
import { openForTests } from './testing/openForTests.ts';
import {
  after,
  sampleAlert,
  sampleAudit,
  sampleJob,
  sampleLink,
  sampleReceiver,
  sampleSession,
  sampleSilence,
  sampleSource,
  sampleThreshold,
  sampleToken,
  sampleTransition,
  sampleVersion,
  sampleView,
  START,
} from './testing/samples.ts';

const PAGE = { limit: 100 };
const LATER = epochMs(START + 1);

/** One of everything, with the same ids in whatever namespace; `mark` stands in a text of each. */
async function fill(tx: Transaction, namespace: string, mark: string): Promise<void> {
  await tx.alerts.save([sampleAlert({ namespace, summary: mark, endsAt: START })]);
  await tx.history.append(namespace, [sampleTransition({ reason: mark })]);
  await tx.thresholds.save([sampleThreshold({ namespace, owner: mark })]);
  await tx.thresholds.appendVersions(namespace, [sampleVersion({ reason: mark })]);
  await tx.silences.save(sampleSilence({ namespace, comment: mark }));
  await tx.views.save(sampleView({ namespace, name: mark }));
  await tx.routes.save(namespace, { routes: [], version: 1, updatedAt: START, updatedBy: mark });
  await tx.receivers.save(sampleReceiver({ namespace, updatedBy: mark }));
  await tx.tokens.save(sampleToken({ namespace, hash: mark, name: mark }));
  await tx.sessions.save(sampleSession({ namespace, hash: mark, name: mark }));
  await tx.sessions.saveLink(sampleLink({ namespace, hash: mark, name: mark }));
  await tx.sources.save(sampleSource({ namespace, name: mark }));
  await tx.audit.append(namespace, sampleAudit({ actorName: mark }));
  await tx.changes.append(namespace, [{ topic: 'alerts', id: mark }]);
  await tx.jobs.enqueue([sampleJob({ namespace, payload: mark })]);
  await tx.seenSeries.save(namespace, [{ key: 'k1', ruleId: mark, labels: {}, asked: '' }]);
}

/** What each method that takes a namespace answers, by its name. */
function answers(read: Repositories, namespace: string): Readonly<Record<string, Promise<unknown>>> {
  const all = { states: [] };
  return {
    'seenSeries.list': read.seenSeries.list(namespace),
    'alerts.get': read.alerts.get(namespace, 'a1-start'),
    'alerts.findOpen': read.alerts.findOpen(namespace, 'pharos', ['00000000000000a1']),
    'alerts.listOpen': read.alerts.listOpen(namespace),
    'alerts.listStanding': read.alerts.listStanding(namespace),
    'alerts.list': read.alerts.list(namespace, all, PAGE),
    'alerts.list with words': read.alerts.list(namespace, { ...all, q: 'service=checkout' }, PAGE),
    'alerts.count': read.alerts.count(namespace, all),
    'alerts.during': read.alerts.during(namespace, { from: START, filter: {}, limit: 9 }),
    'alerts.countByService': read.alerts.countByService(namespace),
    'alerts.countByTeam': read.alerts.countByTeam(namespace, ['firing']),
    'history.list': read.history.list(namespace, {}, PAGE),
    'history.list of an alert': read.history.list(namespace, { alertId: 'a1-start' }, PAGE),
    'history.stateLines': read.history.stateLines(namespace, { after: epochMs(START - 1), upTo: START, limit: 9 }),
    'history.lastSummaries': read.history.lastSummaries(namespace, ['a1-start'], START).then((found) => [...found]),
    'history.beginsAt': read.history.beginsAt(namespace),
    'history.lastConditions': read.history.lastConditions(namespace, ['a1-start'], START).then((found) => [...found]),
    'thresholds.list': read.thresholds.list(namespace),
    'thresholds.get': read.thresholds.get(namespace, 'threshold-1'),
    'thresholds.versions': read.thresholds.versions(namespace, 'threshold-1'),
    'silences.get': read.silences.get(namespace, 'silence-1'),
    'silences.list': read.silences.list(namespace, PAGE),
    'views.list': read.views.list(namespace, 'grafana:default:user:2'),
    'routes.get': read.routes.get(namespace),
    'receivers.list': read.receivers.list(namespace),
    'receivers.get': read.receivers.get(namespace, 'demo-inbox'),
    'tokens.list': read.tokens.list(namespace),
    'sessions.list': read.sessions.list(namespace, START),
    'sources.list': read.sources.list(namespace),
    'audit.list': read.audit.list(namespace, {}, PAGE),
    'audit.verify': read.audit.verify(namespace),
    'audit.head': read.audit.head(namespace),
    'audit.hashAt': read.audit.hashAt(namespace, 1),
    'changes.since': read.changes.since(namespace, 0),
    'changes.newest': read.changes.newest(namespace),
    'jobs.listBySubject': read.jobs.listBySubject(namespace, 'notify', ['a1-start']),
    'jobs.stats': read.jobs.stats(namespace, 'notify', START),
  };
}

async function everything(store: Store, namespace: string): Promise<Readonly<Record<string, unknown>>> {
  const entries = Object.entries(answers(store.read, namespace)).map(async ([name, answer]) => [name, await answer]);
  return Object.fromEntries(await Promise.all(entries));
}

describe.each(DATABASES)('namespaces on $name', (database) => {
  const opened = openForTests(database);

  beforeAll(() =>
    opened().store.write(async (tx) => {
      await fill(tx, 'crimson', 'crimson-mark');
      await fill(tx, 'indigo', 'indigo-mark');
    })
  );

  it('show each only its own row, in every method', async () => {
    const { store } = opened();
    const crimson = await everything(store, 'crimson');
    const indigo = await everything(store, 'indigo');
    expect(JSON.stringify(crimson)).toContain('crimson-mark');
    for (const [name, answer] of Object.entries(crimson)) {
      expect([name, JSON.stringify(answer)]).toEqual([name, expect.not.stringContaining('indigo')]);
    }
    for (const [name, answer] of Object.entries(indigo)) {
      expect([name, JSON.stringify(answer)]).toEqual([name, expect.not.stringContaining('crimson')]);
    }
    const count = { total: 1, bySeverity: { info: 0, warning: 0, error: 0, critical: 1 } };
    expect(crimson['alerts.count']).toMatchObject(count);
    expect(indigo['alerts.countByService']).toEqual([{ service: 'checkout', severity: 'critical', count: 1 }]);
    expect(crimson['jobs.stats']).toMatchObject({ queued: 1 });
    expect(indigo['audit.verify']).toMatchObject({ ok: true, rows: 1 });
  });

  it('show nothing to a third', async () => {
    const { store } = opened();
    const nothing = JSON.stringify(await everything(store, 'green'));
    expect(nothing).not.toMatch(/crimson|indigo|a1-start|threshold-1|demo-inbox/);
  });

  it('are left alone by deletions and claims of another', async () => {
    const { store } = opened();
    const before = await everything(store, 'indigo');
    await store.write(async (tx) => {
      await tx.thresholds.delete('crimson', 'threshold-1');
      await tx.receivers.delete('crimson', 'demo-inbox');
      await tx.sessions.delete('crimson', 'session-1');
      await tx.sources.delete('crimson', 'source-1');
      await tx.views.delete('crimson', 'grafana:default:user:2', 'view-1');
      const request = {
        kind: 'notify',
        namespace: 'crimson',
        queue: 'demo-inbox',
        now: START,
        leaseUntil: LATER,
        max: 9,
      };
      const claim = await tx.jobs.claim(request);
      expect(claim?.jobs.map((job) => job.payload)).toEqual(['crimson-mark']);
      // A claim of indigo's with crimson's batch and fence: nothing of indigo's is theirs.
      expect(claim && (await tx.jobs.complete({ ...claim, namespace: 'indigo' }, START, { skippedIds: [] }))).toBe(
        false
      );
      expect(claim && (await tx.jobs.complete(claim, START, { skippedIds: [] }))).toBe(true);
    });
    expect(await everything(store, 'indigo')).toEqual(before);
    expect(await store.read.thresholds.list('crimson')).toEqual([]);
  });

  it('are named by what looks over all of them', async () => {
    const { store } = opened();
    const due = await store.read.alerts.due(START, PAGE);
    expect(due.items.map((alert) => alert.namespace).toSorted()).toEqual(['crimson', 'indigo']);
    expect((await store.read.silences.listLive(START)).map((one) => one.namespace)).toEqual(['crimson', 'indigo']);
    expect(await store.read.jobs.dueQueues('notify', after(0))).toEqual([{ namespace: 'indigo', queue: 'demo-inbox' }]);
    expect((await store.read.tokens.findByHash('crimson-mark'))?.namespace).toBe('crimson');
    const link = await store.write((tx) => tx.sessions.consumeLink('indigo-mark'));
    expect(link?.namespace).toBe('indigo');
  });
});
