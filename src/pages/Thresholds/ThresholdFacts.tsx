import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Text, TextLink, useStyles2 } from '@grafana/ui';
import type { ThresholdView } from '../../api/thresholds.ts';
import { t } from '../../i18n/t.ts';
import { Trans } from '../../i18n/Trans.ts';
import { LabelList } from '../../ui/LabelList.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { diffSpecs, fieldName } from './describeThreshold.ts';
import { PreviewPanel } from './PreviewPanel.tsx';
import { formOf } from './thresholdForm.ts';

/** A threshold for those who may look but not change. */
export function ThresholdFacts({ threshold }: { threshold: ThresholdView | undefined }) {
  const styles = useStyles2(getStyles);
  if (threshold === undefined) {
    return <Text>{t('thresholds.threshold-facts.only-an-admin-can-add', 'Only an admin can add thresholds.')}</Text>;
  }
  const { id: _id, version: _version, createdAt: _createdAt, updatedAt, updatedBy, ...input } = threshold;
  const { runbookUrl, labels } = threshold;
  const facts = diffSpecs(null, threshold).filter(({ field }) => field !== 'labels' && field !== 'runbook');
  return (
    <div className={styles.columns}>
      <div className={styles.facts}>
        <dl className={styles.list}>
          {facts.map(({ field, after }) => (
            <div key={field} className={styles.fact}>
              <dt>{fieldName(field)}</dt>
              <dd>{after}</dd>
            </div>
          ))}
          {runbookUrl !== '' && (
            <div className={styles.fact}>
              <dt>{fieldName('runbook')}</dt>
              <dd>
                <TextLink href={runbookUrl} external>
                  {runbookUrl}
                </TextLink>
              </dd>
            </div>
          )}
        </dl>
        {Object.keys(labels).length > 0 && <LabelList labels={labels} />}
        <Text color="secondary">
          <Trans
            i18nKey="thresholds.threshold-facts.last-changed"
            defaults="Last changed by {{by}} <time/>. Only an admin can change thresholds."
            values={{ by: updatedBy }}
            components={{ time: <RelativeTime at={updatedAt} /> }}
          />
        </Text>
      </div>
      <div className={styles.preview}>
        <PreviewPanel form={formOf(threshold)} draft={input} isCurrent />
      </div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  columns: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(3) }),
  facts: css({ flex: '1 1 300px', minWidth: 0, display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
  preview: css({ flex: '1.2 1 380px', minWidth: 0 }),
  list: css({ margin: 0, display: 'grid', gap: theme.spacing(0.5) }),
  fact: css({
    display: 'grid',
    gridTemplateColumns: '96px 1fr',
    '& dt': { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
    '& dd': { margin: 0, overflowWrap: 'anywhere' },
  }),
});
