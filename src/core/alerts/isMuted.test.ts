import { after, alertOf, AT } from './alert.fixture.ts';
import { isAcknowledged } from './alert.ts';
import { isMuted } from './isMuted.ts';
import { acknowledge } from './personActs.ts';

const taken = acknowledge(alertOf(), { by: 'Ada', at: AT, comment: '', until: after(60) }).alert;

describe('isMuted', () => {
  it('holds from the acknowledgement to its end, at its severity and below', () => {
    expect(isMuted(alertOf(), AT)).toBe(false);
    expect(isMuted(taken, after(59))).toBe(true);
    expect(isMuted(taken, after(60))).toBe(false);
    expect(isMuted({ ...taken, severity: 'info' }, AT)).toBe(true);
    expect(isMuted({ ...taken, severity: 'critical' }, AT)).toBe(false);
  });
});

describe('isAcknowledged', () => {
  it('knows an acknowledgement without end', () => {
    const endless = acknowledge(alertOf(), { by: 'Ada', at: AT, comment: '', until: null }).alert;
    expect(isAcknowledged(endless, after(1e9))).toBe(true);
  });
});
