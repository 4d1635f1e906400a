import { epochMs } from '../units.ts';
import { silenceState } from './silence.ts';

const silence = { startsAt: epochMs(100), endsAt: epochMs(200) };

describe('silenceState', () => {
  it.each([
    [99, 'pending'],
    [100, 'active'],
    [199, 'active'],
    [200, 'expired'],
  ])('at %i it is %s', (now, state) => {
    expect(silenceState(silence, epochMs(now))).toBe(state);
  });

  it('has never been active when it ends as it starts', () => {
    expect(silenceState({ startsAt: epochMs(100), endsAt: epochMs(100) }, epochMs(100))).toBe('expired');
  });
});
