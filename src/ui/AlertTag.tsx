import type { Severity } from '../core/alerts/severity.ts';
import { inSentence } from '../i18n/inSentence.ts';
import { t } from '../i18n/t.ts';
import type { Standing } from './describeStanding.ts';
import { StateTag } from './StateTag.tsx';
import { ALERT_STATE_LOOK, SEVERITY_LOOK, type StateLook } from './tone.ts';

interface Tagged extends Standing {
  readonly severity: Severity;
  /** The sender's own word, where it was mapped. */
  readonly severityMappedFrom?: string | null;
}

/** How an alert looks: by severity while it fires, by its state otherwise; what somebody has taken, or silenced, is not red. */
export function lookOf({ state, severity, acknowledged, suppressedBy }: Tagged): StateLook {
  const base = SEVERITY_LOOK[severity];
  if (state !== 'firing') {
    const { tone, icon, word } = ALERT_STATE_LOOK[state];
    return {
      tone,
      icon,
      word: state === 'resolved' || state === 'pending' ? word : `${base.word}, ${inSentence(word)}`,
    };
  }
  return acknowledged !== null || suppressedBy.length > 0 ? { ...base, tone: 'quiet' } : base;
}

/** State of an alert; on hover the sender's own word, where it was mapped. */
export function AlertTag({ alert, size = 'normal' }: { alert: Tagged; size?: 'normal' | 'large' }) {
  const mapped = alert.severityMappedFrom ?? null;
  return (
    <StateTag
      look={lookOf(alert)}
      size={size}
      {...(mapped === null
        ? {}
        : { title: t('ui.alert-tag.the-sender-called-it', 'The sender called it "{{mapped}}"', { mapped }) })}
    />
  );
}
