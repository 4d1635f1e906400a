import { bySeverity, mapSeverity, SEVERITIES, severityRank } from './severity.ts';

describe('mapSeverity', () => {
  it.each([
    [undefined, { severity: 'warning' }],
    ['', { severity: 'warning' }],
    ['critical', { severity: 'critical' }],
    ['CRITICAL', { severity: 'critical', mappedFrom: 'CRITICAL' }],
    ['page', { severity: 'critical', mappedFrom: 'page' }],
    ['P2', { severity: 'error', mappedFrom: 'P2' }],
    ['none', { severity: 'info', mappedFrom: 'none' }],
    ['moderately bad', { severity: 'warning', mappedFrom: 'moderately bad' }],
    ['constructor', { severity: 'warning', mappedFrom: 'constructor' }],
  ])('maps %p', (word, expected) => {
    expect(mapSeverity(word)).toEqual(expected);
  });
});

describe('bySeverity', () => {
  it('puts the most urgent first', () => {
    expect(SEVERITIES.toSorted(bySeverity)).toEqual(['critical', 'error', 'warning', 'info']);
    expect(SEVERITIES.map(severityRank)).toEqual([0, 1, 2, 3]);
  });
});
