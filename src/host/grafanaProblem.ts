import type { ApiErrorCode } from '../api/apiError.ts';
import { t } from '../i18n/t.ts';

interface GrafanaProblem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly code: ApiErrorCode;
  readonly detail: string;
}

interface Refusal {
  readonly status: number;
  /** Whatever came with it. */
  readonly body: unknown;
}

/** A text in a body that may be anything; empty when it is not there. */
export const textOf = (body: unknown, name: string): string => {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
  return typeof value === 'string' ? value : '';
};

type Named = readonly [code: ApiErrorCode, detail: string];

const TITLE = 'Grafana';
/** How Grafana 12.4 and 13 say it, with status 404 or 500. */
const NO_DATASOURCE = /data ?source meta ?data|data ?source not found/i;
const NO_PLUGIN = /datasource plugin|plugin not (registered|found)/i;

function nameOf({ status, body }: Refusal, uid: string): Named | undefined {
  const said = textOf(body, 'message');
  if (status === 401) {
    return ['signed_out', t('host.grafana-problem.grafana-no-longer-knows-who', 'Your Grafana session has ended.')];
  }
  if (status === 403) {
    return [
      'datasource_forbidden',
      t('host.grafana-problem.grafana-does-not-let-you', 'Grafana does not let you use the data source "{{uid}}".', {
        uid,
      }),
    ];
  }
  if (NO_PLUGIN.test(said)) {
    return [
      'relay_missing',
      t(
        'host.grafana-problem.grafana-knows-the-data-source',
        'Grafana knows the data source "{{uid}}", but has not loaded its plugin.',
        { uid }
      ),
    ];
  }
  if (status === 404 || NO_DATASOURCE.test(said)) {
    return [
      'datasource_missing',
      t('host.grafana-problem.grafana-has-no-data-source', 'Grafana has no data source with the uid "{{uid}}".', {
        uid,
      }),
    ];
  }
  const reason = said === '' ? '' : `: ${said.replace(/\.$/, '')}`;
  return status >= 500
    ? [
        'relay_unavailable',
        t(
          'host.grafana-problem.the-back-half-of-the',
          'The backend of the data source "{{uid}}" did not answer{{reason}}.',
          { uid, reason }
        ),
      ]
    : undefined;
}

/**
 * A problem document for a refusal that is of Grafana itself and not of the engine or the relay, whose problems carry a `code`.
 * @returns undefined when the body is a problem already, or says nothing that we know
 */
export function grafanaProblem(refusal: Refusal, datasourceUid: string): GrafanaProblem | undefined {
  const named = textOf(refusal.body, 'code') === '' ? nameOf(refusal, datasourceUid) : undefined;
  if (named === undefined) {
    return undefined;
  }
  const [code, detail] = named;
  return { type: 'about:blank', title: TITLE, status: refusal.status, code, detail };
}
