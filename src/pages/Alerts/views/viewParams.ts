import { joinTexts, splitTexts } from '../../../core/textList.ts';
import type { ParamChanges, QueryParams } from '../../../host/useLocation.ts';
import { t } from '../../../i18n/t.ts';

/** What a view keeps of the address: what is shown and how, not what is selected or folded in it. */
const LISTS = ['state', 'severity', 'service', 'team'] as const;
const VIEW_PARAMS = [...LISTS, 'ack', 'q', 'group'] as const;

/** In place of a view's id: the whole list is wanted, although another view is the default. */
export const EVERYTHING = 'all';

export type ViewParams = Readonly<Record<string, string>>;

const isList = (name: string): boolean => LISTS.some((one) => one === name);

/** What stands in the address, as a view keeps it; the order in which values were ticked means nothing. */
export const readViewParams = (params: Pick<QueryParams, 'get'>): Record<string, string> =>
  Object.fromEntries(
    VIEW_PARAMS.flatMap((name) => {
      const value = params.get(name);
      return value === undefined ? [] : [[name, normal(name, value)]];
    })
  );

const normal = (name: string, value: string): string =>
  isList(name) ? joinTexts(splitTexts(value).toSorted()) : value;

export const sameParams = (a: ViewParams, b: ViewParams): boolean =>
  VIEW_PARAMS.every((name) => normal(name, a[name] ?? '') === normal(name, b[name] ?? ''));

/** Changes of the address that show a view and nothing else. */
export const paramsToShow = (params: ViewParams): ParamChanges => ({
  ...Object.fromEntries(VIEW_PARAMS.map((name) => [name, params[name] ?? null])),
  ...{ selected: null, collapsed: null, limit: null },
});

/** Whether the address asks for something already, so that no default view may take its place. */
export const asksForSomething = (params: Pick<QueryParams, 'get'>): boolean =>
  ['view', 'selected', 'limit', ...VIEW_PARAMS].some((name) => params.get(name) !== undefined);

const WORDS: Readonly<Record<(typeof VIEW_PARAMS)[number], (value: string) => string>> = {
  state: (value) => t('alerts.view-params.state', 'state {{value}}', { value }),
  severity: (value) => t('alerts.view-params.severity', 'severity {{value}}', { value }),
  service: (value) => t('alerts.view-params.service', 'service {{value}}', { value }),
  team: (value) => t('alerts.view-params.team', 'team {{value}}', { value }),
  ack: (value) =>
    value === 'yes'
      ? t('alerts.view-params.acknowledged', 'acknowledged')
      : t('alerts.view-params.unacknowledged', 'unacknowledged'),
  q: (value) => t('alerts.view-params.text', 'text {{value}}', { value }),
  group: (value) => t('alerts.view-params.grouped-by', 'grouped by {{value}}', { value }),
};

/** `severity critical, error; team shop; grouped by service`. */
export function describeParams(params: ViewParams): string {
  const parts = VIEW_PARAMS.flatMap((name) => {
    const value = params[name] ?? '';
    if (value === '') {
      return [];
    }
    return [WORDS[name](isList(name) ? splitTexts(value).join(', ') : value)];
  });
  return parts.length === 0 ? t('alerts.view-params.every-open-alert', 'every open alert') : parts.join('; ');
}
