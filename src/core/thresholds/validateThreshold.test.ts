import fc from 'fast-check';
import { UNITS } from '../signals/catalogue.ts';
import { durationMs, hours, seconds } from '../units.ts';
import { validateThreshold, withDefaults, type ThresholdDraft } from './validateThreshold.ts';

const latency: ThresholdDraft = { service: 'checkout', signal: 'latency_p95', warning: 0.3, critical: 0.8 };
const errors = (draft: Partial<ThresholdDraft>): string[] =>
  validateThreshold(withDefaults({ ...latency, ...draft })).map(({ path, message }) => `${path}: ${message}`);

it('fills in direction and unit from the signal', () => {
  expect(withDefaults(latency)).toEqual({
    ...{ service: 'checkout', signal: 'latency_p95', direction: 'above', warning: 0.3, critical: 0.8 },
    ...{ unit: 'seconds', for: 0, owner: '', runbookUrl: '', labels: {}, enabled: true },
  });
  expect(withDefaults({ service: '*', signal: 'disk_free' })).toMatchObject({ direction: 'below', unit: 'ratio' });
  expect(withDefaults({ service: '*', signal: { expr: 'up' } })).toMatchObject({ direction: 'above', unit: 'none' });
});

describe('validateThreshold', () => {
  it.each([
    ['sound', {}],
    ['one level', { warning: undefined }],
    ['below', { signal: 'disk_free', warning: 0.2, critical: 0.1 }],
    ['any service', { service: '*' }],
    ['an expression', { signal: { expr: 'up' }, warning: -5, critical: undefined }],
    ['load above one per core', { signal: 'saturation', warning: 1, critical: 4 }],
  ] as const)('accepts %s', (_what, draft) => {
    expect(errors(draft)).toEqual([]);
  });

  it.each([
    [{ service: ' ' }, 'service: Expected the name of a service, or * for every service.'],
    [
      { service: 'check*' },
      'service: "check*" is not a pattern: expected one service by its whole name, or * alone for every service.',
    ],
    [{ signal: { expr: '  ' } }, 'signal: Expected a PromQL expression.'],
    [{ warning: undefined, critical: undefined }, 'warning: Expected a warning level, a critical level or both.'],
    [
      { warning: 0.8, critical: 0.3 },
      'critical: Expected a critical level above the warning level of 800 ms, as the alert is for values above it.',
    ],
    [
      { warning: 0.8, critical: 0.8 },
      'critical: Expected a critical level above the warning level of 800 ms, as the alert is for values above it.',
    ],
    [
      { signal: 'disk_free', warning: 0.1, critical: 0.2 },
      'critical: Expected a critical level below the warning level of 10 %, as the alert is for values below it.',
    ],
    [
      { signal: 'error_ratio', warning: undefined, critical: 5 },
      'critical: Expected a ratio from 0 to 1, such as 0.05 for 5 %.',
    ],
    [
      { signal: 'error_ratio', warning: undefined, critical: 500 },
      'critical: Expected a ratio from 0 to 1, such as 0.05 for 5 %.',
    ],
    [{ warning: -1 }, 'warning: Expected 0 or more.'],
    [{ warning: Number.NaN }, 'warning: Expected a number.'],
    [{ unit: 'bytes' }, 'unit: p95 latency is measured in seconds, not in bytes.'],
    [{ for: hours(25) }, 'for: Expected a duration from 0s to 24h.'],
    [{ for: durationMs(-1) }, 'for: Expected a duration from 0s to 24h.'],
    [
      { labels: { team: 'shop', service: 'x' } },
      'labels: The label service is set by the threshold itself: choose another name.',
    ],
  ] as const)('refuses %j', (draft, message) => {
    expect(errors(draft)).toContain(message);
  });

  it('accepts two levels in exactly one of the two directions', () => {
    const level = fc.double({ min: 0, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(
        level,
        level,
        fc.constantFrom(...UNITS.filter((unit) => unit !== 'ratio')),
        (warning, critical, unit) => {
          fc.pre(warning !== critical);
          const draft = { service: '*', signal: { expr: 'x' }, warning, critical, unit, for: seconds(1) };
          const sound = (['above', 'below'] as const).filter(
            (direction) => validateThreshold(withDefaults({ ...draft, direction })).length === 0
          );
          expect(sound).toEqual([warning < critical ? 'above' : 'below']);
        }
      )
    );
  });
});
