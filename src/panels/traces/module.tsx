import { PanelPlugin, type PanelProps } from '@grafana/data';
import { lazy, Suspense } from 'react';
import { TRACES_PANEL_ID } from '../../host/pluginIds.ts';
import { startWords } from '../../i18n/startWords.ts';
import { t } from '../../i18n/t.ts';
import { DEFAULT_OPTIONS, TRACE_VIEWS, VIEW_WORDS, type TracesPanelOptions } from './options.ts';

void startWords(TRACES_PANEL_ID);

const Panel = lazy(async () => {
  const [{ TracesPanel }] = await Promise.all([import('./TracesPanel.tsx'), startWords(TRACES_PANEL_ID)]);
  return { default: TracesPanel };
});

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
      name: t('panel.traces.view', 'View'),
      description: t('panel.traces.view-description', 'How to show the data.'),
      settings: {
        options: TRACE_VIEWS.map((value) => ({
          value,
          label: VIEW_WORDS[value].label,
          description: VIEW_WORDS[value].description,
        })),
      },
      defaultValue: DEFAULT_OPTIONS.view,
    })
    .addNumberInput({
      path: 'maxRows',
      name: t('panel.traces.rows-at-most', 'Row limit'),
      description: t('panel.traces.rows-at-most-description', 'For a search result.'),
      settings: { min: 1, max: 1000, integer: true },
      defaultValue: DEFAULT_OPTIONS.maxRows,
    })
);
