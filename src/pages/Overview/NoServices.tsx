import { LinkButton } from '@grafana/ui';
import type { SourceView } from '../../api/access.ts';
import { useHost } from '../../host/HostContext.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';

export interface NoServicesProps {
  readonly problem: string | null;
  readonly sources: readonly SourceView[] | undefined;
}

/** Before anything was found: what would be here, and what is in the way. */
export function NoServices({ problem, sources }: NoServicesProps) {
  const { navigation } = useHost();
  const hasPrometheus = sources?.some(({ kind }) => kind === 'prometheus') ?? true;
  return (
    <EmptyState
      icon={hasPrometheus ? 'search' : 'plug'}
      title={hasPrometheus ? 'No services found yet' : 'No Prometheus is connected'}
      action={
        <LinkButton href={navigation.href('/settings?tab=sources')} icon="plug">
          {hasPrometheus ? 'Look at the sources' : 'Add a source'}
        </LinkButton>
      }
    >
      {problem !== null && <p>{problem}</p>}
      <p>
        Pharos finds services by the labels <code>service_name</code>, <code>service</code> or <code>job</code> of their
        metrics, and shows their rate, errors, latency and health here. The demo shop, for example, has storefront,
        catalog, cart, checkout and payments: <code>npm start</code> brings it up.
      </p>
    </EmptyState>
  );
}
