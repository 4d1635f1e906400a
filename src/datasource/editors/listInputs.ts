import type { ComboboxOption } from '@grafana/ui';
import type { FrameQueryType } from '../../api/frames.ts';
import { ALERT_SOURCES, ALERT_STATES, type AlertSource, type AlertState } from '../../core/alerts/alert.ts';
import { SEVERITIES, type Severity } from '../../core/alerts/severity.ts';
import { TRANSITION_KINDS } from '../../core/alerts/transition.ts';
import { COUNTED_STATES } from '../../core/frames/alertGrouping.ts';
import { STATUS_FIGURES } from '../../core/frames/statusFigure.ts';
import { t } from '../../i18n/t.ts';
import { transitionTitle } from '../../ui/transitionTitle.ts';
import type { ListField, NameKind } from '../query.ts';

const STATE_WORDS: Readonly<Record<AlertState, string>> = {
  get pending() {
    return t('datasource.list-inputs.pending', 'Pending');
  },
  get firing() {
    return t('datasource.list-inputs.firing', 'Firing');
  },
  get no_data() {
    return t('datasource.list-inputs.no-data', 'No data');
  },
  get stale() {
    return t('datasource.list-inputs.stale', 'Stale');
  },
  get resolved() {
    return t('datasource.list-inputs.resolved', 'Resolved');
  },
};
const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  get info() {
    return t('datasource.list-inputs.info', 'Info');
  },
  get warning() {
    return t('datasource.list-inputs.warning', 'Warning');
  },
  get error() {
    return t('datasource.list-inputs.error', 'Error');
  },
  get critical() {
    return t('datasource.list-inputs.critical', 'Critical');
  },
};
const SOURCE_WORDS: Readonly<Record<AlertSource, string>> = {
  get pharos() {
    return t('datasource.list-inputs.pharos-own-rules', 'Pharos’ own rules');
  },
  get alertmanager() {
    return t('datasource.list-inputs.prometheus-or-alertmanager', 'Prometheus or Alertmanager');
  },
  grafana: 'Grafana',
  get events() {
    return t('datasource.list-inputs.events', 'Events');
  },
};

export interface ListInput {
  readonly label: string;
  /** What an empty list means. */
  readonly placeholder: string;
  readonly options: readonly ComboboxOption[];
  /** Asked from the engine, besides `options`. */
  readonly names?: NameKind;
}

const optionsOf = <T extends string>(values: readonly T[], words: Readonly<Record<T, string>>): ComboboxOption[] =>
  values.map((value) => ({ value, label: words[value] }));

/** What the input of a list offers; an empty one always means something, which its placeholder says. */
export function listInput(field: ListField, queryType: FrameQueryType): ListInput {
  const isCount = queryType === 'alertCounts';
  switch (field) {
    case 'states':
      return {
        label: t('datasource.list-inputs.states', 'States'),
        placeholder: isCount
          ? t('datasource.list-inputs.firing-or-no-data', 'Firing or no data')
          : t('datasource.list-inputs.all-that-are-open', 'All that are open'),
        options: optionsOf(isCount ? COUNTED_STATES : ALERT_STATES, STATE_WORDS),
      };
    case 'severities':
      return {
        label: t('datasource.list-inputs.severities', 'Severities'),
        placeholder: t('datasource.list-inputs.any', 'Any'),
        options: optionsOf(SEVERITIES.toReversed(), SEVERITY_WORDS),
      };
    case 'services':
      return {
        label: t('datasource.list-inputs.services', 'Services'),
        placeholder: t('datasource.list-inputs.any', 'Any'),
        options: [],
        names: 'services',
      };
    case 'owners':
      return {
        label: t('datasource.list-inputs.owners', 'Owners'),
        placeholder: t('datasource.list-inputs.any', 'Any'),
        options: [],
        names: 'owners',
      };
    case 'sources':
      return {
        label: t('datasource.list-inputs.sent-by', 'Sent by'),
        placeholder: isCount
          ? t('datasource.list-inputs.any-but-grafana', 'Any but Grafana')
          : t('datasource.list-inputs.any', 'Any'),
        options: optionsOf(ALERT_SOURCES, SOURCE_WORDS),
      };
    case 'kinds':
      return {
        label: t('datasource.list-inputs.events', 'Events'),
        placeholder: t('datasource.list-inputs.all', 'All'),
        options: TRANSITION_KINDS.map((value) => ({ value, label: transitionTitle(value) })),
      };
    case 'figures':
      return {
        label: t('datasource.list-inputs.figures', 'Figures'),
        placeholder: t('datasource.list-inputs.all', 'All'),
        options: STATUS_FIGURES.map(({ name, title, description }) => ({ value: name, label: title, description })),
      };
  }
}
