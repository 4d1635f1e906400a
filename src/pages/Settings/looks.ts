import type { SourceView } from '../../api/access.ts';
import { t } from '../../i18n/t.ts';
import { look, type StateLook } from '../../ui/tone.ts';

export const DELIVERY_LOOK: Readonly<Record<'delivered' | 'failed', StateLook>> = {
  delivered: look('ok', 'check-circle', () => t('settings.looks.delivered', 'Delivered')),
  failed: look('error', 'times-circle', () => t('settings.looks.failed', 'Failed')),
};

export const SOURCE_LOOK: Readonly<Record<SourceView['status'], StateLook>> = {
  ok: look('ok', 'check-circle', () => t('settings.looks.answers', 'Up')),
  degraded: look('warning', 'exclamation-triangle', () => t('settings.looks.degraded', 'Degraded')),
  down: look('error', 'times-circle', () => t('settings.looks.down', 'Down')),
  unknown: look('quiet', 'question-circle', () => t('settings.looks.not-asked-yet', 'Not checked yet')),
};

export const AUDIT_LOOK: Readonly<Record<'begun' | 'done' | 'refused' | 'failed', StateLook>> = {
  begun: look('quiet', 'hourglass', () => t('settings.looks.begun', 'Started')),
  done: look('ok', 'check', () => t('settings.looks.done', 'Done')),
  refused: look('warning', 'ban', () => t('settings.looks.refused', 'Refused')),
  failed: look('error', 'times-circle', () => t('settings.looks.failed', 'Failed')),
};
