import { sparklinePath } from './sparklinePath.ts';

describe('sparklinePath', () => {
  it('runs from left to right with the largest value at the top and zero at the bottom', () => {
    expect(sparklinePath({ times: [0, 10, 20], values: [0, 4, 2] }, 60, 20)).toBe('M0.0 20.0L30.0 0.0L60.0 10.0');
  });
  it('places points by their time, not by their number', () => {
    expect(sparklinePath({ times: [0, 5, 20], values: [1, 1, 1] }, 60, 20)).toBe('M0.0 0.0L15.0 0.0L60.0 0.0');
  });
  it('leaves a gap where values are missing', () => {
    expect(sparklinePath({ times: [0, 1, 2, 3], values: [1, 1, Number.NaN, 1] }, 30, 10)).toBe(
      'M0.0 0.0L10.0 0.0M30.0 0.0'
    );
  });
  it('draws nothing of nothing, of one point and of no time', () => {
    expect(sparklinePath({ times: [], values: [] }, 30, 10)).toBe('');
    expect(sparklinePath({ times: [1], values: [1] }, 30, 10)).toBe('');
    expect(sparklinePath({ times: [1, 1], values: [1, 2] }, 30, 10)).toBe('');
  });
  it('keeps a flat zero on the floor', () => {
    expect(sparklinePath({ times: [0, 1], values: [0, 0] }, 30, 10)).toBe('M0.0 10.0L30.0 10.0');
  });
});
