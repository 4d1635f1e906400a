import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, TextLink, useStyles2 } from '@grafana/ui';
import { getSystemStatus } from '../../api/system.ts';
import type { OutputOf } from '../../api/operation.ts';
import { formatSpan } from '../../core/formatSpan.ts';
import { useHost } from '../../host/HostContext.ts';
import { useOperation } from '../../host/useOperation.ts';
import { formatValue } from '../../core/signals/formatValue.ts';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { Section } from '../../ui/Section.tsx';
import { Answered } from './Answered.tsx';
import { formatMilliseconds } from './formatMilliseconds.ts';
import { TabIntro } from './TabIntro.tsx';

type Status = OutputOf<typeof getSystemStatus>;

const STORE_WORDS: Readonly<Record<Status['store']['kind'], string>> = { sqlite: 'SQLite', postgres: 'PostgreSQL' };

const VERDICT: Readonly<Record<Status['status'], string>> = {
  ok: 'The engine is well.',
  degraded: 'The engine runs, but not everything works.',
  failing: 'The engine is failing.',
};

/** The engine itself: version, store, evaluation, deliveries. */
export function AboutTab() {
  const styles = useStyles2(getStyles);
  const { kind } = useHost();
  const status = useOperation(getSystemStatus, {}, { refreshMs: 10_000 });
  return (
    <Answered answer={status} what="The engine's figures">
      {(data) => (
        <>
          <TabIntro>
            {VERDICT[data.status]} Version {data.version}, started <RelativeTime at={data.startedAt} />.
          </TabIntro>
          {data.problems.map((problem) => (
            <Alert key={problem} severity={data.status === 'failing' ? 'error' : 'warning'} title={problem} />
          ))}
          <div className={styles.grid}>
            <Facts title="Evaluation" facts={evaluationFacts(data)} />
            <Facts title="Deliveries" facts={deliveryFacts(data)} />
            <Facts title="Store" facts={storeFacts(data)} />
            <Facts title="Backups" facts={backupFacts(data)} />
          </div>
          {kind === 'console' && (
            <p>
              <TextLink href="/api/v1/openapi.json" external>
                The API, as OpenAPI
              </TextLink>
            </p>
          )}
        </>
      )}
    </Answered>
  );
}

type Fact = readonly [name: string, value: React.ReactNode];

const evaluationFacts = ({ evaluation }: Status): readonly Fact[] => [
  ['Rules', evaluation.rules],
  ['Every', formatSpan(evaluation.interval)],
  ['Evaluations per second', formatValue(evaluation.perSecond, 'none')],
  ['Last took', evaluation.lastDurationMs === null ? 'none yet' : formatMilliseconds(evaluation.lastDurationMs)],
  ['Last', evaluation.lastAt === null ? 'none yet' : <RelativeTime at={evaluation.lastAt} />],
  ['Late, missed, failed', `${evaluation.late}, ${evaluation.missed}, ${evaluation.failed}`],
];

const deliveryFacts = ({ deliveries }: Status): readonly Fact[] => [
  ['Waiting', deliveries.queued],
  ['Oldest waiting', deliveries.oldestQueuedAt === null ? 'none' : <RelativeTime at={deliveries.oldestQueuedAt} />],
  ['Given up', deliveries.dead],
  ['Delivered in the last hour', deliveries.deliveredLastHour],
  ['Failed in the last hour', deliveries.failedLastHour],
];

const storeFacts = ({ store, memoryBytes }: Status): readonly Fact[] => [
  ['Kind', STORE_WORDS[store.kind]],
  ['Size', store.sizeBytes === null ? 'not known' : formatValue(store.sizeBytes, 'bytes')],
  ['Schema', store.schemaVersion],
  ['Memory of the engine', formatValue(memoryBytes, 'bytes')],
];

const backupFacts = ({ backups }: Status): readonly Fact[] => [
  ...(backups.lastError === null ? [] : ([['Failed', backups.lastError]] as const)),
  ['Last', backups.lastAt === null ? 'none yet' : <RelativeTime at={backups.lastAt} />],
  ['Size', backups.lastSizeBytes === null ? 'none yet' : formatValue(backups.lastSizeBytes, 'bytes')],
  ['Next', backups.nextAt === null ? 'none by itself' : <RelativeTime at={backups.nextAt} />],
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
