import { formatValue } from '../../core/signals/formatValue.ts';

/** A part of a whole for reading: `78.1 %`; nothing of nothing is 0 %. */
export const formatShare = (part: number, whole: number): string =>
  formatValue(whole === 0 ? 0 : part / whole, 'ratio');

/** `1 span`, `12,000 spans`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
