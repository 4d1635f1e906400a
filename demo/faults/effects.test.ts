import { createRandom } from '../random.ts';
import { badRelease, FaultEffects } from './effects.ts';
import { parseFault, type Fault } from './fault.ts';

function build(name: string, value?: string): Fault {
  const fault = parseFault({ fault: name, service: 'checkout', value });
  if (typeof fault === 'string') {
    throw new Error(fault);
  }
  return fault;
}

function countFailures(effects: FaultEffects): number {
  let failures = 0;
  for (let index = 0; index < 2_000; index++) {
    try {
      effects.throwIfChosen();
    } catch {
      failures++;
    }
  }
  return failures;
}

describe('FaultEffects', () => {
  it('does nothing without faults', () => {
    const effects = new FaultEffects(createRandom(1));
    expect(effects.getExtraMs()).toBe(0);
    expect(countFailures(effects)).toBe(0);
    expect(effects.isDependencyDown()).toBe(false);
  });

  it('adds the latency that was asked for, with little spread', () => {
    const effects = new FaultEffects(createRandom(1));
    effects.apply([build('latency', '1s')]);
    const extra = Array.from({ length: 100 }, () => effects.getExtraMs());
    expect(Math.min(...extra)).toBeGreaterThanOrEqual(950);
    expect(Math.max(...extra)).toBeLessThanOrEqual(1_150);
  });

  it('fails the share that was asked for', () => {
    const effects = new FaultEffects(createRandom(1));
    effects.apply([build('errors', '0.3')]);
    expect(countFailures(effects) / 2_000).toBeCloseTo(0.3, 1);
  });

  it('makes a bad release slower and faulty, and forgets it when it is healed', () => {
    const effects = new FaultEffects(createRandom(1));
    effects.apply([build('bad-release')]);
    expect(effects.getExtraMs()).toBeGreaterThan(badRelease.latencyMs * 0.9);
    expect(countFailures(effects) / 2_000).toBeCloseTo(badRelease.errorRatio, 1);
    effects.apply([]);
    expect(effects.getExtraMs()).toBe(0);
  });
});
