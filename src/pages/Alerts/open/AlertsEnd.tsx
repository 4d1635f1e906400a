import { Button, LinkButton, Text } from '@grafana/ui';
import { useHost } from '../../../host/HostContext.ts';
import { useQueryParams } from '../../../host/useLocation.ts';
import { t } from '../../../i18n/t.ts';
import { Trans } from '../../../i18n/Trans.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ALERTS_PER_PAGE, MOST_ALERTS } from './alertFilters.ts';

/** An empty list, and whether that is good news. */
export function NoAlerts({ filtered }: { filtered: boolean }) {
  const { navigation } = useHost();
  if (filtered) {
    return (
      <EmptyState
        icon="filter"
        title={t('alerts.alerts-end.no-alert-fits-these-filters', 'No alert matches these filters')}
      >
        {t('alerts.alerts-end.resolved-alerts-are-in-the', 'Resolved alerts are in the history.')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="check-circle"
      title={t('alerts.alerts-end.no-alert-is-open', 'No alert is open')}
      action={
        <LinkButton variant="secondary" href={navigation.href('/thresholds')}>
          {t('alerts.alerts-end.look-at-the-thresholds', 'View thresholds')}
        </LinkButton>
      }
    >
      <Trans
        i18nKey="alerts.alerts-end.what-comes-here"
        defaults="Alerts from thresholds, Prometheus and Grafana are shown here. To see one in the demo, run <code>{{command}}</code>."
        values={{ command: 'npm run demo -- fault latency checkout 1s' }}
        components={{ code: <code /> }}
      />
    </EmptyState>
  );
}

/** How much of the list is shown, and the rest. */
export function MoreAlerts({ shown, total, isGrouped }: { shown: number; total: number; isGrouped: boolean }) {
  const params = useQueryParams();
  if (shown >= total || shown === 0) {
    return null;
  }
  return (
    <div>
      <Text color="secondary">
        {isGrouped
          ? t(
              'alerts.alerts-end.most-urgent-grouped',
              'The {{shown}} most urgent of {{total}}; the group counts cover only these.',
              {
                shown,
                total,
              }
            )
          : t('alerts.alerts-end.most-urgent', 'The {{shown}} most urgent of {{total}}.', { shown, total })}{' '}
      </Text>
      {shown < MOST_ALERTS ? (
        <Button
          size="sm"
          variant="secondary"
          onClick={() => params.set({ limit: String(shown + 2 * ALERTS_PER_PAGE) })}
        >
          {t('alerts.alerts-end.show-more', 'Show more')}
        </Button>
      ) : (
        <Text color="secondary">
          {t('alerts.alerts-end.narrow-the-filters-to-see', 'Narrow the filters to see the others.')}
        </Text>
      )}
    </div>
  );
}
