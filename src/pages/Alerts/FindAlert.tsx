import { LinkButton } from '@grafana/ui';
import { useEffect } from 'react';
import { listAlerts, type AlertView } from '../../api/alerts.ts';
import type { InputOf } from '../../api/operation.ts';
import { ALERT_SOURCES, ALERT_STATES } from '../../core/alerts/alert.ts';
import { alertPath } from '../../host/alertPath.ts';
import { useHost } from '../../host/HostContext.ts';
import { useQueryParams, type QueryParams } from '../../host/useLocation.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LoadState } from '../../ui/LoadState.tsx';

const MOST = 100;

type Wanted = InputOf<typeof listAlerts>;

function readWanted(params: QueryParams): Wanted {
  const source = ALERT_SOURCES.find((known) => known === params.get('source'));
  const [ruleId, q] = [params.get('rule'), params.get('q')];
  return {
    state: [...ALERT_STATES],
    ...(source === undefined ? {} : { source: [source] }),
    ...(ruleId === undefined ? {} : { ruleId }),
    ...(q === undefined ? {} : { q }),
    limit: MOST,
  };
}

/** Where the alerts that fit lead: the one that is open, the list where there are several, the last episode where none is. */
export function placeOf(found: readonly AlertView[], q: string): string | undefined {
  const open = found.filter(({ state }) => state !== 'resolved');
  if (open.length > 1) {
    return `/alerts?${new URLSearchParams({ q }).toString()}`;
  }
  const [latest] = open.length === 1 ? open : found.toSorted((a, b) => b.startsAt - a.startsAt);
  return latest && alertPath(latest.id);
}

/** What fits, and the question that says so; `isSame` where the search of the list would find the same. */
function useFound(wanted: Wanted) {
  const query = useOperation(listAlerts, wanted);
  const isUnknown = query.data?.items.length === 0;
  const { q: _labels, ...ofRule } = wanted;
  // Grafana names an alert without data otherwise than the instance that lacks them: only the rule is the same.
  const lacking = useOperation(
    listAlerts,
    { ...ofRule, state: ['no_data'] },
    { enabled: isUnknown && wanted.ruleId !== undefined }
  );
  const found = isUnknown ? (lacking.data?.items ?? []) : (query.data?.items ?? []);
  return { query: isUnknown && wanted.ruleId !== undefined ? lacking : query, found, isSame: !isUnknown };
}

/** Finds an alert by what others know of it, `?source=grafana&rule=UID&q=labels`, and goes there. Waits for one that is yet to come. */
export function FindAlert() {
  const { PageFrame, navigation } = useHost();
  const wanted = readWanted(useQueryParams());
  const { query, found, isSame } = useFound(wanted);
  const place = placeOf(isSame ? found : found.slice(0, 1), wanted.q ?? '');
  useEffect(() => {
    if (place !== undefined) {
      navigation.go(place, { replace: true });
    }
  }, [navigation, place]);
  return (
    <PageFrame
      title={t('alerts.find-alert.alert', 'Alert')}
      parent={{ title: t('alerts.find-alert.alerts', 'Alerts'), to: '/alerts' }}
    >
      <LoadState what={t('alerts.find-alert.the-alert', 'The alert')} query={query} height={120} />
      {query.data && place === undefined && <Unknown fromGrafana={wanted.source?.includes('grafana') ?? false} />}
    </PageFrame>
  );
}

function Unknown({ fromGrafana }: { fromGrafana: boolean }) {
  const { navigation } = useHost();
  return (
    <EmptyState
      icon="bell-slash"
      title={t('alerts.find-alert.pharos-does-not-know-this', 'Pharos does not know this alert')}
      action={
        <LinkButton variant="secondary" href={navigation.href('/alerts')}>
          {t('alerts.find-alert.see-what-is-open', 'View open alerts')}
        </LinkButton>
      }
    >
      {fromGrafana
        ? t(
            'alerts.find-alert.from-grafana',
            'Grafana sends an alert when it fires, if a notification policy routes it to a webhook contact point with the address of Pharos. This page opens it as soon as it arrives.'
          )
        : t(
            'alerts.find-alert.from-prometheus',
            'Prometheus sends an alert when it fires, if Pharos is one of its Alertmanagers. This page opens it as soon as it arrives.'
          )}
    </EmptyState>
  );
}
