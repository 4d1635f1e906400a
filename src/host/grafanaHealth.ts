import type { ConnectionProblem } from './appSettings.ts';
import { t } from '../i18n/t.ts';
import { grafanaProblem, textOf } from './grafanaProblem.ts';

interface HealthAnswer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * What Grafana's test of a data source says: `{status: "OK"|"ERROR", message, details}` from the relay, with 200 or 400, or an error of
 * Grafana's own. The relay puts the code of what is wrong into the details.
 */
export function readHealth(
  { status, body }: HealthAnswer,
  datasourceUid: string
): { readonly message: string } | { readonly problem: ConnectionProblem } {
  const message = textOf(body, 'message');
  switch (textOf(body, 'status')) {
    case 'OK':
      return { message };
    case 'ERROR': {
      const details: unknown = Reflect.get(Object(body), 'details');
      return { problem: { message, code: textOf(details, 'code') } };
    }
  }
  const problem = grafanaProblem({ status, body }, datasourceUid);
  return {
    problem: problem
      ? { message: problem.detail, code: problem.code }
      : {
          message:
            message === ''
              ? t('host.grafana-health.status', 'Grafana answered the test with status {{status}}.', { status })
              : t(
                  'host.grafana-health.status-message',
                  'Grafana answered the test with status {{status}}: {{message}}.',
                  {
                    status,
                    message,
                  }
                ),
          code: '',
        },
  };
}
