import { APP_PATH } from '../host/pluginIds.ts';
import { own, ownText, texts } from './own.ts';

/** The search of the alerts page takes no more. */
const LONGEST_SEARCH = 500;

/** Labels that Grafana keeps for itself begin so. */
const isPrivate = (name: string): boolean => name.startsWith('__');

/** The name of the alert first: of a search that is cut, it tells most. */
const byTelling = ([a]: readonly [string, string], [b]: readonly [string, string]): number =>
  Number(b === 'alertname') - Number(a === 'alertname') || (a < b ? -1 : 1);

/** `alertname="x" service="y"`, as the search of the alerts page reads it; what it cannot read is left out. */
function searchFor(labels: ReadonlyArray<[name: string, value: string]>): string {
  return labels
    .filter(([name, value]) => !isPrivate(name) && /^[^\s="]+$/.test(name) && /^[^"\p{Cc}]+$/u.test(value))
    .toSorted(byTelling)
    .map(([name, value]) => `${name}="${value}"`)
    .reduce((search, term) => {
      const longer = search === '' ? term : `${search} ${term}`;
      return longer.length <= LONGEST_SEARCH ? longer : search;
    }, '');
}

function ruleUidOf(rule: unknown): string {
  return ownText(rule, 'uid') || ownText(own(own(rule, 'rulerRule'), 'grafana_alert'), 'uid');
}

/**
 * For an alert instance in Grafana's alerting: the page that finds the same alert in Pharos.
 * @param context `{instance: {labels}, rule: {uid}}`; rules of a data source have no uid
 */
export function alertLink(context: unknown): { readonly path: string } {
  const labels = own(own(context, 'instance'), 'labels');
  const rule = ruleUidOf(own(context, 'rule')) || ownText(labels, '__alert_rule_uid__');
  const all = Object.entries({ source: rule === '' ? '' : 'grafana', rule, q: searchFor(texts(labels)) });
  const params = new URLSearchParams(all.filter(([, value]) => value !== '')).toString();
  return { path: params === '' ? `${APP_PATH}/alerts` : `${APP_PATH}/alerts/find?${params}` };
}
