import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { TextLink, useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import type { AlertView } from '../../../api/alerts.ts';
import { getThreshold } from '../../../api/thresholds.ts';
import { formatSpan } from '../../../core/formatSpan.ts';
import { formatValue } from '../../../core/signals/formatValue.ts';
import { describeSignal } from '../../../core/thresholds/explain.ts';
import { AppLink } from '../../../host/AppLink.tsx';
import { useOperation } from '../../../host/useOperation.ts';
import { LabelList } from '../../../ui/LabelList.tsx';
import { Section } from '../../../ui/Section.tsx';
import { Value } from '../../../ui/Value.tsx';

const SOURCES: Readonly<Record<AlertView['source'], string>> = {
  pharos: 'A threshold of Pharos',
  alertmanager: 'Prometheus, or another client of the Alertmanager API',
  grafana: 'Grafana Alerting',
  events: 'An event sent to Pharos',
};

/** The rule, the value and the labels behind an alert. */
export function WhyItFired({ alert }: { alert: AlertView }) {
  const styles = useStyles2(getStyles);
  const { annotations, labels, value, unit, source, generatorUrl, severityMappedFrom } = alert;
  return (
    <Section title="Why it fired">
      <dl className={styles.facts}>
        <Fact name="Source">
          {SOURCES[source]}
          {generatorUrl !== null && /^https?:/i.test(generatorUrl) && (
            <>
              {' '}
              <TextLink external inline href={generatorUrl}>
                open there
              </TextLink>
            </>
          )}
        </Fact>
        {source === 'pharos' && <Threshold id={alert.ruleId} />}
        <Fact name="Value">
          <Value value={value} unit={unit} missing="the source sent no value" />
        </Fact>
        {severityMappedFrom !== null && (
          <Fact name="Severity">the sender called it &quot;{severityMappedFrom}&quot;</Fact>
        )}
        {annotations['description'] && <Fact name="Description">{annotations['description']}</Fact>}
        <Fact name="Labels">
          <LabelList labels={labels} />
        </Fact>
      </dl>
    </Section>
  );
}

function Threshold({ id }: { id: string }) {
  const { data } = useOperation(getThreshold, { id }, { enabled: id !== '' });
  if (data === undefined) {
    return null;
  }
  const { signal, direction, warning, critical, unit, for: held, service } = data.threshold;
  const levels = [
    ...(warning === null ? [] : [`${formatValue(warning, unit)} is a warning`]),
    ...(critical === null ? [] : [`${formatValue(critical, unit)} is critical`]),
  ];
  return (
    <>
      <Fact name="Threshold">
        <AppLink
          to={`/thresholds?${new URLSearchParams({ edit: id }).toString()}`}
          style={{ textDecoration: 'underline' }}
        >
          {describeSignal(signal)} of {service === '*' ? 'every service' : service}
        </AppLink>
        : {direction} {levels.join(', ')}
        {held > 0 && `, after ${formatSpan(held)}`}
      </Fact>
      {typeof signal !== 'string' && (
        <Fact name="Expression">
          <code>{signal.expr}</code>
        </Fact>
      )}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  facts: css({ display: 'grid', gap: theme.spacing(0.75), margin: 0 }),
  fact: css({
    display: 'grid',
    gridTemplateColumns: '96px minmax(0, 1fr)',
    gap: theme.spacing(1),
    alignItems: 'baseline',
    '& dt': { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
    '& dd': { margin: 0, overflowWrap: 'anywhere' },
  }),
});
