import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { LinkButton, Tab, TabsBar, useStyles2 } from '@grafana/ui';
import { useMemo, useState, type ComponentType } from 'react';
import { isPlainClick } from '../../host/isPlainClick.ts';
import { useHost } from '../../host/HostContext.ts';
import { changeSearch, useLocation, useQueryParams } from '../../host/useLocation.ts';
import { t } from '../../i18n/t.ts';
import { useDisplay } from '../../ui/display.ts';
import { CallsTab } from './CallsTab.tsx';
import { ErrorsTab } from './ErrorsTab.tsx';
import { FindTrace } from './FindTrace.tsx';
import { OperationsTab } from './OperationsTab.tsx';
import { SearchTab } from './SearchTab.tsx';
import { readSearch } from './traceSearch.ts';
import type { TracesTabProps } from './tracesTab.ts';

const SEARCH = {
  id: 'search',
  get label() {
    return t('traces.traces.search', 'Search');
  },
  View: SearchTab,
} as const;
const TABS: ReadonlyArray<{
  readonly id: string;
  readonly label: string;
  readonly View: ComponentType<TracesTabProps>;
}> = [
  SEARCH,
  {
    id: 'operations',
    get label() {
      return t('traces.traces.critical-path', 'Critical path');
    },
    View: OperationsTab,
  },
  {
    id: 'errors',
    get label() {
      return t('traces.traces.errors', 'Errors');
    },
    View: ErrorsTab,
  },
  {
    id: 'calls',
    get label() {
      return t('traces.traces.calls', 'Calls');
    },
    View: CallsTab,
  },
];

/** Finds traces, and says what many of them have in common: what held them up, how they failed, what they called. */
export function Traces() {
  const { PageFrame, navigation } = useHost();
  const styles = useStyles2(getStyles);
  const params = useQueryParams();
  const { search: address } = useLocation();
  const { timeZone } = useDisplay();
  const [round, setRound] = useState(0);
  const asked = askedPart(address);
  // `now-1h` is what it was when it was asked, until it is asked again.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const search = useMemo(() => readSearch(params, timeZone), [asked, timeZone, round]);
  const { id: current, View } = TABS.find(({ id }) => id === params.get('tab')) ?? SEARCH;
  return (
    <PageFrame
      title={t('traces.traces.traces', 'Traces')}
      actions={
        <>
          <FindTrace />
          <LinkButton variant="secondary" icon="exchange-alt" href={navigation.href('/traces/compare')}>
            {t('traces.traces.compare', 'Compare')}
          </LinkButton>
          <LinkButton variant="secondary" icon="folder-open" href={navigation.href('/traces/file')}>
            {t('traces.traces.open-file', 'Open file')}
          </LinkButton>
        </>
      }
    >
      <TabsBar>
        {TABS.map(({ id, label }) => {
          const to = `/traces${changeSearch(address, { tab: id === 'search' ? null : id })}`;
          return (
            <Tab
              key={id}
              label={label}
              active={id === current}
              href={navigation.href(to)}
              onChangeTab={(event) => {
                if (isPlainClick(event)) {
                  event.preventDefault();
                  navigation.go(to);
                }
              }}
            />
          );
        })}
      </TabsBar>
      <div className={styles.view}>
        <View search={search} onAgain={() => setRound(round + 1)} />
      </div>
    </PageFrame>
  );
}

/** How the answer is looked at is in the address too, and asks nothing new. */
const VIEW_PARAMS = ['tab', 'ids', 'scale', 'sort', 'why', 'most'];

function askedPart(search: string): string {
  const params = new URLSearchParams(search);
  VIEW_PARAMS.forEach((name) => params.delete(name));
  return params.toString();
}

const getStyles = (theme: GrafanaTheme2) => ({
  view: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2), paddingTop: theme.spacing(2) }),
});
