import type { SpanStatus } from '../../core/traces/trace.ts';
import type { StateLook } from '../tone.ts';

/** How the status of a span looks. */
export const STATUS_LOOK: Readonly<Record<SpanStatus, StateLook>> = {
  error: { tone: 'error', icon: 'times-circle', word: 'Error' },
  ok: { tone: 'ok', icon: 'check-circle', word: 'OK' },
  unset: { tone: 'quiet', icon: 'circle', word: 'Unset' },
};
