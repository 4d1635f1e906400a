import type { SpanStatus } from '../../core/traces/trace.ts';
import { t } from '../../i18n/t.ts';
import { look, type StateLook } from '../tone.ts';

/** How the status of a span looks. */
export const STATUS_LOOK: Readonly<Record<SpanStatus, StateLook>> = {
  error: look('error', 'times-circle', () => t('ui.traces-looks.error', 'Error')),
  ok: look('ok', 'check-circle', () => t('ui.traces-looks.ok', 'OK')),
  unset: look('quiet', 'circle', () => t('ui.traces-looks.unset', 'Unset')),
};
