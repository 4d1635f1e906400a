import { matchingLabels } from './matchingLabels.ts';

describe('matchingLabels', () => {
  it('adds severity and service, but leaves the words of the source', () => {
    expect(matchingLabels({ labels: { a: '1' }, severity: 'critical', service: 'cart' })).toEqual({
      a: '1',
      severity: 'critical',
      service: 'cart',
    });
    expect(matchingLabels({ labels: { severity: 'page' }, severity: 'critical', service: '' })).toEqual({
      severity: 'page',
    });
  });
});
