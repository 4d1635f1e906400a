import { Button } from '@grafana/ui';
import { t } from '../../i18n/t.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useEditorTarget } from './useEditorTarget.ts';

/** What this page is for, with the first thing to do and an example. */
export function NoThresholds({ canChange }: { canChange: boolean }) {
  const { open } = useEditorTarget();
  return (
    <EmptyState
      icon="sliders-v-alt"
      title={t('thresholds.no-thresholds.say-when-a-service-is', 'Say when a service is in trouble')}
      action={
        canChange && (
          <Button icon="plus" onClick={() => open({ kind: 'new', service: '*', signal: 'latency_p95' })}>
            {t('thresholds.no-thresholds.add-a-first-threshold', 'Add a first threshold')}
          </Button>
        )
      }
    >
      {t(
        'thresholds.no-thresholds.what-it-does',
        'A threshold watches one signal, such as p95 latency or the share of errors, and raises an alert when it stays beyond a warning or a critical level. One for * applies to every service; a service may have its own. Example: p95 latency of checkout above 300 ms is a warning, above 800 ms critical, when it lasts 10 s.'
      )}
      {!canChange && ` ${t('thresholds.no-thresholds.admins', 'An admin can add thresholds.')}`}
    </EmptyState>
  );
}
