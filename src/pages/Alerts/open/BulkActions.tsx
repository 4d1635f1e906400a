import { Button, Text } from '@grafana/ui';
import { t } from '../../../i18n/t.ts';
import { BottomBar } from '../../../ui/BottomBar.tsx';

export interface BulkActionsProps {
  readonly count: number;
  readonly acknowledge: () => void;
  readonly silence: () => void;
  readonly clear: () => void;
}

/** What can be done with the selected alerts; at the bottom edge of a phone. */
export function BulkActions({ count, acknowledge, silence, clear }: BulkActionsProps) {
  if (count === 0) {
    return null;
  }
  return (
    <BottomBar label={t('alerts.bulk-actions.selected-alerts', 'Selected alerts')}>
      <Button icon="check" onClick={acknowledge}>
        {t('alerts.bulk-actions.acknowledge', 'Acknowledge ({{number}})', { number: count })}
      </Button>
      <Button icon="bell-slash" variant="secondary" onClick={silence}>
        {t('alerts.bulk-actions.silence', 'Silence ({{number}})', { number: count })}
      </Button>
      <Button variant="secondary" fill="text" onClick={clear}>
        <Text>{t('alerts.bulk-actions.clear', 'Clear')}</Text>
      </Button>
    </BottomBar>
  );
}
