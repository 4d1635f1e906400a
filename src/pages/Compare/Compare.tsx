import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, ClipboardButton, useStyles2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { compareTraces, type TraceSides } from '../../api/traceComparison.ts';
import { comparePath } from '../../host/comparePath.ts';
import { useHost } from '../../host/HostContext.ts';
import { useLocation, useQueryParams } from '../../host/useLocation.ts';
import { useOperation } from '../../host/useOperation.ts';
import { useDisplay } from '../../ui/display.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LoadState } from '../../ui/LoadState.tsx';
import { Section } from '../../ui/Section.tsx';
import { ComparisonView } from './ComparisonView.tsx';
import { readForm, sidesOf, writeForm, type CompareForm } from './compareForm.ts';
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
  const [round, setRound] = useState(0);
  // `now-1h` is what it was when it was asked, until it is asked again.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const sides = useMemo(() => (asked ? sidesOf(form, timeZone) : undefined), [asked, form, timeZone, round]);

  return (
    <PageFrame
      title="Compare traces"
      parent={{ title: 'Traces', to: '/traces' }}
      actions={asked && <PageActions onAgain={() => setRound(round + 1)} />}
    >
      <div className={styles.page}>
        {!asked && <Introduction onExample={() => navigation.go(comparePath(EXAMPLE))} />}
        {sides !== undefined && <Answered sides={sides} form={form} />}
        <Section title="What to compare">
          <SidesForm
            key={address}
            form={form}
            isBusy={false}
            onCompare={(next) => {
              params.set({ ...writeForm(next), filter: null, why: null }, { push: true });
              setRound(round + 1);
            }}
          />
        </Section>
      </div>
    </PageFrame>
  );
}

/** Works with any traces that came in the last hour. */
const EXAMPLE = { kind: 'slow', q: '{ }', from: 'now-1h', to: 'now' } as const;

/** How the answer is looked at is in the address too, and asks nothing new. */
const VIEW_PARAMS = ['view', 'filter', 'sure', 'why'];

function askedPart(search: string): string {
  const params = new URLSearchParams(search);
  VIEW_PARAMS.forEach((name) => params.delete(name));
  return params.toString();
}

function PageActions({ onAgain }: { onAgain: () => void }) {
  return (
    <>
      <ClipboardButton variant="secondary" size="sm" icon="link" getText={() => window.location.href}>
        Copy link
      </ClipboardButton>
      <Button variant="secondary" size="sm" icon="sync" onClick={onAgain}>
        Compare again
      </Button>
    </>
  );
}

function Introduction({ onExample }: { onExample: () => void }) {
  return (
    <EmptyState
      icon="exchange-alt"
      title="What is different between these traces?"
      action={
        <Button icon="exchange-alt" onClick={onExample}>
          Compare the slowest tenth of the last hour with the rest
        </Button>
      }
    >
      Two traces, or two sets of them: before and after a deploy, two versions, slow and normal. They are laid over each
      other by service and operation, and what makes the difference comes first, with how sure it is.
    </EmptyState>
  );
}

function Answered({ sides, form }: { sides: TraceSides; form: CompareForm }) {
  const query = useOperation(compareTraces, { sides });
  return (
    <>
      <LoadState what="The comparison" query={query} height={36} rows={8} />
      {query.data && <ComparisonView answer={query.data} form={form} />}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
});
