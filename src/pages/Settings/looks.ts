import type { SourceView } from '../../api/access.ts';
import type { StateLook } from '../../ui/tone.ts';

export const DELIVERY_LOOK: Readonly<Record<'delivered' | 'failed', StateLook>> = {
  delivered: { tone: 'ok', icon: 'check-circle', word: 'Delivered' },
  failed: { tone: 'error', icon: 'times-circle', word: 'Failed' },
};

export const SOURCE_LOOK: Readonly<Record<SourceView['status'], StateLook>> = {
  ok: { tone: 'ok', icon: 'check-circle', word: 'Answers' },
  degraded: { tone: 'warning', icon: 'exclamation-triangle', word: 'Degraded' },
  down: { tone: 'error', icon: 'times-circle', word: 'Down' },
  unknown: { tone: 'quiet', icon: 'question-circle', word: 'Not asked yet' },
};

export const AUDIT_LOOK: Readonly<Record<'done' | 'refused' | 'failed', StateLook>> = {
  done: { tone: 'ok', icon: 'check', word: 'Done' },
  refused: { tone: 'warning', icon: 'ban', word: 'Refused' },
  failed: { tone: 'error', icon: 'times-circle', word: 'Failed' },
};
