import type { Acknowledgement, AlertState, Suppression } from '../core/alerts/alert.ts';
import { t } from '../i18n/t.ts';

/** What decides whether an alert wants a person now. */
export interface Standing {
  readonly state: AlertState;
  readonly acknowledged: Pick<Acknowledgement, 'by' | 'comment'> | null;
  readonly suppressedBy: ReadonlyArray<Pick<Suppression, 'kind'>>;
}

const SUPPRESSED = {
  silence: () => t('ui.describe-standing.silenced', 'silenced'),
  inhibition: () => t('ui.describe-standing.inhibited', 'inhibited'),
  shelve: () => t('ui.describe-standing.shelved', 'shelved'),
} as const;

/** Who has it: `acknowledged by you, "deploy"`, `silenced`, or `unacknowledged`. `me` is the name of who is looking. */
export function describeStanding({ acknowledged, suppressedBy, state }: Standing, me: string | undefined): string {
  const parts: string[] = [];
  if (acknowledged !== null) {
    const { comment } = acknowledged;
    const by = acknowledged.by === me ? t('ui.describe-standing.you', 'you') : acknowledged.by;
    parts.push(
      comment === ''
        ? t('ui.describe-standing.acknowledged', 'acknowledged by {{by}}', { by })
        : t('ui.describe-standing.acknowledged-comment', 'acknowledged by {{by}}, "{{comment}}"', { by, comment })
    );
  }
  parts.push(...new Set(suppressedBy.map(({ kind }) => SUPPRESSED[kind]())));
  return parts.length > 0 || state === 'resolved'
    ? parts.join(', ')
    : t('ui.describe-standing.unacknowledged', 'unacknowledged');
}
