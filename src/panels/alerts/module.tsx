import { PanelPlugin, type PanelProps, type SelectFieldConfigSettings } from '@grafana/data';
import { lazy, Suspense } from 'react';
import { ALERTS_PANEL_ID } from '../../host/pluginIds.ts';
import { startWords } from '../../i18n/startWords.ts';
import { t } from '../../i18n/t.ts';
import { SEVERITIES, type Severity } from '../../core/alerts/severity.ts';
import { SEVERITY_LOOK } from '../../ui/tone.ts';
import { isOutdated, migrateOptions } from './migrateOptions.ts';
import {
  ALERT_FACTS,
  DEFAULT_OPTIONS,
  FACT_TITLES,
  GROUPING_TITLES,
  GROUPINGS,
  ORDER_TITLES,
  ORDERS,
  type AlertFact,
  type AlertsPanelOptions,
} from './options.ts';

void startWords(ALERTS_PANEL_ID);

type Facts = AlertFact | readonly AlertFact[];
type Severities = Severity | readonly Severity[];

const Panel = lazy(async () => {
  const [{ AlertsPanel }] = await Promise.all([import('./AlertsPanel.tsx'), startWords(ALERTS_PANEL_ID)]);
  return { default: AlertsPanel };
});

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
      name: t('panel.module.summary', 'Summary'),
      description: t('panel.module.how-many-are-open-in', 'How many are open, in a sentence above the list.'),
      defaultValue: DEFAULT_OPTIONS.showSummary,
    })
    // Grafana types the options and the list of chosen ones alike.
    .addMultiSelect<Facts, SelectFieldConfigSettings<Facts>>({
      path: 'facts',
      name: t('panel.module.columns', 'Columns'),
      description: t('panel.module.beside-the-state-of-each', 'In addition to the state and summary.'),
      settings: { options: ALERT_FACTS.map((value) => ({ value, label: FACT_TITLES[value] })) },
      defaultValue: DEFAULT_OPTIONS.facts,
    })
    .addRadio({
      path: 'density',
      name: t('panel.module.density', 'Density'),
      settings: {
        options: [
          { value: 'comfortable', label: t('panel.module.comfortable', 'Comfortable') },
          { value: 'compact', label: t('panel.module.compact', 'Compact') },
        ],
      },
      defaultValue: DEFAULT_OPTIONS.density,
    })
    .addSelect({
      path: 'groupBy',
      name: t('panel.module.group-by', 'Group by'),
      settings: { options: GROUPINGS.map((value) => ({ value, label: GROUPING_TITLES[value] })) },
      defaultValue: DEFAULT_OPTIONS.groupBy,
    })
    .addSelect({
      path: 'order',
      name: t('panel.module.order', 'Order'),
      description: t('panel.module.of-the-most-urgent', 'Sorts the rows shown, which are the most urgent.'),
      settings: { options: ORDERS.map((value) => ({ value, label: ORDER_TITLES[value] })) },
      defaultValue: DEFAULT_OPTIONS.order,
    })
    .addMultiSelect<Severities, SelectFieldConfigSettings<Severities>>({
      path: 'severities',
      name: t('panel.module.severities', 'Severities'),
      description: t('panel.module.all-where-none-is-chosen', 'All if none is chosen.'),
      settings: { options: SEVERITIES.toReversed().map((value) => ({ value, label: SEVERITY_LOOK[value].word })) },
      defaultValue: DEFAULT_OPTIONS.severities,
    })
    .addTextInput({
      path: 'search',
      name: t('panel.module.search', 'Search'),
      description: t(
        'panel.module.words-that-must-all-stand',
        'Words that must all appear in the summary, the service, the team or a label. Variables work, such as $service: of several values any one matches, and All leaves none out.'
      ),
      defaultValue: DEFAULT_OPTIONS.search,
    })
    .addBooleanSwitch({
      path: 'hideAcknowledged',
      name: t('panel.module.hide-acknowledged', 'Hide acknowledged'),
      description: t('panel.module.leave-out-what-somebody-has', 'Leave out acknowledged alerts.'),
      defaultValue: DEFAULT_OPTIONS.hideAcknowledged,
    })
    .addBooleanSwitch({
      path: 'hideSuppressed',
      name: t('panel.module.hide-suppressed', 'Hide suppressed'),
      description: t('panel.module.leave-out-what-is-silenced', 'Leave out silenced alerts.'),
      defaultValue: DEFAULT_OPTIONS.hideSuppressed,
    })
    .addNumberInput({
      path: 'maxRows',
      name: t('panel.module.rows-at-most', 'Row limit'),
      settings: { min: 1, max: 1000, integer: true },
      defaultValue: DEFAULT_OPTIONS.maxRows,
    })
    .addBooleanSwitch({
      path: 'showLinks',
      name: t('panel.module.links', 'Links'),
      description: t('panel.module.each-alert-leads-to', 'Each alert links to its page in Pharos.'),
      defaultValue: DEFAULT_OPTIONS.showLinks,
    })
);

plugin.setMigrationHandler(migrateOptions, isOutdated);
