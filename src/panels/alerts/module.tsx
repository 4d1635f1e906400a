import { PanelPlugin, type PanelProps, type SelectFieldConfigSettings } from '@grafana/data';
import { lazy, Suspense } from 'react';
import { ALERT_FACTS, DEFAULT_OPTIONS, FACT_TITLES, type AlertFact, type AlertsPanelOptions } from './options.ts';

type Facts = AlertFact | readonly AlertFact[];

const Panel = lazy(() => import('./AlertsPanel.tsx').then((m) => ({ default: m.AlertsPanel })));

function LazyPanel(props: PanelProps<AlertsPanelOptions>) {
  return (
    <Suspense fallback={null}>
      <Panel {...props} />
    </Suspense>
  );
}

export const plugin = new PanelPlugin<AlertsPanelOptions>(LazyPanel).setPanelOptions((builder) =>
  builder
    .addBooleanSwitch({
      path: 'showSummary',
      name: 'Summary',
      description: 'How many are open, in a sentence above the list.',
      defaultValue: DEFAULT_OPTIONS.showSummary,
    })
    // Grafana types the options and the list of chosen ones alike.
    .addMultiSelect<Facts, SelectFieldConfigSettings<Facts>>({
      path: 'facts',
      name: 'Columns',
      description: 'Beside the state of each alert and what it says.',
      settings: { options: ALERT_FACTS.map((value) => ({ value, label: FACT_TITLES[value] })) },
      defaultValue: DEFAULT_OPTIONS.facts,
    })
    .addRadio({
      path: 'density',
      name: 'Density',
      settings: {
        options: [
          { value: 'comfortable', label: 'Comfortable' },
          { value: 'compact', label: 'Compact' },
        ],
      },
      defaultValue: DEFAULT_OPTIONS.density,
    })
    .addBooleanSwitch({
      path: 'groupByService',
      name: 'Group by service',
      defaultValue: DEFAULT_OPTIONS.groupByService,
    })
    .addBooleanSwitch({
      path: 'hideAcknowledged',
      name: 'Hide acknowledged',
      description: 'Leave out what somebody has taken.',
      defaultValue: DEFAULT_OPTIONS.hideAcknowledged,
    })
    .addBooleanSwitch({
      path: 'hideSuppressed',
      name: 'Hide suppressed',
      description: 'Leave out what is silenced, inhibited or shelved.',
      defaultValue: DEFAULT_OPTIONS.hideSuppressed,
    })
    .addNumberInput({
      path: 'maxRows',
      name: 'Rows at most',
      settings: { min: 1, max: 1000, integer: true },
      defaultValue: DEFAULT_OPTIONS.maxRows,
    })
);
