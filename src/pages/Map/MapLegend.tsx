import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import type { OutputOf } from '../../api/operation.ts';
import type { getServiceMap } from '../../api/serviceMap.ts';
import { NODE_KINDS } from '../../core/serviceMap/serviceMap.ts';
import { formatDuration } from '../../core/units.ts';
import { t } from '../../i18n/t.ts';
import { CHANGE_LOOK, KIND_LOOK } from '../../ui/serviceMap/mapLook.ts';
import { StateTag } from '../../ui/StateTag.tsx';

/** How to read the map, and what its figures are of. */
export function MapLegend({ map }: { readonly map: OutputOf<typeof getServiceMap> }) {
  const styles = useStyles2(getStyles);
  const kinds = NODE_KINDS.filter((kind) => map.nodes.some((node) => node.kind === kind));
  return (
    <div className={styles.legend}>
      {kinds.map((kind) => (
        <span key={kind} className={styles.item}>
          <Icon name={KIND_LOOK[kind].icon} size="sm" aria-hidden /> {KIND_LOOK[kind].word}
        </span>
      ))}
      {map.baseline?.known === true &&
        Object.values(CHANGE_LOOK).map((look) => <StateTag key={look.word} look={look} />)}
      <span>{describeSource(map)}</span>
    </div>
  );
}

/** What was counted, in a sentence. */
export function describeSource({ source, sample, window }: OutputOf<typeof getServiceMap>): string {
  if (source === 'traces' && sample !== null) {
    const { traces, more } = sample;
    const span = formatDuration(window);
    return more
      ? t('map.map-legend.counted-more', '', {
          count: traces,
          span,
          defaultValue_one:
            'Counted from a sample of {{count}} trace from {{span}}: shows who calls whom, not how often.',
          defaultValue_other:
            'Counted from a sample of {{count}} traces from {{span}}: shows who calls whom, not how often.',
        })
      : t('map.map-legend.counted', '', {
          count: traces,
          span,
          defaultValue_one: 'Counted from {{count}} trace from {{span}}: shows who calls whom, not how often.',
          defaultValue_other: 'Counted from {{count}} traces from {{span}}: shows who calls whom, not how often.',
        });
  }
  return source === 'metrics'
    ? t(
        'map.map-legend.metrics',
        "Calls per second, share of failed calls and p95 over {{span}}, from Tempo's service graph metrics.",
        { span: formatDuration(window) }
      )
    : t('map.map-legend.no-calls', 'No calls are known in this window.');
}

const getStyles = (theme: GrafanaTheme2) => ({
  legend: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2),
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  item: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(0.5) }),
});
