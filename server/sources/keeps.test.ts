import { days, hours, minutes } from '../../src/core/units.ts';
import { createTestClock, type TestClock } from '../testing/testClock.ts';
import { json, plain, startFakeStore, type Answer, type FakeStore } from './fakeStore.fixture.ts';
import { createHttpStore } from './httpStore.ts';
import { createKeeps } from './keeps.ts';

let store: FakeStore;
let clock: TestClock;
const { signal } = new AbortController();

beforeEach(async () => {
  store = await startFakeStore(json({}));
  clock = createTestClock();
});
afterEach(() => store.close());

type Kind = Parameters<typeof createKeeps>[0];

function open(kind: Kind) {
  const http = createHttpStore({ kind, name: kind, url: store.url, tenant: '', token: '' }, { clock });
  return { keeps: createKeeps(kind, { store: http, clock }), health: () => http.health() };
}

const loki = (period: string, isEnabled = true): Answer =>
  plain(
    `auth_enabled: false\ncompactor:\n  retention_enabled: ${isEnabled}\ntable_manager:\n  retention_period: 0s\nlimits_config:\n  retention_period: ${period}\n`
  );
const prometheus = (storageRetention: string): Answer => json({ status: 'success', data: { storageRetention } });

const PATHS = { prometheus: '/api/v1/status/runtimeinfo', loki: '/config', tempo: '/status/config' } as const;

it.each<{ kind: Kind; answer: Answer; keeps: number | undefined }>([
  { kind: 'prometheus', answer: prometheus('100d'), keeps: days(100) },
  { kind: 'prometheus', answer: prometheus('15d or 50GiB'), keeps: days(15) },
  { kind: 'prometheus', answer: prometheus('50GiB'), keeps: undefined },
  { kind: 'loki', answer: loki('4w3d'), keeps: days(31) },
  { kind: 'loki', answer: loki('744h', false), keeps: undefined },
  { kind: 'loki', answer: loki('0s'), keeps: undefined },
  {
    kind: 'tempo',
    answer: plain('GET /status/config\n---\ncompactor:\n  compaction:\n    block_retention: 744h0m0s\n'),
    keeps: hours(744),
  },
  { kind: 'tempo', answer: plain('backend_worker:\n  compaction:\n    block_retention: 24h0m0s\n'), keeps: hours(24) },
  { kind: 'tempo', answer: plain('<html>: no config', { type: 'text/html' }), keeps: undefined },
])('reads from $kind how long it keeps its data: $keeps', async ({ kind, answer, keeps }) => {
  store.answer = answer;
  expect(await open(kind).keeps(signal)).toBe(keeps);
  expect(store.seen.map((seen) => seen.path)).toEqual([PATHS[kind]]);
});

it('asks again after ten minutes, and does not hold it against a store that does not say', async () => {
  store.answer = plain('not found', { status: 404 });
  const { keeps, health } = open('loki');
  expect(await keeps(signal)).toBeUndefined();
  expect(health().staleSince).toBeNull();
  store.answer = loki('24h');
  expect(await keeps(signal)).toBeUndefined();
  clock.advance(minutes(10));
  expect(await keeps(signal)).toBe(hours(24));
  await store.close();
  clock.advance(minutes(10));
  expect(await keeps(signal)).toBeUndefined();
});
