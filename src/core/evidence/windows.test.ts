import { epochMs, hours, minutes } from '../units.ts';
import { deployWindow, evidenceWindows, logAttempts } from './windows.ts';

const AT = epochMs(Date.UTC(2026, 10, 21, 14, 2));
const LATER = epochMs(AT + hours(24));

const relative = ({ from, to }: { from: number; to: number }) => [(from - AT) / minutes(1), (to - AT) / minutes(1)];

it('begins with the minute of the moment and widens to an hour', () => {
  expect(evidenceWindows(AT, LATER).map(relative)).toEqual([
    [-0.5, 0.5],
    [-2.5, 2.5],
    [-7.5, 7.5],
    [-30, 30],
  ]);
});

it('ends now at the latest, also for a moment that has not come', () => {
  expect(evidenceWindows(AT, AT).map(relative)).toEqual([
    [-0.5, 0],
    [-2.5, 0],
    [-7.5, 0],
    [-30, 0],
  ]);
  expect(evidenceWindows(LATER, AT)).toEqual(evidenceWindows(AT, AT));
});

it('looks for warnings near the moment before it takes any line', () => {
  expect(logAttempts(AT, LATER).map(({ window, levels }) => [levels, relative(window)[1]])).toEqual([
    ['warning', 0.5],
    ['warning', 2.5],
    ['warning', 7.5],
    ['all', 0.5],
    ['all', 2.5],
    ['all', 7.5],
    ['all', 30],
  ]);
});

it('looks for deploys three hours back and an hour on', () => {
  expect(relative(deployWindow(AT, LATER))).toEqual([-180, 60]);
  expect(relative(deployWindow(AT, AT))).toEqual([-180, 0]);
});
