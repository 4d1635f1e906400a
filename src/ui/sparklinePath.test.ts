import { sparklinePath } from './sparklinePath.ts';

describe('sparklinePath', () => {
  it('runs from left to right with the largest value at the top and zero at the bottom', () => {
    expect(sparklinePath({ times: [0, 10, 20], values: [0, 4, 2] }, { width: 60, height: 20 })).toBe(
      'M0.0 20.0L30.0 0.0L60.0 10.0'
    );
  });
  it('places points by their time, not by their number', () => {
    expect(sparklinePath({ times: [0, 5, 20], values: [1, 1, 1] }, { width: 60, height: 20 })).toBe(
      'M0.0 0.0L15.0 0.0L60.0 0.0'
    );
  });
  it('leaves a gap where values are missing', () => {
    expect(sparklinePath({ times: [0, 1, 2, 3], values: [1, 1, Number.NaN, 1] }, { width: 30, height: 10 })).toBe(
      'M0.0 0.0L10.0 0.0M30.0 0.0'
    );
  });
  it('draws nothing of nothing, of one point and of no time', () => {
    expect(sparklinePath({ times: [], values: [] }, { width: 30, height: 10 })).toBe('');
    expect(sparklinePath({ times: [1], values: [1] }, { width: 30, height: 10 })).toBe('');
    expect(sparklinePath({ times: [1, 1], values: [1, 2] }, { width: 30, height: 10 })).toBe('');
  });
  it('keeps what is small beside the least top small', () => {
    expect(sparklinePath({ times: [0, 1], values: [0, 1] }, { width: 30, height: 10, leastTop: 5 })).toBe(
      'M0.0 10.0L30.0 8.0'
    );
    expect(sparklinePath({ times: [0, 1], values: [0, 10] }, { width: 30, height: 10, leastTop: 5 })).toBe(
      'M0.0 10.0L30.0 0.0'
    );
  });
  it('keeps a flat zero on the floor', () => {
    expect(sparklinePath({ times: [0, 1], values: [0, 0] }, { width: 30, height: 10 })).toBe('M0.0 10.0L30.0 10.0');
  });
});
