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
import { t } from '../../i18n/t.ts';
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
      title={t('overview.service-thresholds.thresholds', 'Thresholds')}
      actions={
        mayChange && (
          <LinkButton
            size="sm"
            variant="secondary"
            icon="plus"
            href={navigation.href(`/thresholds?${new URLSearchParams({ new: '1', service: name }).toString()}`)}
          >
            {t('overview.service-thresholds.add-threshold', 'Add threshold')}
          </LinkButton>
        )
      }
    >
      {loading && (
        <Skeleton
          label={t('overview.service-thresholds.loading-the-thresholds', 'Loading the thresholds')}
          height={22}
        />
      )}
      {!loading && thresholds.length === 0 && (
        <Text color="secondary">
          {t(
            'overview.service-thresholds.none-nothing-about-this-service',
            'None: nothing about this service can raise an alert here.'
          )}
        </Text>
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

const LEVEL_WORDS = {
  above: {
    warning: (value: string) => t('overview.service-thresholds.warning-above', 'warning above {{value}}', { value }),
    critical: (value: string) => t('overview.service-thresholds.critical-above', 'critical above {{value}}', { value }),
  },
  below: {
    warning: (value: string) => t('overview.service-thresholds.warning-below', 'warning below {{value}}', { value }),
    critical: (value: string) => t('overview.service-thresholds.critical-below', 'critical below {{value}}', { value }),
  },
} as const;

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
  const words = LEVEL_WORDS[direction];
  const levels = [
    ...(warning === null ? [] : [words.warning(formatValue(warning, unit))]),
    ...(critical === null ? [] : [words.critical(formatValue(critical, unit))]),
  ].join(', ');
  const lasting =
    held > 0
      ? t('overview.service-thresholds.lasting', '{{levels}} for {{hold}}', { levels, hold: formatHold(held) })
      : levels;
  const notes = [
    ...(service === '*' ? [t('overview.service-thresholds.default', 'default')] : []),
    ...(enabled ? [] : [t('overview.service-thresholds.off', 'off')]),
  ];
  return `${lasting}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', display: 'grid', gap: theme.spacing(0.5) }),
  line: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0, 1), alignItems: 'baseline' }),
  name: css({ fontWeight: theme.typography.fontWeightMedium }),
  quiet: css({ color: theme.colors.text.secondary }),
});
