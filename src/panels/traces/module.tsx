import { PanelPlugin, type PanelProps } from '@grafana/data';
import { lazy, Suspense } from 'react';
import { DEFAULT_OPTIONS, TRACE_VIEWS, VIEW_WORDS, type TracesPanelOptions } from './options.ts';

const Panel = lazy(() => import('./TracesPanel.tsx').then((m) => ({ default: m.TracesPanel })));

function LazyPanel(props: PanelProps<TracesPanelOptions>) {
  return (
    <Suspense fallback={null}>
      <Panel {...props} />
    </Suspense>
  );
}

export const plugin = new PanelPlugin<TracesPanelOptions>(LazyPanel).setPanelOptions((builder) =>
  builder
    .addSelect({
      path: 'view',
      name: 'View',
      description: 'What to draw of the data.',
      settings: { options: TRACE_VIEWS.map((value) => ({ value, ...VIEW_WORDS[value] })) },
      defaultValue: DEFAULT_OPTIONS.view,
    })
    .addNumberInput({
      path: 'maxRows',
      name: 'Rows at most',
      description: 'Of a search result.',
      settings: { min: 1, max: 1000, integer: true },
      defaultValue: DEFAULT_OPTIONS.maxRows,
    })
);
