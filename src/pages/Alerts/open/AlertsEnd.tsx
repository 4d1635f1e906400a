import { Button, LinkButton, Text } from '@grafana/ui';
import { useHost } from '../../../host/HostContext.ts';
import { useQueryParams } from '../../../host/useLocation.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ALERTS_PER_PAGE, MOST_ALERTS } from './alertFilters.ts';

/** An empty list, and whether that is good news. */
export function NoAlerts({ filtered }: { filtered: boolean }) {
  const { navigation } = useHost();
  if (filtered) {
    return (
      <EmptyState icon="filter" title="No alert fits these filters">
        Resolved alerts are in the history.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="check-circle"
      title="No alert is open"
      action={
        <LinkButton variant="secondary" href={navigation.href('/thresholds')}>
          Look at the thresholds
        </LinkButton>
      }
    >
      Alerts of thresholds, of Prometheus and of Grafana come together here. To see one in the demo, run{' '}
      <code>npm run demo -- fault latency checkout 1s</code>.
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
        The {shown} most urgent of {total}
        {isGrouped ? '; the groups count these' : ''}.{' '}
      </Text>
      {shown < MOST_ALERTS ? (
        <Button
          size="sm"
          variant="secondary"
          onClick={() => params.set({ limit: String(shown + 2 * ALERTS_PER_PAGE) })}
        >
          Show more
        </Button>
      ) : (
        <Text color="secondary">Narrow the filters to see the others.</Text>
      )}
    </div>
  );
}
