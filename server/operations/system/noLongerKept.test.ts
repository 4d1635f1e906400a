import { days, epochMs, minutes } from '../../../src/core/units.ts';
import { noLongerKept } from './noLongerKept.ts';

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
  expect(await noLongerKept(loki(7), { from: ago(days(8)), now, signal })).toBe(
    'Loki keeps its data for 1w: what was before 2026-01-24T00:00:00.000Z is no longer there.'
  );
});

it.each([
  ['is kept', 7, { from: ago(days(6)) }],
  ['was found although it may be dropped', 7, { from: ago(days(8)), found: ago(days(8)) }],
  ['is of a source that does not say', undefined, { from: ago(days(8)) }],
])('says nothing of what %s', async (_, kept, window) => {
  expect(await noLongerKept(loki(kept), { ...window, now, signal })).toBeNull();
});

it('does not ask about the last hour', async () => {
  expect(await noLongerKept(loki(7), { from: ago(minutes(59)), now, signal })).toBeNull();
  expect(asked).not.toHaveBeenCalled();
});
