import { epochMs } from '../units.ts';
import { replayHistory, type Replay, type StateLine } from './replayHistory.ts';

const line = (alertId: string, at: number, rest: Partial<StateLine> = {}): StateLine => ({
  ...{ alertId, at: epochMs(at), state: 'firing', severity: 'warning', from: null },
  ...rest,
});
const alert = (id: string, startsAt = 50): Replay['alerts'][number] => ({
  id,
  state: 'firing',
  severity: 'critical',
  startsAt: epochMs(startsAt),
});
const replay = (rest: Partial<Replay>) =>
  replayHistory({
    ...{ since: epochMs(100), keptSince: epochMs(0), alerts: [], before: new Map(), lines: [] },
    ...rest,
  }).map(({ alertId, at, state, severity }) => [alertId, at, state, severity]);

it('begins with how each alert stood before, and goes on with its lines', () => {
  const before = new Map([['a', { state: 'no_data', severity: 'error' } as const]]);
  const lines = [line('a', 120, { from: 'no_data' }), line('b', 130)];
  expect(replay({ alerts: [alert('a'), alert('b', 130)], before, lines })).toEqual([
    ['a', 100, 'no_data', 'error'],
    ['a', 120, 'firing', 'warning'],
    ['b', 130, 'firing', 'warning'],
  ]);
});

it('leaves out lines of alerts that were not asked for, and alerts that began later than the last line', () => {
  expect(replay({ alerts: [alert('later', 999)], lines: [line('other', 110)] })).toEqual([]);
});

it('goes by what is left where the first lines were removed', () => {
  const lines = [line('a', 150, { from: 'firing', state: 'resolved', severity: 'error' })];
  const alerts = [alert('a', 10), alert('b', 10), alert('c', 60)];
  expect(replay({ alerts, lines, keptSince: epochMs(50) })).toEqual([
    ['a', 100, 'firing', 'error'],
    ['b', 100, 'firing', 'critical'],
    ['a', 150, 'resolved', 'error'],
  ]);
});
