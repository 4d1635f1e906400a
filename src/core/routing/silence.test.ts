import { epochMs } from '../units.ts';
import type { Matcher } from '../matchers.ts';
import { expired, keepsItsPast, silenceState, type Silence, type SilenceEdit } from './silence.ts';

const SPAN = { startsAt: epochMs(100), endsAt: epochMs(200) };

describe('silenceState', () => {
  it.each([
    [99, 'pending'],
    [100, 'active'],
    [199, 'active'],
    [200, 'expired'],
  ])('at %i it is %s', (now, state) => {
    expect(silenceState(SPAN, epochMs(now))).toBe(state);
  });

  it('has never been active when it ends as it starts', () => {
    expect(silenceState({ startsAt: epochMs(100), endsAt: epochMs(100) }, epochMs(100))).toBe('expired');
  });
});

const is = (name: string, value: string): Matcher => ({ name, op: '=', value });
const silence: Silence = {
  ...{ id: 's1', namespace: 'default', createdBy: 'Ada', comment: 'work' },
  matchers: [is('service', 'cart'), is('team', 'shop')],
  startsAt: epochMs(10_500),
  endsAt: epochMs(20_000),
  createdAt: epochMs(10_500),
  updatedAt: epochMs(10_500),
};

describe('keepsItsPast', () => {
  const cases: ReadonlyArray<{ what: string; now: number; edit: Partial<SilenceEdit>; keeps: boolean }> = [
    { what: 'another end of an active one', now: 15_000, edit: { endsAt: epochMs(30_000) }, keeps: true },
    { what: 'the start without its fraction', now: 15_000, edit: { startsAt: epochMs(10_000) }, keeps: true },
    { what: 'another start of an active one', now: 15_000, edit: { startsAt: epochMs(12_000) }, keeps: false },
    {
      what: 'the matchers in another order',
      now: 15_000,
      edit: { matchers: silence.matchers.toReversed() },
      keeps: true,
    },
    { what: 'one matcher less', now: 15_000, edit: { matchers: [is('service', 'cart')] }, keeps: false },
    {
      what: 'another operator',
      now: 15_000,
      edit: { matchers: [{ name: 'service', op: '!=', value: 'cart' }, is('team', 'shop')] },
      keeps: false,
    },
    { what: 'another start before the first', now: 5_000, edit: { startsAt: epochMs(12_000) }, keeps: true },
    { what: 'a start that has passed', now: 5_000, edit: { startsAt: epochMs(4_000) }, keeps: false },
    { what: 'anything after the end', now: 20_000, edit: { endsAt: epochMs(30_000) }, keeps: false },
  ];
  it.each(cases)('$what: $keeps', ({ now, edit, keeps }) => {
    expect(keepsItsPast(silence, { ...silence, ...edit }, epochMs(now))).toBe(keeps);
  });
});

describe('expired', () => {
  it('ends now, and never was when it had not begun', () => {
    expect(expired(silence, epochMs(15_000))).toMatchObject({ startsAt: 10_500, endsAt: 15_000, updatedAt: 15_000 });
    expect(expired(silence, epochMs(5_000))).toMatchObject({ startsAt: 5_000, endsAt: 5_000 });
  });
});
