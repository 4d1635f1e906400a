import type { ApiErrorCode } from '../api/apiError.ts';

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

function nameOf({ status, body }: Refusal, uid: string): Named | undefined {
  const said = textOf(body, 'message');
  switch (status) {
    case 401:
      return ['signed_out', 'Grafana no longer knows who you are.'];
    case 403:
      return ['datasource_forbidden', `Grafana does not let you use the data source "${uid}".`];
    case 404:
      return /plugin/i.test(said)
        ? ['relay_missing', `Grafana knows the data source "${uid}", but has not loaded its plugin.`]
        : ['datasource_missing', `Grafana has no data source with the uid "${uid}".`];
    case 500:
    case 502:
    case 503:
    case 504:
      return [
        'relay_unavailable',
        `The back half of the data source "${uid}" did not answer${said === '' ? '' : `: ${said.replace(/\.$/, '')}`}.`,
      ];
    default:
      return undefined;
  }
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
  return { type: 'about:blank', title: 'Grafana', status: refusal.status, code, detail };
}
