import { isConflict } from './conflict.ts';

const failure = (properties: object) => Object.assign(new Error('refused'), properties);

describe('isConflict', () => {
  it.each([
    { code: '40001' },
    { code: '40P01' },
    { code: '23505', constraint: 'alerts_open' },
    { code: '23505', constraint: 'views_by_name' },
  ])('%j is one', (error) => {
    expect(isConflict(failure(error))).toBe(true);
  });

  it.each([
    {},
    { code: 40001 },
    { code: '23505', constraint: 'tokens_hash_key' },
    { code: '23505' },
    { code: '53100' },
  ])('%j is none', (error) => {
    expect(isConflict(failure(error))).toBe(false);
  });

  it('knows only errors', () => {
    expect(isConflict('40001')).toBe(false);
  });
});
