import { laneStyle } from './laneStyle.ts';

const SECOND = 1_000_000_000;
const axis = { fromNs: -30 * SECOND, toNs: 0 };

it('keeps in sight what was short at the end of a long wait', () => {
  expect(laneStyle(axis, { fromNs: -0.02 * SECOND, toNs: 0 })).toEqual({
    left: 'min(99.933%, calc(100% - 2px))',
    width: '0.067%',
  });
});

it('puts a bar where its trace ran', () => {
  expect(laneStyle(axis, { fromNs: -15 * SECOND, toNs: -7.5 * SECOND })).toEqual({
    left: 'min(50.000%, calc(100% - 2px))',
    width: '25.000%',
  });
});
