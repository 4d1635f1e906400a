import type { IconName } from '@grafana/data';
import { Tab, TabsBar } from '@grafana/ui';
import type { ComponentType } from 'react';
import { isPlainClick } from '../../host/isPlainClick.ts';
import { useHost } from '../../host/HostContext.ts';
import { changeSearch, useLocation } from '../../host/useLocation.ts';
import { t } from '../../i18n/t.ts';
import { ErrorStories } from '../../ui/traces/errors/ErrorStories.tsx';
import { FlameGraph } from '../../ui/traces/flame/FlameGraph.tsx';
import { TraceGraphView } from '../../ui/traces/graph/TraceGraphView.tsx';
import { Operations } from '../../ui/traces/operations/Operations.tsx';
import { CriticalPathList } from '../../ui/traces/path/CriticalPathList.tsx';
import { SpanTable } from '../../ui/traces/spans/SpanTable.tsx';
import type { TraceViewProps } from '../../ui/traces/traceView.ts';
import { Waterfall, type WaterfallProps } from '../../ui/traces/waterfall/Waterfall.tsx';
import type { TracePageView } from './useTraceParams.ts';

export interface TabViewProps extends TraceViewProps {
  readonly view: TracePageView;
  readonly onView: (change: Partial<TracePageView>) => void;
}

export interface TraceTab {
  readonly id: string;
  readonly label: string;
  readonly icon: IconName;
  readonly View: ComponentType<TabViewProps>;
}

const PageWaterfall = (props: WaterfallProps) => <Waterfall {...props} hasPageKeys />;

const WATERFALL: TraceTab = {
  id: 'waterfall',
  get label() {
    return t('trace.trace-tabs.waterfall', 'Waterfall');
  },
  icon: 'align-left',
  View: PageWaterfall,
};

const TABS: readonly TraceTab[] = [
  WATERFALL,
  {
    id: 'flame',
    get label() {
      return t('trace.trace-tabs.flame', 'Flame graph');
    },
    icon: 'fire',
    View: FlameGraph,
  },
  {
    id: 'path',
    get label() {
      return t('trace.trace-tabs.path', 'Critical path');
    },
    icon: 'arrow-right',
    View: CriticalPathList,
  },
  {
    id: 'spans',
    get label() {
      return t('trace.trace-tabs.spans', 'Spans');
    },
    icon: 'list-ul',
    View: SpanTable,
  },
  {
    id: 'operations',
    get label() {
      return t('trace.trace-tabs.operations', 'Operations');
    },
    icon: 'calculator-alt',
    View: Operations,
  },
  {
    id: 'graph',
    get label() {
      return t('trace.trace-tabs.graph', 'Graph');
    },
    icon: 'sitemap',
    View: TraceGraphView,
  },
  {
    id: 'errors',
    get label() {
      return t('trace.trace-tabs.errors', 'Errors');
    },
    icon: 'exclamation-circle',
    View: ErrorStories,
  },
];

export const currentTab = (id: string | undefined): TraceTab => TABS.find((tab) => tab.id === id) ?? WATERFALL;

/** The views of a trace. What is selected and filtered goes with one from view to view. */
export function TraceTabs({ current }: { current: string }) {
  const { navigation } = useHost();
  const { path, search } = useLocation();
  return (
    <TabsBar>
      {TABS.map(({ id, label, icon }) => {
        const to = path + changeSearch(search, { tab: id === WATERFALL.id ? null : id });
        return (
          <Tab
            key={id}
            label={label}
            icon={icon}
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
  );
}
