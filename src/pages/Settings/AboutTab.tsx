import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, TextLink, useStyles2 } from '@grafana/ui';
import { getSystemStatus } from '../../api/system.ts';
import type { OutputOf } from '../../api/operation.ts';
import { formatSpan } from '../../core/formatSpan.ts';
import { useHost } from '../../host/HostContext.ts';
import { useOperation } from '../../host/useOperation.ts';
import { formatValue } from '../../core/signals/formatValue.ts';
import { t } from '../../i18n/t.ts';
import { Trans } from '../../i18n/Trans.ts';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { Section } from '../../ui/Section.tsx';
import { Answered } from './Answered.tsx';
import { formatMilliseconds } from './formatMilliseconds.ts';
import { TabIntro } from './TabIntro.tsx';

type Status = OutputOf<typeof getSystemStatus>;

const STORE_WORDS: Readonly<Record<Status['store']['kind'], string>> = { sqlite: 'SQLite', postgres: 'PostgreSQL' };

const VERDICT: Readonly<Record<Status['status'], string>> = {
  get ok() {
    return t('settings.about-tab.the-engine-is-well', 'The engine is healthy.');
  },
  get degraded() {
    return t('settings.about-tab.the-engine-runs-but-not', 'The engine runs, but not everything works.');
  },
  get failing() {
    return t('settings.about-tab.the-engine-is-failing', 'The engine is failing.');
  },
};

/** The engine itself: version, store, evaluation, deliveries. */
export function AboutTab() {
  const styles = useStyles2(getStyles);
  const { kind } = useHost();
  const status = useOperation(getSystemStatus, {}, { refreshMs: 10_000 });
  return (
    <Answered answer={status} what={t('settings.about-tab.the-engines-figures', "The engine's metrics")}>
      {(data) => (
        <>
          <TabIntro>
            {VERDICT[data.status]}{' '}
            <Trans
              i18nKey="settings.about-tab.version"
              defaults="Version {{version}}, started <time/>."
              values={{ version: data.version }}
              components={{ time: <RelativeTime at={data.startedAt} /> }}
            />
          </TabIntro>
          {data.problems.map((problem) => (
            <Alert key={problem} severity={data.status === 'failing' ? 'error' : 'warning'} title={problem} />
          ))}
          <div className={styles.grid}>
            <Facts
              title={t('settings.about-tab.evaluation', 'Evaluation')}
              facts={[...leaderFacts(data), ...(data.leadership.leads ? evaluationFacts(data) : [])]}
            />
            <Facts title={t('settings.about-tab.deliveries', 'Deliveries')} facts={deliveryFacts(data)} />
            <Facts title={t('settings.about-tab.store', 'Store')} facts={storeFacts(data)} />
            <Facts title={t('settings.about-tab.backups', 'Backups')} facts={backupFacts(data)} />
          </div>
          {kind === 'console' && (
            <p>
              <TextLink href="/api/v1/openapi.json" external>
                {t('settings.about-tab.the-api-as-openapi', 'The API, as OpenAPI')}
              </TextLink>
            </p>
          )}
        </>
      )}
    </Answered>
  );
}

type Fact = readonly [name: string, value: React.ReactNode];

/** Who evaluates, where there can be several engines. */
const leaderFacts = ({ store, leadership }: Status): readonly Fact[] =>
  store.kind === 'sqlite'
    ? []
    : [
        [
          t('settings.about-tab.done-by', 'Done by'),
          leadership.leads
            ? t('settings.about-tab.this-engine', 'this engine')
            : (leadership.leader ?? t('settings.about-tab.another-engine', 'another engine')),
        ],
      ];

const evaluationFacts = ({ evaluation }: Status): readonly Fact[] => [
  [t('settings.about-tab.rules', 'Rules'), evaluation.rules],
  [t('settings.about-tab.every', 'Every'), formatSpan(evaluation.interval)],
  [t('settings.about-tab.evaluations-per-second', 'Evaluations per second'), formatValue(evaluation.perSecond, 'none')],
  [
    t('settings.about-tab.last-took', 'Last duration'),
    evaluation.lastDurationMs === null
      ? t('settings.about-tab.none-yet', 'none yet')
      : formatMilliseconds(evaluation.lastDurationMs),
  ],
  [
    t('settings.about-tab.last', 'Last'),
    evaluation.lastAt === null ? t('settings.about-tab.none-yet', 'none yet') : <RelativeTime at={evaluation.lastAt} />,
  ],
  [
    t('settings.about-tab.late-missed-failed', 'Late, missed, failed'),
    `${evaluation.late}, ${evaluation.missed}, ${evaluation.failed}`,
  ],
];

const deliveryFacts = ({ deliveries }: Status): readonly Fact[] => [
  [t('settings.about-tab.waiting', 'Waiting'), deliveries.queued],
  [
    t('settings.about-tab.oldest-waiting', 'Oldest waiting'),
    deliveries.oldestQueuedAt === null ? (
      t('settings.about-tab.none', 'none')
    ) : (
      <RelativeTime at={deliveries.oldestQueuedAt} />
    ),
  ],
  [t('settings.about-tab.given-up', 'Given up'), deliveries.dead],
  [t('settings.about-tab.delivered-in-the-last-hour', 'Delivered in the last hour'), deliveries.deliveredLastHour],
  [t('settings.about-tab.failed-in-the-last-hour', 'Failed in the last hour'), deliveries.failedLastHour],
];

const storeFacts = ({ store, memoryBytes }: Status): readonly Fact[] => [
  [t('settings.about-tab.kind', 'Kind'), STORE_WORDS[store.kind]],
  [
    t('settings.about-tab.size', 'Size'),
    store.sizeBytes === null ? t('settings.about-tab.not-known', 'not known') : formatValue(store.sizeBytes, 'bytes'),
  ],
  [t('settings.about-tab.schema', 'Schema'), store.schemaVersion],
  [t('settings.about-tab.memory-of-the-engine', 'Engine memory'), formatValue(memoryBytes, 'bytes')],
];

const backupFacts = ({ backups, leadership }: Status): readonly Fact[] => [
  ...(backups.lastError === null ? [] : ([[t('settings.about-tab.failed', 'Failed'), backups.lastError]] as const)),
  [
    t('settings.about-tab.last', 'Last'),
    backups.lastAt === null ? t('settings.about-tab.none-yet', 'none yet') : <RelativeTime at={backups.lastAt} />,
  ],
  [
    t('settings.about-tab.size', 'Size'),
    backups.lastSizeBytes === null
      ? t('settings.about-tab.none-yet', 'none yet')
      : formatValue(backups.lastSizeBytes, 'bytes'),
  ],
  [
    t('settings.about-tab.next', 'Next'),
    backups.nextAt === null ? (
      leadership.leads ? (
        t('settings.about-tab.none-by-itself', 'no automatic ones')
      ) : (
        t('settings.about-tab.by-the-leader', 'by the leading engine')
      )
    ) : (
      <RelativeTime at={backups.nextAt} />
    ),
  ],
];

function Facts({ title, facts }: { title: string; facts: readonly Fact[] }) {
  const styles = useStyles2(getStyles);
  return (
    <Section title={title}>
      <dl className={styles.list}>
        {facts.map(([name, value]) => (
          <div key={name} className={styles.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  grid: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(280px, 100%), 1fr))',
    gap: theme.spacing(2),
    alignItems: 'start',
  }),
  list: css({ margin: 0, display: 'grid', gap: theme.spacing(0.5) }),
  fact: css({
    display: 'flex',
    justifyContent: 'space-between',
    gap: theme.spacing(2),
    '& dt': { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
    '& dd': { margin: 0, fontVariantNumeric: 'tabular-nums' },
  }),
});
