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
import { t } from '../../../i18n/t.ts';
import { LabelList } from '../../../ui/LabelList.tsx';
import { Section } from '../../../ui/Section.tsx';
import { Value } from '../../../ui/Value.tsx';

const SOURCES: Readonly<Record<AlertView['source'], string>> = {
  get pharos() {
    return t('alerts.why-it-fired.a-threshold-of-pharos', 'A threshold of Pharos');
  },
  get alertmanager() {
    return t(
      'alerts.why-it-fired.prometheus-or-another-client-of',
      'Prometheus, or another client of the Alertmanager API'
    );
  },
  get grafana() {
    return t('alerts.why-it-fired.grafana-alerting', 'Grafana Alerting');
  },
  get events() {
    return t('alerts.why-it-fired.an-event-sent-to-pharos', 'An event sent to Pharos');
  },
};

const DIRECTION = {
  above: (levels: string) => t('alerts.why-it-fired.above', 'above {{levels}}', { levels }),
  below: (levels: string) => t('alerts.why-it-fired.below', 'below {{levels}}', { levels }),
} as const;

/** The rule, the value and the labels behind an alert. */
export function WhyItFired({ alert }: { alert: AlertView }) {
  const styles = useStyles2(getStyles);
  const { annotations, labels, value, unit, source, generatorUrl, severityMappedFrom } = alert;
  return (
    <Section title={t('alerts.why-it-fired.why-it-fired', 'Why it fired')}>
      <dl className={styles.facts}>
        <Fact name={t('alerts.why-it-fired.source', 'Source')}>
          {SOURCES[source]}
          {generatorUrl !== null && /^https?:/i.test(generatorUrl) && (
            <>
              {' '}
              <TextLink external inline href={generatorUrl}>
                {t('alerts.why-it-fired.open-there', 'open there')}
              </TextLink>
            </>
          )}
        </Fact>
        {source === 'pharos' && <Threshold id={alert.ruleId} />}
        <Fact name={t('alerts.why-it-fired.value', 'Value')}>
          <Value
            value={value}
            unit={unit}
            missing={t('alerts.why-it-fired.the-source-sent-no-value', 'the source sent no value')}
          />
        </Fact>
        {severityMappedFrom !== null && (
          <Fact name={t('alerts.why-it-fired.severity', 'Severity')}>
            {t('alerts.why-it-fired.the-sender-called-it', 'the sender called it "{{severityMappedFrom}}"', {
              severityMappedFrom,
            })}
          </Fact>
        )}
        {annotations['description'] && (
          <Fact name={t('alerts.why-it-fired.description', 'Description')}>{annotations['description']}</Fact>
        )}
        <Fact name={t('alerts.why-it-fired.labels', 'Labels')}>
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
    ...(warning === null
      ? []
      : [t('alerts.why-it-fired.is-a-warning', '{{value}} is a warning', { value: formatValue(warning, unit) })]),
    ...(critical === null
      ? []
      : [t('alerts.why-it-fired.is-critical', '{{value}} is critical', { value: formatValue(critical, unit) })]),
  ];
  return (
    <>
      <Fact name={t('alerts.why-it-fired.threshold', 'Threshold')}>
        <AppLink
          to={`/thresholds?${new URLSearchParams({ edit: id }).toString()}`}
          style={{ textDecoration: 'underline' }}
        >
          {service === '*'
            ? t('alerts.why-it-fired.of-every-service', '{{signal}} of every service', {
                signal: describeSignal(signal),
              })
            : t('alerts.why-it-fired.of-service', '{{signal}} of {{service}}', {
                signal: describeSignal(signal),
                service,
              })}
        </AppLink>
        : {DIRECTION[direction](levels.join(', '))}
        {held > 0 && t('alerts.why-it-fired.after', ', after {{span}}', { span: formatSpan(held) })}
      </Fact>
      {typeof signal !== 'string' && (
        <Fact name={t('alerts.why-it-fired.expression', 'Expression')}>
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
