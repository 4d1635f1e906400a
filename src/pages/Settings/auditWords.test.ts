import { actionWords, auditObject, AUDITED_ACTIONS } from './auditWords.ts';

describe('auditObject', () => {
  it.each([
    ['threshold x1', { service: 'checkout', signal: 'latency_p95' }, 'threshold p95 latency of checkout'],
    ['threshold x1', { service: '*', signal: { expr: 'up' } }, 'threshold up of every service'],
    ['token x1', { name: 'ci', scope: 'read' }, 'token ci'],
    ['routes', [{ receiver: 'inbox' }], 'routes'],
    ['session x1', null, 'session x1'],
    ['2 thresholds', { x1: { service: 'a', signal: 'cpu' } }, '2 thresholds'],
  ])('names %s by what is known of it', (object, after, words) => {
    expect(auditObject({ object, before: null, after })).toBe(words);
  });

  it('takes the name from before where nothing is left after', () => {
    expect(auditObject({ object: 'threshold x1', before: { service: 'cart', signal: 'cpu' }, after: null })).toBe(
      'threshold CPU of cart'
    );
  });
});

describe('actions', () => {
  it('are words in the list and names in the filter', () => {
    expect(actionWords('updateThreshold')).toBe('Update threshold');
    expect(AUDITED_ACTIONS).toContainEqual({ value: 'createToken', label: 'Create token' });
    expect(AUDITED_ACTIONS).toContainEqual({ value: 'login', label: 'Login' });
    expect(AUDITED_ACTIONS.map(({ value }) => value)).not.toContain('listTokens');
  });
});
