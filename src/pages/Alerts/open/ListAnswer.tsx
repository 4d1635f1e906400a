import type { listAlerts } from '../../../api/alerts.ts';
import type { OutputOf } from '../../../api/operation.ts';
import { t } from '../../../i18n/t.ts';
import { Answer } from '../../../ui/Answer.tsx';
import { answerAlerts } from '../../../ui/answerAlerts.ts';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { SEVERITY_LOOK } from '../../../ui/tone.ts';
import { useNow } from '../../../ui/useNow.ts';

export interface ListAnswerProps {
  readonly data: OutputOf<typeof listAlerts> | undefined;
  readonly filtered: boolean;
}

/** The first line of the page: how many, how bad, how long. */
export function ListAnswer({ data, filtered }: ListAnswerProps) {
  const now = useNow((at) => Math.floor(at / 10_000) * 10_000);
  if (data === undefined) {
    return <Skeleton label={t('alerts.list-answer.loading-the-answer', 'Loading the summary')} height={28} />;
  }
  const { tone, text } = answerAlerts(data.counts, { now, filtered });
  return <Answer look={{ tone, icon: ANSWER_ICON[tone] }}>{text}</Answer>;
}

const ANSWER_ICON = {
  critical: SEVERITY_LOOK.critical.icon,
  error: SEVERITY_LOOK.error.icon,
  warning: SEVERITY_LOOK.warning.icon,
  info: SEVERITY_LOOK.info.icon,
  ok: 'check-circle',
  quiet: 'check',
} as const;
