import { ownValue } from '../../ownValue.ts';

const UNITS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  min: 60e9,
  h: 3600e9,
};

/** Nanoseconds of `100ms`, `1.5s` or `20 us`; undefined for what is no duration. */
export function parseNanoseconds(text: string): number | undefined {
  const [, figure = '', unit = ''] = /^\s*(\d+(?:\.\d+)?|\.\d+)\s*([a-zµμ]+)\s*$/.exec(text) ?? [];
  const size = ownValue(UNITS, unit);
  return figure === '' || size === undefined ? undefined : Number(figure) * size;
}
