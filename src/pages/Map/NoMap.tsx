import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { LinkButton, useStyles2 } from '@grafana/ui';
import { useHost } from '../../host/HostContext.ts';
import { t } from '../../i18n/t.ts';
import { Trans } from '../../i18n/Trans.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';

const EXAMPLE = `metrics_generator:
  storage:
    remote_write:
      - url: http://prometheus:9090/api/v1/write
overrides:
  defaults:
    metrics_generator:
      processors: [service-graphs, span-metrics]`;

export interface NoMapProps {
  readonly problems: readonly string[];
  readonly isPast: boolean;
}

/** Before anything was found: what would be here, and how to get it. */
export function NoMap({ problems, isPast }: NoMapProps) {
  const styles = useStyles2(getStyles);
  const { navigation } = useHost();
  return (
    <EmptyState
      icon="sitemap"
      title={
        isPast
          ? t('map.no-map.past', 'No calls are known for that time')
          : t('map.no-map.yet', 'No calls are known yet')
      }
      action={
        <LinkButton href={navigation.href('/settings?tab=sources')} icon="plug">
          {t('map.no-map.look-at-the-sources', 'View sources')}
        </LinkButton>
      }
    >
      {problems.map((problem) => (
        <p key={problem}>{problem}</p>
      ))}
      <p>
        <Trans
          i18nKey="map.no-map.what-it-shows"
          defaults="The map shows who calls whom, such as <code>{{path}}</code>, with rate, errors and p95. It is built from the metrics that Tempo's metrics generator writes to Prometheus or, without them, from a sample of the traces in Tempo. In Tempo's configuration:"
          values={{ path: 'storefront → checkout → payments' }}
          components={{ code: <code /> }}
        />
      </p>
      <pre className={styles.example}>{EXAMPLE}</pre>
    </EmptyState>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  example: css({ textAlign: 'left', fontSize: theme.typography.bodySmall.fontSize, maxWidth: '100%' }),
});
