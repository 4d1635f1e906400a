import { LinkButton } from '@grafana/ui';
import type { SourceView } from '../../api/access.ts';
import { useHost } from '../../host/HostContext.ts';
import { useCan } from '../../host/useIdentity.ts';
import { t } from '../../i18n/t.ts';
import { Trans } from '../../i18n/Trans.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';

export interface NoServicesProps {
  readonly problem: string | null;
  readonly sources: readonly SourceView[] | undefined;
}

/** Before anything was found: what would be here, and what is in the way. */
export function NoServices({ problem, sources }: NoServicesProps) {
  const { navigation } = useHost();
  const canAdd = useCan('admin');
  const hasPrometheus = sources?.some(({ kind }) => kind === 'prometheus') ?? true;
  return (
    <EmptyState
      icon={hasPrometheus ? 'search' : 'plug'}
      title={
        hasPrometheus
          ? t('overview.no-services.no-services-found-yet', 'No services found yet')
          : t('overview.no-services.no-prometheus-is-connected', 'No Prometheus is connected')
      }
      action={
        <LinkButton href={navigation.href('/settings?tab=sources')} icon="plug">
          {hasPrometheus || !canAdd
            ? t('overview.no-services.look-at-the-sources', 'View sources')
            : t('overview.no-services.add-a-source', 'Add a source')}
        </LinkButton>
      }
    >
      {problem !== null && <p>{problem}</p>}
      <p>
        <Trans
          i18nKey="overview.no-services.how-found"
          defaults="Pharos finds services by the labels <code>service_name</code>, <code>service</code> or <code>job</code> of their metrics, and shows their rate, errors, latency and health here. The demo shop, for example, has storefront, catalog, cart, checkout and payments: <code>npm start</code> starts it."
          components={{ code: <code /> }}
        />
      </p>
    </EmptyState>
  );
}
