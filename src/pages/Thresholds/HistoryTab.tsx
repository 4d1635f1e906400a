import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Text, useStyles2 } from '@grafana/ui';
import type { OutputOf } from '../../api/operation.ts';
import { listThresholdVersions, revertThreshold, type ThresholdView } from '../../api/thresholds.ts';
import { useChange } from '../../host/useChange.ts';
import { useCan } from '../../host/useIdentity.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { diffSpecs, fieldName, nameThreshold } from './describeThreshold.ts';

type Version = OutputOf<typeof listThresholdVersions>['items'][number];

export interface HistoryTabProps {
  readonly id: string;
  /** Undefined when it was deleted. */
  readonly current: ThresholdView | undefined;
}

/** Every version with who, when, why and what changed; any of them can be made the current one again. */
export function HistoryTab({ id, current }: HistoryTabProps) {
  const styles = useStyles2(getStyles);
  const canChange = useCan('admin');
  const versions = useOperation(listThresholdVersions, { id });
  const revert = useChange(revertThreshold, {
    failed: t('thresholds.history-tab.nothing-was-brought-back', 'Nothing was restored'),
    done: ({ threshold }, { version }) =>
      t('thresholds.history-tab.is-again-as-in-version', '{{name}} is again as in version {{version}}', {
        name: nameThreshold(threshold),
        version,
      }),
  });
  if (versions.error) {
    return (
      <ErrorState
        what={t('thresholds.history-tab.the-history-could-not-be', 'The history could not be loaded')}
        error={versions.error}
      />
    );
  }
  if (versions.data === undefined) {
    return (
      <Skeleton label={t('thresholds.history-tab.loading-the-history', 'Loading the history')} height={56} rows={4} />
    );
  }
  const { items } = versions.data;
  return (
    <>
      {current === undefined && (
        <p>
          <Text>
            {canChange
              ? t(
                  'thresholds.history-tab.deleted-for-now',
                  'This threshold was deleted. Any of its versions can be restored.'
                )
              : t('thresholds.history-tab.deleted', 'This threshold was deleted.')}
          </Text>
        </p>
      )}
      <ol
        className={styles.list}
        aria-label={t('thresholds.history-tab.versions-newest-first', 'Versions, newest first')}
      >
        {items.map((version, index) => (
          <li key={version.version} className={styles.version}>
            <VersionHead version={version} isCurrent={version.version === current?.version} />
            <Changes version={version} before={items[index + 1]} />
            {canChange && version.spec !== null && version.version !== current?.version && (
              <Button
                size="sm"
                variant="secondary"
                icon="history"
                disabled={revert.isPending}
                onClick={() => revert.mutate({ id, version: version.version, reason: '' })}
              >
                {t('thresholds.history-tab.bring-back-version', 'Restore version {{version}}', {
                  version: version.version,
                })}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

const CHANGED: Readonly<Record<Version['change'], (values: { version: number; by: string }) => string>> = {
  created: (values) => t('thresholds.history-tab.created', 'Version {{version}}: created by {{by}}', values),
  updated: (values) => t('thresholds.history-tab.updated', 'Version {{version}}: updated by {{by}}', values),
  deleted: (values) => t('thresholds.history-tab.deleted-by', 'Version {{version}}: deleted by {{by}}', values),
  reverted: (values) => t('thresholds.history-tab.reverted', 'Version {{version}}: reverted by {{by}}', values),
};

function VersionHead({ version, isCurrent }: { version: Version; isCurrent: boolean }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.head}>
      <Text weight="medium">{CHANGED[version.change]({ version: version.version, by: version.by })}</Text>
      <Text color="secondary">
        <RelativeTime at={version.at} />
        {isCurrent && ` · ${t('thresholds.history-tab.current', 'current')}`}
        {version.reason !== '' && ` · “${version.reason}”`}
      </Text>
    </div>
  );
}

/** Against the version before; a first version, or one after a deletion, shows all that it says. */
function Changes({ version, before }: { version: Version; before: Version | undefined }) {
  const styles = useStyles2(getStyles);
  if (version.spec === null) {
    return null;
  }
  const changes = diffSpecs(before?.spec ?? null, version.spec);
  if (changes.length === 0) {
    return <Text color="secondary">{t('thresholds.history-tab.nothing-changed', 'Nothing changed.')}</Text>;
  }
  return (
    <dl className={styles.changes}>
      {changes.map((change) => (
        <div key={change.field} className={styles.change}>
          <dt>{fieldName(change.field)}</dt>
          <dd>
            {before?.spec ? (
              <>
                <del>{change.before}</del> <span aria-label={t('thresholds.history-tab.became', 'became')}>→</span>{' '}
                <ins>{change.after}</ins>
              </>
            ) : (
              change.after
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', margin: 0, padding: 0 }),
  version: css({
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
    padding: theme.spacing(1.5, 0),
    borderBottom: `1px solid ${theme.colors.border.weak}`,
  }),
  head: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0, 2), alignItems: 'baseline' }),
  changes: css({ margin: 0, display: 'grid', gap: theme.spacing(0.25) }),
  change: css({
    display: 'grid',
    gridTemplateColumns: '80px 1fr',
    '& dt': { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
    '& dd': { margin: 0, overflowWrap: 'anywhere' },
    '& del': { color: theme.colors.text.secondary },
    '& ins': { textDecoration: 'none' },
  }),
});
