import { days, epochMs, hours, minutes, seconds } from '../../../src/core/units.ts';
import { findNotKept, noLongerKept } from './noLongerKept.ts';

const now = epochMs(Date.UTC(2026, 0, 31));
const { signal } = new AbortController();
const ago = (ms: number) => epochMs(now - ms);

const asked = jest.fn();
const loki = (kept: number | undefined) => ({
  name: 'Loki',
  keeps: () => {
    asked();
    return Promise.resolve(kept === undefined ? undefined : days(kept));
  },
});

beforeEach(() => asked.mockClear());

it('says what a source has dropped of a window', async () => {
  expect(await findNotKept(loki(7), { from: ago(days(8)), now, signal })).toEqual({
    source: 'Loki',
    keeps: days(7),
    since: ago(days(7)),
  });
  expect(await noLongerKept(loki(7), { from: ago(days(8)), now, signal })).toBe(
    'Loki keeps its data for 1w: data from before 2026-01-24T00:00:00.000Z is no longer there.'
  );
});

it.each([
  ['that drops whole blocks has somewhat more than it keeps', 15.5, 15.5],
  ['that drops at once has less', 12, 15],
  ['was found just after what may be there by chance', 28.4, 28.4],
])('says from when on there is data where a source %s', async (_, found, since) => {
  const notKept = await findNotKept(loki(15), { from: ago(days(30)), found: ago(days(found)), now, signal });
  expect(notKept?.since).toBe(ago(days(since)));
});

it.each([
  ['is kept', 7, { from: ago(days(6)) }],
  ['was asked for a moment before the clock was read', 7, { from: ago(days(7) + seconds(30)), found: ago(days(1)) }],
  ['was found although it may be dropped', 7, { from: ago(days(8)), found: ago(days(8)) }],
  ['was found but for its first points', 15, { from: ago(days(30)), found: ago(days(30) - hours(36)) }],
  ['began before the window', 7, { from: ago(days(8)), found: ago(days(9)) }],
  ['is of a source that does not say', undefined, { from: ago(days(8)) }],
])('says nothing of what %s', async (_, kept, window) => {
  expect(await findNotKept(loki(kept), { ...window, now, signal })).toBeNull();
  expect(await noLongerKept(loki(kept), { ...window, now, signal })).toBeNull();
});

it('does not ask about the last hour', async () => {
  expect(await findNotKept(loki(7), { from: ago(minutes(59)), now, signal })).toBeNull();
  expect(asked).not.toHaveBeenCalled();
});
