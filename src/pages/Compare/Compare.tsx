import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, ClipboardButton, useStyles2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { compareTraces, type TraceSides } from '../../api/traceComparison.ts';
import { comparePath } from '../../host/comparePath.ts';
import { useHost } from '../../host/HostContext.ts';
import { changeSearch, useLocation, useQueryParams } from '../../host/useLocation.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { useDisplay } from '../../ui/display.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LoadState } from '../../ui/LoadState.tsx';
import { Section } from '../../ui/Section.tsx';
import { ComparisonView } from './ComparisonView.tsx';
import { readForm, sidesOf, writeForm } from './compareForm.ts';
import { SidesForm } from './SidesForm.tsx';

/** Two sets of traces beside each other: which is slower, how sure that is, and where. */
export function Compare() {
  const { PageFrame, navigation } = useHost();
  const styles = useStyles2(getStyles);
  const params = useQueryParams();
  const { search } = useLocation();
  const { timeZone } = useDisplay();
  const asked = params.get('kind') !== undefined;
  const address = askedPart(search);
  const form = useMemo(() => readForm((name) => new URLSearchParams(address).get(name) ?? undefined), [address]);
  const [sides, setSides] = useState(() => (asked ? sidesOf(form, timeZone) : undefined));
  const [seen, setSeen] = useState(address);
  // `now-1h` is what it was when it was asked, until it is asked again.
  if (seen !== address) {
    setSeen(address);
    setSides(asked ? sidesOf(form, timeZone) : undefined);
  }
  const query = useOperation(
    compareTraces,
    { sides: sides ?? NOTHING },
    { enabled: sides !== undefined, isLasting: true }
  );
  const again = (): void => {
    const now = sidesOf(form, timeZone);
    if (JSON.stringify(now) === JSON.stringify(sides)) {
      void query.refetch();
    } else {
      setSides(now);
    }
  };

  return (
    <PageFrame
      title={t('compare.compare.compare-traces', 'Compare traces')}
      parent={{ title: t('compare.compare.traces', 'Traces'), to: '/traces' }}
      actions={sides !== undefined && <PageActions isBusy={query.isFetching} onAgain={again} />}
    >
      <div className={styles.page}>
        {!asked && <Introduction onExample={() => navigation.go(comparePath(EXAMPLE))} />}
        {sides !== undefined && (
          <>
            <LoadState
              what={t('compare.compare.the-comparison', 'The comparison')}
              query={query}
              height={36}
              rows={8}
            />
            {query.data && <ComparisonView answer={query.data} form={form} />}
          </>
        )}
        <Section title={t('compare.compare.what-to-compare', 'What to compare')}>
          <SidesForm
            key={address}
            form={form}
            isBusy={query.isFetching}
            onCompare={(next) => {
              const changes = { ...writeForm(next), filter: null, why: null };
              if (askedPart(changeSearch(search, changes)) === address) {
                again();
              } else {
                params.set(changes, { push: true });
              }
            }}
          />
        </Section>
      </div>
    </PageFrame>
  );
}

/** Is never asked. */
const NOTHING: TraceSides = { kind: 'sets', a: { traceIds: [] }, b: { traceIds: [] } };

/** Works with any traces that came in the last hour. */
const EXAMPLE = { kind: 'slow', q: '{ }', from: 'now-1h', to: 'now' } as const;

/** How the answer is looked at is in the address too, and asks nothing new. */
const VIEW_PARAMS = ['view', 'filter', 'sure', 'why'];

function askedPart(search: string): string {
  const params = new URLSearchParams(search);
  VIEW_PARAMS.forEach((name) => params.delete(name));
  return params.toString();
}

function PageActions({ isBusy, onAgain }: { isBusy: boolean; onAgain: () => void }) {
  return (
    <>
      <ClipboardButton variant="secondary" size="sm" icon="link" getText={() => window.location.href}>
        {t('compare.compare.copy-link', 'Copy link')}
      </ClipboardButton>
      <Button variant="secondary" size="sm" icon="sync" disabled={isBusy} onClick={onAgain}>
        {t('compare.compare.compare-again', 'Compare again')}
      </Button>
    </>
  );
}

function Introduction({ onExample }: { onExample: () => void }) {
  return (
    <EmptyState
      icon="exchange-alt"
      title={t('compare.compare.what-is-different', 'What is different between these traces?')}
      action={
        <Button icon="exchange-alt" onClick={onExample}>
          {t('compare.compare.example', 'Compare slow traces with the rest')}
        </Button>
      }
    >
      {t(
        'compare.compare.introduction',
        'Compare two traces or two sets of traces: before and after a deploy, two versions, slow and normal. They are matched by service and operation, and what contributes most to the difference comes first, with how certain it is.'
      )}
    </EmptyState>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
});
