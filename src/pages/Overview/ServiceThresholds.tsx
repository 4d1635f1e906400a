import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { LinkButton, Text, useStyles2 } from '@grafana/ui';
import type { ThresholdView } from '../../api/thresholds.ts';
import { formatHold } from '../../core/formatSpan.ts';
import { formatValue } from '../../core/signals/formatValue.ts';
import { describeSignal } from '../../core/thresholds/explain.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { useHost } from '../../host/HostContext.ts';
import { useCan } from '../../host/useIdentity.ts';
import { Section } from '../../ui/Section.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';

export interface ServiceThresholdsProps {
  readonly name: string;
  readonly thresholds: readonly ThresholdView[];
  readonly loading: boolean;
}

/** What would raise an alert for this service. */
export function ServiceThresholds({ name, thresholds, loading }: ServiceThresholdsProps) {
  const styles = useStyles2(getStyles);
  const { navigation } = useHost();
  const mayChange = useCan('admin');
  return (
    <Section
      title="Thresholds"
      actions={
        mayChange && (
          <LinkButton
            size="sm"
            variant="secondary"
            icon="plus"
            href={navigation.href(`/thresholds?${new URLSearchParams({ new: '1', service: name }).toString()}`)}
          >
            Add threshold
          </LinkButton>
        )
      }
    >
      {loading && <Skeleton label="Loading the thresholds" height={22} />}
      {!loading && thresholds.length === 0 && (
        <Text color="secondary">None: nothing about this service can raise an alert here.</Text>
      )}
      <ul className={styles.list}>
        {thresholds.map((threshold) => (
          <li key={threshold.id} className={styles.line}>
            <AppLink
              to={`/thresholds?${new URLSearchParams({ edit: threshold.id }).toString()}`}
              className={styles.name}
            >
              {describeSignal(threshold.signal)}
            </AppLink>
            <span className={styles.quiet}>{describeLevels(threshold)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** `warning above 300 ms, critical above 800 ms for 10 s (default)`. */
export function describeLevels({
  warning,
  critical,
  direction,
  unit,
  for: held,
  service,
  enabled,
}: ThresholdView): string {
  const levels = [
    ...(warning === null ? [] : [`warning ${direction} ${formatValue(warning, unit)}`]),
    ...(critical === null ? [] : [`critical ${direction} ${formatValue(critical, unit)}`]),
  ].join(', ');
  const notes = [...(service === '*' ? ['default'] : []), ...(enabled ? [] : ['off'])];
  return `${levels}${held > 0 ? ` for ${formatHold(held)}` : ''}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', display: 'grid', gap: theme.spacing(0.5) }),
  line: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0, 1), alignItems: 'baseline' }),
  name: css({ fontWeight: theme.typography.fontWeightMedium }),
  quiet: css({ color: theme.colors.text.secondary }),
});
