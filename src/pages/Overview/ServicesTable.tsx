import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useState } from 'react';
import type { ServiceView } from '../../api/system.ts';
import { SEVERITIES } from '../../core/alerts/severity.ts';
import type { Unit } from '../../core/signals/catalogue.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { t } from '../../i18n/t.ts';
import { Trans } from '../../i18n/Trans.ts';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { Section } from '../../ui/Section.tsx';
import { Sparkline } from '../../ui/Sparkline.tsx';
import type { Trend } from '../../ui/sparklinePath.ts';
import { StateTag } from '../../ui/StateTag.tsx';
import { HEALTH_LOOK, SEVERITY_LOOK } from '../../ui/tone.ts';
import { useSteadyRows } from '../../ui/useSteadyRows.ts';
import { Value } from '../../ui/Value.tsx';

export interface ServicesTableProps {
  readonly services: readonly ServiceView[];
  /** Since when the figures are old, epoch ms. */
  readonly staleSince: number | null;
  readonly onOpen: (name: string) => void;
}

const openAlerts = ({ alerts }: ServiceView): number => SEVERITIES.reduce((sum, severity) => sum + alerts[severity], 0);

/** The services, the hurting ones first; rows stay where they are while the pointer is on them. */
export function ServicesTable({ services, staleSince, onOpen }: ServicesTableProps) {
  const styles = useStyles2(getStyles);
  const [reading, setReading] = useState(false);
  const { rows, marks } = useSteadyRows({
    rows: services,
    keyOf: ({ name }) => name,
    versionOf: ({ health }) => health.state,
    hold: reading,
  });
  return (
    <Section
      title={t('overview.services-table.services', 'Services')}
      cardsOnPhone
      actions={
        staleSince !== null && (
          <span className={styles.stale}>
            <Trans
              i18nKey="overview.services-table.as-of"
              defaults="Figures are as of <time/>"
              components={{ time: <RelativeTime at={staleSince} /> }}
            />
          </span>
        )
      }
    >
      <div onPointerEnter={() => setReading(true)} onPointerLeave={() => setReading(false)}>
        <DataTable
          label={t('overview.services-table.services', 'Services')}
          columns={COLUMNS}
          rows={rows}
          rowKey={({ name }) => name}
          markOf={({ name }) => marks.get(name)}
          onOpen={({ name }) => onOpen(name)}
        />
      </div>
    </Section>
  );
}

/** An error ratio below this looks as small as it is. */
const NOTABLE_ERRORS = 0.05;

interface FigureProps {
  readonly value: number | null;
  readonly unit: Unit;
  readonly trend: Trend;
  readonly leastTop?: number;
}

function Figure({ value, unit, trend, leastTop }: FigureProps) {
  const styles = useStyles2(getStyles);
  return (
    <span className={styles.figure}>
      <Sparkline trend={trend} leastTop={leastTop} />
      <span className={styles.number}>
        <Value
          value={value}
          unit={unit}
          missing={t('overview.services-table.no-such-signal-or-no', 'No such signal, or no traffic')}
        />
      </span>
    </span>
  );
}

const COLUMNS: ReadonlyArray<DataColumn<ServiceView>> = [
  {
    id: 'service',
    get header() {
      return t('overview.services-table.service', 'Service');
    },
    onCard: 'title',
    cell: ({ name }) => (
      <AppLink to={`/?${new URLSearchParams({ service: name }).toString()}`} style={{ fontWeight: 500 }}>
        {name}
      </AppLink>
    ),
  },
  {
    id: 'state',
    get header() {
      return t('overview.services-table.state', 'State');
    },
    width: '130px',
    onCard: 'corner',
    cell: ({ health }) => (
      <StateTag look={HEALTH_LOOK[health.state]} title={health.reasons.map(({ text }) => text).join('\n')} />
    ),
  },
  {
    id: 'rate',
    get header() {
      return t('overview.services-table.rate', 'Rate');
    },
    width: '170px',
    cell: ({ requestRate, trends }) => <Figure value={requestRate} unit="per_second" trend={trends.requestRate} />,
  },
  {
    id: 'errors',
    get header() {
      return t('overview.services-table.errors', 'Errors');
    },
    width: '170px',
    cell: ({ errorRatio, trends }) => (
      <Figure value={errorRatio} unit="ratio" trend={trends.errorRatio} leastTop={NOTABLE_ERRORS} />
    ),
  },
  {
    id: 'p95',
    get header() {
      return t('overview.services-table.p95-latency', 'p95 latency');
    },
    width: '170px',
    cell: ({ latencyP95, trends }) => <Figure value={latencyP95} unit="seconds" trend={trends.latencyP95} />,
  },
  {
    id: 'alerts',
    get header() {
      return t('overview.services-table.alerts', 'Alerts');
    },
    width: '110px',
    cell: (service) => <AlertCount service={service} />,
  },
  {
    id: 'since',
    get header() {
      return t('overview.services-table.since', 'Since');
    },
    width: '90px',
    align: 'right',
    // How long all has been well is not worth a glance.
    cell: ({ health }) =>
      health.since === null || health.state === 'healthy' ? '–' : <RelativeTime at={health.since} form="span" />,
  },
];

function AlertCount({ service }: { service: ServiceView }) {
  const count = openAlerts(service);
  const worst = SEVERITIES.findLast((severity) => service.alerts[severity] > 0);
  if (worst === undefined) {
    return <>{count}</>;
  }
  return (
    <AppLink to={`/alerts?${new URLSearchParams({ service: service.name }).toString()}`}>
      <StateTag
        look={SEVERITY_LOOK[worst]}
        word={String(count)}
        title={t('overview.services-table.worst', 'Worst: {{word}}', { word: SEVERITY_LOOK[worst].word })}
      />
    </AppLink>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  stale: css({ color: theme.colors.warning.text, fontSize: theme.typography.bodySmall.fontSize }),
  figure: css({ display: 'inline-flex', alignItems: 'center', verticalAlign: 'middle', gap: theme.spacing(1) }),
  number: css({ minWidth: 64, textAlign: 'right' }),
});
