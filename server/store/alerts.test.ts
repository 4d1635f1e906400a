import fc from 'fast-check';
import { ALERT_STATES, type Alert } from '../../src/core/alerts/alert.ts';
import { SEVERITIES, severityRank } from '../../src/core/alerts/severity.ts';
import type { Page, PageRequest } from './page.ts';
import type { AlertFilter, Store } from './store.ts';
import { DATABASES } from './testing/databases.ts';
import { freshNamespace, openForTests } from './testing/openForTests.ts';
import { after, sampleAlert, START } from './testing/samples.ts';

const OPEN = ['pending', 'firing', 'no_data', 'stale'] as const;
const ACK = { by: 'ada', at: START, comment: 'on it', until: null, severity: 'critical' } as const;

const saveAll = (store: Store, alerts: readonly Alert[]) => store.write((tx) => tx.alerts.save(alerts));

async function everyPage<T>(read: (page: PageRequest) => Promise<Page<T>>, limit: number): Promise<readonly T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read({ limit, cursor });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    items.push(...page.items);
    // Pages that repeat themselves would go on for ever.
    expect(items.length).toBeLessThan(1000);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return items;
}

describe.each(DATABASES)('alerts on $name', (database) => {
  const opened = openForTests(database);

  it('gives back every field, and replaces it on the next save', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const first = sampleAlert({ namespace, endsAt: after(5), generatorUrl: 'http://prometheus/graph' });
    const second: Alert = {
      ...first,
      source: 'grafana',
      fingerprint: '00000000000000b2',
      state: 'resolved',
      severity: 'info',
      severityMappedFrom: 'P5',
      acknowledged: ACK,
      suppressedBy: [{ kind: 'silence', id: 's1' }],
      labels: { z: 'ü"\\\n', a: '' },
      annotations: {},
      summary: 'other',
      service: '',
      ruleId: 'rule-2',
      value: null,
      unit: null,
      startsAt: after(1),
      updatedAt: after(2),
      endsAt: null,
      resolvedAt: after(3),
      resolvedBy: 'rule',
      generatorUrl: null,
      timers: {},
      version: 7,
    };
    await saveAll(store, [first]);
    expect(await store.read.alerts.get(namespace, first.id)).toEqual(first);
    await saveAll(store, [second]);
    expect(await store.read.alerts.get(namespace, first.id)).toEqual(second);
    expect(await store.read.alerts.get(namespace, 'nobody')).toBeUndefined();
  });

  it('stores text that PostgreSQL and Unicode refuse, with the bad characters replaced', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    await saveAll(store, [sampleAlert({ namespace, summary: 'nul \0, half \uD800', labels: { a: '\0' }, value: NaN })]);
    const alert = await store.read.alerts.get(namespace, 'a1-start');
    expect(alert).toMatchObject({ summary: 'nul \uFFFD, half \uFFFD', labels: { a: '\0' }, value: null });
  });

  it('finds open alerts by source and fingerprint, many at a time', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const alerts = Array.from({ length: 450 }, (_, i) => sampleAlert({ namespace, id: `i${i}`, fingerprint: `f${i}` }));
    await saveAll(store, [
      ...alerts,
      sampleAlert({ namespace, id: 'other source', fingerprint: 'f1', source: 'events' }),
      sampleAlert({ namespace, id: 'resolved', fingerprint: 'f9999', state: 'resolved' }),
    ]);
    const wanted = [...alerts.slice(0, 420).map((alert) => alert.fingerprint), 'f9999', 'unknown'];
    const found = await store.read.alerts.findOpen(namespace, 'pharos', wanted);
    expect(found.map((alert) => alert.id).toSorted()).toEqual(
      alerts
        .slice(0, 420)
        .map((a) => a.id)
        .toSorted()
    );
    expect(await store.read.alerts.findOpen(namespace, 'pharos', [])).toEqual([]);
  });

  it('holds one open alert per source and fingerprint', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    await saveAll(store, [sampleAlert({ namespace, id: 'first' })]);
    await expect(saveAll(store, [sampleAlert({ namespace, id: 'second' })])).rejects.toThrow(/unique/i);
    // The recurrence stands before the resolution on purpose.
    await saveAll(store, [
      sampleAlert({ namespace, id: 'second' }),
      sampleAlert({ namespace, id: 'first', state: 'resolved', resolvedAt: after(1) }),
    ]);
    const open = await store.read.alerts.listOpen(namespace);
    expect(open.map((alert) => alert.id)).toEqual(['second']);
  });

  it('keeps the last of an alert that is given twice', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    await saveAll(store, [sampleAlert({ namespace, version: 1 }), sampleAlert({ namespace, version: 2 })]);
    expect((await store.read.alerts.get(namespace, 'a1-start'))?.version).toBe(2);
  });

  it('lists open alerts by source, rule and service', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    await saveAll(store, [
      sampleAlert({ namespace, id: '1', fingerprint: '1', ruleId: 'r1', service: 'cart' }),
      sampleAlert({ namespace, id: '2', fingerprint: '2', ruleId: 'r2', service: 'cart', source: 'events' }),
      sampleAlert({ namespace, id: '3', fingerprint: '3', ruleId: 'r1', state: 'resolved' }),
    ]);
    const ids = async (filter?: Parameters<Store['read']['alerts']['listOpen']>[1]) =>
      (await store.read.alerts.listOpen(namespace, filter)).map((alert) => alert.id).toSorted();
    expect(await ids()).toEqual(['1', '2']);
    expect(await ids({ ruleId: 'r1' })).toEqual(['1']);
    expect(await ids({ source: 'events', service: 'cart' })).toEqual(['2']);
  });

  it('puts severity first, then what nobody acknowledged, then the oldest', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const alert = (id: string, changes: Partial<Alert>) => sampleAlert({ namespace, id, fingerprint: id, ...changes });
    await saveAll(store, [
      alert('info', { severity: 'info', startsAt: after(-99) }),
      alert('critical, acknowledged, old', { acknowledged: ACK, startsAt: after(-50) }),
      alert('critical, new', { startsAt: after(2) }),
      alert('critical, old b', { startsAt: after(1) }),
      alert('critical, old a', { startsAt: after(1) }),
      alert('error', { severity: 'error' }),
      alert('warning', { severity: 'warning' }),
    ]);
    const { items, next } = await store.read.alerts.list(namespace, { states: OPEN }, { limit: 50 });
    expect(items.map((item) => item.id)).toEqual([
      'critical, old a',
      'critical, old b',
      'critical, new',
      'critical, acknowledged, old',
      'error',
      'warning',
      'info',
    ]);
    expect(next).toBeNull();
  });

  it('pages through any set exactly once and in order, whatever the limit', async () => {
    const { store } = opened();
    const anyAlert = fc.record({
      severity: fc.constantFrom(...SEVERITIES),
      state: fc.constantFrom(...ALERT_STATES),
      acknowledged: fc.constantFrom(null, ACK),
      startsAt: fc.integer({ min: 0, max: 3 }).map(after),
    });
    const property = fc.asyncProperty(
      fc.array(anyAlert, { maxLength: 40 }),
      fc.integer({ min: 1, max: 45 }),
      fc.subarray([...ALERT_STATES], { minLength: 1 }),
      async (kinds, limit, states) => {
        const namespace = freshNamespace();
        const alerts = kinds.map((kind, i) => sampleAlert({ namespace, id: `i${i}`, fingerprint: `f${i}`, ...kind }));
        await saveAll(store, alerts);
        const listed = await everyPage((page) => store.read.alerts.list(namespace, { states }, page), limit);
        const expected = alerts.filter((alert) => states.includes(alert.state)).toSorted(byUrgency);
        expect(listed).toEqual(expected);
        const counts = await store.read.alerts.count(namespace, { states });
        expect(counts.total).toBe(expected.length);
      }
    );
    await fc.assert(property, { numRuns: 40 });
  });

  it.each(['garbage', '', Buffer.from('[1,2]').toString('base64url'), Buffer.from('[1,2,3]').toString('base64url')])(
    'refuses the cursor "%s"',
    async (cursor) => {
      const { store } = opened();
      await expect(store.read.alerts.list('default', { states: OPEN }, { limit: 5, cursor })).rejects.toMatchObject({
        code: 'invalid_input',
      });
    }
  );

  it('counts over all namespaces too', async () => {
    const { store } = opened();
    const everywhere = async () => (await store.read.alerts.countEverywhere(['firing'])).bySeverity.warning;
    const before = await everywhere();
    const mild = { state: 'firing', severity: 'warning' } as const;
    await store.write((tx) =>
      tx.alerts.save([
        sampleAlert({ namespace: freshNamespace(), ...mild }),
        sampleAlert({ namespace: freshNamespace(), ...mild }),
        sampleAlert({ namespace: freshNamespace(), ...mild, state: 'resolved', resolvedAt: START }),
        sampleAlert({ namespace: freshNamespace(), ...mild, state: 'pending' }),
      ])
    );
    expect(await everywhere()).toBe(before + 2);
  });

  it('filters by each part and counts the same', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const alert = (id: string, changes: Partial<Alert>) => sampleAlert({ namespace, id, fingerprint: id, ...changes });
    await saveAll(store, [
      alert('plain', {}),
      alert('acknowledged', { acknowledged: ACK, severity: 'error', startsAt: after(-5) }),
      alert('silenced', { suppressedBy: [{ kind: 'silence', id: 's' }], severity: 'info', startsAt: after(-1) }),
      alert('other', { service: 'cart', source: 'grafana', ruleId: 'r2', severity: 'warning' }),
      alert('resolved', { state: 'resolved' }),
    ]);
    const ids = async (filter: Partial<AlertFilter>) =>
      (await store.read.alerts.list(namespace, { states: OPEN, ...filter }, { limit: 50 })).items
        .map((item) => item.id)
        .toSorted();
    expect(await ids({ states: ['resolved'] })).toEqual(['resolved']);
    expect(await ids({ states: [] })).toHaveLength(5);
    expect(await ids({ states: [...ALERT_STATES] })).toHaveLength(5);
    expect(await ids({ severities: ['error', 'info'] })).toEqual(['acknowledged', 'silenced']);
    expect(await ids({ services: ['cart'] })).toEqual(['other']);
    expect(await ids({ services: [] })).toHaveLength(4);
    expect(await ids({ sources: ['grafana'] })).toEqual(['other']);
    expect(await ids({ ruleId: 'r2' })).toEqual(['other']);
    expect(await ids({ acknowledged: true })).toEqual(['acknowledged']);
    expect(await ids({ acknowledged: false, suppressed: false })).toEqual(['other', 'plain']);
    expect(await ids({ suppressed: true })).toEqual(['silenced']);
    expect(await store.read.alerts.count(namespace, { states: OPEN })).toEqual({
      total: 4,
      bySeverity: { info: 1, warning: 1, error: 1, critical: 1 },
      unacknowledged: 3,
      oldestUnacknowledgedAt: after(-1),
    });
    expect(await store.read.alerts.count(freshNamespace(), { states: OPEN })).toEqual({
      total: 0,
      bySeverity: { info: 0, warning: 0, error: 0, critical: 0 },
      unacknowledged: 0,
      oldestUnacknowledgedAt: null,
    });
  });

  it('searches words in summary, service and labels, and labels exactly', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const alert = (id: string, changes: Partial<Alert>) => sampleAlert({ namespace, id, fingerprint: id, ...changes });
    await saveAll(store, [
      alert('disk', {
        summary: 'Disk 100% full on /VAR',
        service: 'Catalog',
        labels: { zone: 'eu_1', team: 'Über uns' },
      }),
      alert('queue', { summary: 'Disk 100 of jobs', service: 'cart', labels: { zone: 'eu-1', path: 'a\\b"c' } }),
    ]);
    const ids = async (q: string) =>
      (await store.read.alerts.list(namespace, { states: OPEN, q }, { limit: 50 })).items.map((item) => item.id);
    expect(await ids('DISK')).toEqual(['disk', 'queue']);
    expect(await ids('  ')).toEqual(['disk', 'queue']);
    expect(await ids('disk catalog')).toEqual(['disk']);
    expect(await ids('ÜBER')).toEqual(['disk']);
    expect(await ids('100%')).toEqual(['disk']);
    expect(await ids('eu_1')).toEqual(['disk']);
    expect(await ids('a\\b')).toEqual(['queue']);
    expect(await ids('zone=eu-1')).toEqual(['queue']);
    expect(await ids('zone=eu')).toEqual([]);
    expect(await ids('Zone=eu-1')).toEqual([]);
    expect(await ids('team="Über uns" disk')).toEqual(['disk']);
    expect(await ids('path=a\\b"c')).toEqual(['queue']);
    expect(await ids('=x')).toEqual([]);
  });

  it('counts what hurts by service and severity', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const alert = (id: string, changes: Partial<Alert>) => sampleAlert({ namespace, id, fingerprint: id, ...changes });
    await saveAll(store, [
      alert('1', {}),
      alert('2', { state: 'no_data' }),
      alert('3', { severity: 'info', service: 'cart' }),
      alert('4', { state: 'pending' }),
      alert('5', { state: 'stale' }),
      alert('6', { state: 'resolved' }),
    ]);
    const counts = await store.read.alerts.countByService(namespace);
    expect(counts.toSorted((a, b) => a.service.localeCompare(b.service))).toEqual([
      { service: 'cart', severity: 'info', count: 1 },
      { service: 'checkout', severity: 'critical', count: 2 },
    ]);
  });

  it('counts and filters by the team, which the labels name', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const alert = (id: string, changes: Partial<Alert>) => sampleAlert({ namespace, id, fingerprint: id, ...changes });
    await saveAll(store, [
      alert('1', { labels: { team: 'shop' } }),
      alert('2', { labels: { owner: 'shop' }, severity: 'info' }),
      alert('3', { labels: { team: 'web, EU', owner: 'shop' } }),
      alert('4', { labels: {} }),
      alert('5', { labels: { team: 'shop' }, state: 'pending' }),
      alert('6', { labels: { team: 'shop' }, state: 'resolved' }),
    ]);
    const of = async (...teams: string[]) => {
      const page = await store.read.alerts.list(namespace, { states: ['firing'], teams }, { limit: 50 });
      const { total } = await store.read.alerts.count(namespace, { states: ['firing'], teams });
      expect(total).toBe(page.items.length);
      return page.items.map(({ id }) => id);
    };
    expect(await of('shop')).toEqual(['1', '2']);
    expect(await of('shop', 'web, EU')).toEqual(['1', '3', '2']);
    expect(await of('Shop')).toEqual([]);
    expect(await of()).toHaveLength(4);
    const counts = await store.read.alerts.countByTeam(namespace, ['firing', 'no_data', 'stale']);
    expect(counts.toSorted((a, b) => a.team.localeCompare(b.team))).toEqual([
      { team: '', count: 1 },
      { team: 'shop', count: 2 },
      { team: 'web, EU', count: 1 },
    ]);
  });

  it('reads many open alerts by pages, and lets others have their turn in between', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const alert = (n: number, changes: Partial<Alert> = {}) =>
      sampleAlert({ namespace, id: `i${n}`, fingerprint: `f${n}`, source: n % 2 ? 'events' : 'pharos', ...changes });
    const many = Array.from({ length: 1100 }, (_, n) => alert(n));
    await saveAll(store, [...many, alert(1100, { state: 'resolved' }), alert(1101, { state: 'pending' })]);
    let turns = 0;
    let reading = true;
    const turn = (): void => {
      turns += 1;
      if (reading) {
        setImmediate(turn);
      }
    };
    setImmediate(turn);
    const open = await store.read.alerts.listOpen(namespace);
    reading = false;
    expect(turns).toBeGreaterThanOrEqual(4);
    expect(open.map(({ id }) => id).toSorted()).toEqual([...many.map(({ id }) => id), 'i1101'].toSorted());
    const own = await store.read.alerts.listOpen(namespace, { source: 'pharos' });
    expect([own.length, new Set(own.map(({ id }) => id)).size]).toEqual([550, 550]);
    const inside = await store.write((tx) => tx.alerts.listOpen(namespace));
    expect(inside).toEqual(open);
    const standing = await store.read.alerts.listStanding(namespace);
    expect(standing).toHaveLength(1100);
    expect(standing).toContainEqual({
      ...{ id: 'i7', service: 'checkout', state: 'firing', severity: 'critical', startsAt: START },
      summary: 'checkout: p95 latency above 800 ms',
    });
    const pages: number[] = [];
    for await (const page of store.read.alerts.openPages(namespace)) {
      pages.push(page.length);
    }
    expect(pages).toEqual([250, 250, 250, 250, 101]);
  });

  it('prunes resolved alerts only, oldest first, at most as many as asked', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const alert = (id: string, changes: Partial<Alert>) =>
      sampleAlert({ namespace, id, fingerprint: id, state: 'resolved', ...changes });
    await saveAll(store, [
      alert('1', { resolvedAt: after(-30) }),
      alert('2', { resolvedAt: after(-20) }),
      alert('3', { resolvedAt: after(0) }),
      alert('open', { state: 'firing', updatedAt: after(-99) }),
    ]);
    const left = async () =>
      (await store.read.alerts.list(namespace, { states: [] }, { limit: 9 })).items.map((item) => item.id).toSorted();
    expect(await store.write((tx) => tx.alerts.prune(START, 1))).toBe(1);
    expect(await left()).toEqual(['2', '3', 'open']);
    expect(await store.write((tx) => tx.alerts.prune(START, 100))).toBe(1);
    expect(await left()).toEqual(['3', 'open']);
  });
});

const byUrgency = (a: Alert, b: Alert): number =>
  severityRank(b.severity) - severityRank(a.severity) ||
  Number(a.acknowledged !== null) - Number(b.acknowledged !== null) ||
  a.startsAt - b.startsAt ||
  (a.id < b.id ? -1 : 1);
