import type { listAudit } from '../../api/access.ts';
import { CONTRACTS } from '../../api/contracts.ts';
import type { OutputOf } from '../../api/operation.ts';
import { SIGNAL_NAMES } from '../../core/signals/catalogue.ts';
import { describeSignal } from '../../core/thresholds/explain.ts';
import { ANY_SERVICE } from '../../core/thresholds/threshold.ts';
import { t } from '../../i18n/t.ts';

type AuditRow = OutputOf<typeof listAudit>['items'][number];

/** `updateThreshold` → `Update threshold`. */
export function actionWords(action: string): string {
  const words = action.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const CHANGES = CONTRACTS.filter(({ method, access }) => method !== 'GET' && access !== 'viewer');

/** What the audit tells of, for the filter: operations that change something or take alerts in, and who came and went. */
export const AUDITED_ACTIONS = [...CHANGES.map(({ name }) => name), 'login', 'logout']
  .map((name) => ({ value: name, label: actionWords(name) }))
  .toSorted((a, b) => a.label.localeCompare(b.label));

/** What was changed, by name: `p95 latency of checkout` rather than `threshold yDRXcLP4SMyn`. */
export function auditObject({ object, before, after }: Pick<AuditRow, 'object' | 'before' | 'after'>): string {
  const [kind = ''] = object.split(' ');
  const facts = [after, before].find((side) => typeof side === 'object' && side !== null);
  const name = facts === undefined ? undefined : nameOf(facts);
  return name === undefined ? object : `${kind} ${name}`;
}

function nameOf(facts: object): string | undefined {
  const name: unknown = Reflect.get(facts, 'name');
  const service: unknown = Reflect.get(facts, 'service');
  if (typeof service === 'string') {
    const what = signalWords(Reflect.get(facts, 'signal'));
    if (what === undefined) {
      return undefined;
    }
    return service === ANY_SERVICE
      ? t('settings.audit-words.of-every-service', '{{what}} of every service', { what })
      : t('settings.audit-words.of-service', '{{what}} of {{service}}', { what, service });
  }
  return typeof name === 'string' ? name : undefined;
}

function signalWords(signal: unknown): string | undefined {
  const known = SIGNAL_NAMES.find((name) => name === signal);
  if (known !== undefined) {
    return describeSignal(known);
  }
  const expr: unknown = typeof signal === 'object' && signal !== null ? Reflect.get(signal, 'expr') : undefined;
  return typeof expr === 'string' ? describeSignal({ expr }) : undefined;
}
