import { formatValue } from '../../core/signals/formatValue.ts';

/** `34 ms`, `1.2 s`. */
export const formatMilliseconds = (ms: number): string => formatValue(ms / 1000, 'seconds');
