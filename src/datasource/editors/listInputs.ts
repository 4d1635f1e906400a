import type { ComboboxOption } from '@grafana/ui';
import type { FrameQueryType } from '../../api/frames.ts';
import { ALERT_SOURCES, ALERT_STATES, type AlertSource, type AlertState } from '../../core/alerts/alert.ts';
import { SEVERITIES, type Severity } from '../../core/alerts/severity.ts';
import { TRANSITION_KINDS } from '../../core/alerts/transition.ts';
import { TRANSITION_WORDS } from '../../core/alerts/transitionWords.ts';
import { COUNTED_STATES } from '../../core/frames/alertGrouping.ts';
import { STATUS_FIGURES } from '../../core/frames/statusFigure.ts';
import type { ListField, NameKind } from '../query.ts';

const STATE_WORDS: Readonly<Record<AlertState, string>> = {
  ...{ pending: 'Pending', firing: 'Firing', no_data: 'No data', stale: 'Stale', resolved: 'Resolved' },
};
const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  ...{ info: 'Info', warning: 'Warning', error: 'Error', critical: 'Critical' },
};
const SOURCE_WORDS: Readonly<Record<AlertSource, string>> = {
  ...{ pharos: 'Pharos’ own rules', alertmanager: 'Prometheus or Alertmanager', grafana: 'Grafana', events: 'Events' },
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
        label: 'States',
        placeholder: isCount ? 'Firing or no data' : 'All that are open',
        options: optionsOf(isCount ? COUNTED_STATES : ALERT_STATES, STATE_WORDS),
      };
    case 'severities':
      return { label: 'Severities', placeholder: 'Any', options: optionsOf(SEVERITIES.toReversed(), SEVERITY_WORDS) };
    case 'services':
      return { label: 'Services', placeholder: 'Any', options: [], names: 'services' };
    case 'owners':
      return { label: 'Owners', placeholder: 'Any', options: [], names: 'owners' };
    case 'sources':
      return {
        label: 'Sent by',
        placeholder: isCount ? 'Any but Grafana' : 'Any',
        options: optionsOf(ALERT_SOURCES, SOURCE_WORDS),
      };
    case 'kinds':
      return { label: 'Events', placeholder: 'All', options: optionsOf(TRANSITION_KINDS, TRANSITION_WORDS) };
    case 'figures':
      return {
        label: 'Figures',
        placeholder: 'All',
        options: STATUS_FIGURES.map(({ name, title, description }) => ({ value: name, label: title, description })),
      };
  }
}
