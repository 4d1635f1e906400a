import { parseNanoseconds } from './parseNanoseconds.ts';

it.each([
  ['100ms', 100e6],
  [' 1.5 s ', 1.5e9],
  ['.5us', 500],
  ['2min', 120e9],
])('reads %j', (text, expected) => {
  expect(parseNanoseconds(text)).toBe(expected);
});

it.each(['', '5', 's', '1 constructor', '-1s', '1s 2'])('refuses %j', (text) => {
  expect(parseNanoseconds(text)).toBeUndefined();
});
