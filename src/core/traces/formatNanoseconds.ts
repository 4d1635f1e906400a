import { formatValue } from '../signals/formatValue.ts';

const PER_SECOND = 1e9;

/** A length of time within a trace, to three digits: `1.21 s`, `45.3 ms`, `310 µs`, `80 ns`, `0`. */
export function formatNanoseconds(ns: number): string {
  if (ns === 0) {
    return '0';
  }
  return Math.abs(ns) < 1000 ? `${Math.round(ns)} ns` : formatValue(ns / PER_SECOND, 'seconds');
}
