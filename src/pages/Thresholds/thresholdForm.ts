import { thresholdInput, type ThresholdInput, type ThresholdView } from '../../api/thresholds.ts';
import { LABEL_NAME } from '../../api/wire.ts';
import { formatHold } from '../../core/formatSpan.ts';
import { SIGNAL_NAMES, UNITS, findSignal, type SignalName, type Unit } from '../../core/signals/catalogue.ts';
import { ANY_SERVICE, type Direction, type ThresholdSpec } from '../../core/thresholds/threshold.ts';
import { validateThreshold, withDefaults } from '../../core/thresholds/validateThreshold.ts';
import { t } from '../../i18n/t.ts';
import { parseHold } from './parseHold.ts';
import { formatLevel, parseLevel } from './parseLevel.ts';

/** Stands for an expression of one's own in the signal picker. */
export const OWN_EXPRESSION = 'expression';

export interface LabelRow {
  readonly name: string;
  readonly value: string;
}

/** What stands in the inputs, as typed. */
export interface ThresholdForm {
  readonly service: string;
  readonly signal: SignalName | typeof OWN_EXPRESSION | '';
  readonly expr: string;
  readonly direction: Direction;
  readonly unit: Unit;
  readonly warning: string;
  readonly critical: string;
  readonly for: string;
  readonly owner: string;
  readonly runbookUrl: string;
  readonly labels: readonly LabelRow[];
  readonly enabled: boolean;
  readonly reason: string;
}

export type FormField = keyof ThresholdForm;
export type FieldErrors = Readonly<Partial<Record<FormField, string>>>;

/** As few words as a person needs for a first threshold; the rest takes its default. */
export const EMPTY_FORM: ThresholdForm = {
  service: '',
  signal: '',
  expr: '',
  direction: 'above',
  unit: 'none',
  warning: '',
  critical: '',
  for: '1 m',
  owner: '',
  runbookUrl: '',
  labels: [],
  enabled: true,
  reason: '',
};

const isSignalName = (text: string): text is SignalName => SIGNAL_NAMES.some((name) => name === text);

export interface Prefill {
  readonly service?: string | undefined;
  readonly signal?: string | undefined;
  readonly owner?: string | undefined;
  /** PromQL, in place of a signal. */
  readonly expr?: string | undefined;
  /** Of the expression; a signal brings its own. */
  readonly unit?: string | undefined;
  readonly reason?: string | undefined;
}

/** The form that a link such as `?new=1&service=checkout&signal=latency_p95` opens; names nobody knows are left out. */
export function prefilledForm({ service = '', signal = '', owner = '', reason = '', ...own }: Prefill): ThresholdForm {
  const form = { ...EMPTY_FORM, service, owner, reason };
  if (isSignalName(signal)) {
    return withSignal(form, signal);
  }
  const { expr = '', unit } = own;
  return expr === ''
    ? form
    : { ...form, signal: OWN_EXPRESSION, expr, unit: UNITS.find((known) => known === unit) ?? 'none' };
}

export function formOf(spec: Omit<ThresholdSpec, 'labels'> & Pick<ThresholdView, 'labels'>): ThresholdForm {
  const { service, signal, direction, unit, owner, runbookUrl, enabled } = spec;
  return {
    ...{ service, direction, unit, owner, runbookUrl, enabled, reason: '' },
    signal: typeof signal === 'string' ? signal : OWN_EXPRESSION,
    expr: typeof signal === 'string' ? '' : signal.expr,
    warning: formatLevel(spec.warning, unit),
    critical: formatLevel(spec.critical, unit),
    for: formatHold(spec.for),
    labels: Object.entries(spec.labels).map(([name, value]) => ({ name, value })),
  };
}

/** Another signal brings its own unit and direction; levels in another unit would mean something else and go. */
export function withSignal(form: ThresholdForm, signal: ThresholdForm['signal']): ThresholdForm {
  const known = findSignal(signal);
  const next =
    known === undefined ? { ...form, signal } : { ...form, signal, direction: known.direction, unit: known.unit };
  return next.unit === form.unit ? next : { ...next, warning: '', critical: '' };
}

export type ReadForm =
  { readonly ok: true; readonly draft: ThresholdInput } | { readonly ok: false; readonly errors: FieldErrors };

/** What the form says, or every field that is wrong, in words that say what to enter. Checks what the engine checks. */
export function readForm(form: ThresholdForm): ReadForm {
  const warning = parseLevel(form.warning, form.unit);
  const critical = parseLevel(form.critical, form.unit);
  const hold = parseHold(form.for);
  const signal = form.signal === OWN_EXPRESSION ? { expr: form.expr.trim() } : form.signal;
  const errors: Partial<Record<FormField, string>> = {
    ...(warning.ok ? {} : { warning: warning.message }),
    ...(critical.ok ? {} : { critical: critical.message }),
    ...(hold.ok ? {} : { for: hold.message }),
    ...labelErrors(form.labels),
  };
  if (signal === '') {
    return {
      ok: false,
      errors: {
        signal: t('thresholds.threshold-form.choose-what-to-watch', 'Choose what to watch.'),
        ...serviceError(form),
        ...errors,
      },
    };
  }
  const draft: ThresholdInput = {
    ...{ service: form.service.trim(), signal, direction: form.direction, unit: form.unit },
    warning: warning.ok ? warning.value : null,
    critical: critical.ok ? critical.value : null,
    ...(hold.ok ? { for: hold.value } : {}),
    ...{ owner: form.owner.trim(), runbookUrl: form.runbookUrl.trim(), enabled: form.enabled },
    labels: Object.fromEntries(usedLabels(form.labels).map(({ name, value }) => [name.trim(), value])),
  };
  const unread = new Set(Object.keys(errors));
  const levelsUnread = !warning.ok || !critical.ok;
  const found = [...contractErrors(draft), ...validateThreshold(withDefaults(draft))]
    // A level that could not be read is no missing level.
    .filter(({ path }) => !unread.has(path) && !(levelsUnread && (path === 'warning' || path === 'critical')));
  const all = found.reduce<Partial<Record<FormField, string>>>(
    (sum, { path, message }) => ({ [fieldOf(path, form)]: message, ...sum }),
    errors
  );
  return Object.keys(all).length === 0 ? { ok: true, draft } : { ok: false, errors: all };
}

const serviceError = ({ service }: ThresholdForm): FieldErrors =>
  service.trim() === ''
    ? {
        service: t(
          'thresholds.threshold-form.choose-a-service-or-for',
          'Choose a service, or {{any}} for every service.',
          { any: ANY_SERVICE }
        ),
      }
    : {};

const usedLabels = (labels: readonly LabelRow[]): readonly LabelRow[] =>
  labels.filter(({ name, value }) => name.trim() !== '' || value.trim() !== '');

function labelErrors(labels: readonly LabelRow[]): FieldErrors {
  const names = usedLabels(labels).map(({ name }) => name.trim());
  if (names.includes('')) {
    return { labels: t('thresholds.threshold-form.give-each-label-a-name', 'Give each label a name, or remove it.') };
  }
  const odd = names.find((name) => !LABEL_NAME.test(name));
  if (odd !== undefined) {
    return {
      labels: t(
        'thresholds.threshold-form.is-no-label-name-enter',
        '“{{odd}}” is not a valid label name: enter letters, digits and _, not starting with a digit.',
        { odd }
      ),
    };
  }
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  return repeated === undefined
    ? {}
    : {
        labels: t('thresholds.threshold-form.the-label-stands-here-twice', 'The label {{repeated}} appears twice.', {
          repeated,
        }),
      };
}

interface PathError {
  readonly path: string;
  readonly message: string;
}

/** Durations are text on the wire and milliseconds here; the rest is the same in both. */
const WITHOUT_HOLD = thresholdInput.omit({ for: true });

/** What the contract refuses beyond the sense of it: too long, control characters, no web address. */
function contractErrors({ for: _checkedByParseHold, ...rest }: ThresholdInput): readonly PathError[] {
  const issues = WITHOUT_HOLD.safeParse(rest).error?.issues ?? [];
  return issues
    .filter(({ path }) => path[0] !== 'service' || rest.service !== '')
    .map(({ path, message }) => ({ path: String(path[0] ?? 'service'), message: sentence(message) }));
}

const sentence = (message: string): string =>
  `${message.charAt(0).toUpperCase()}${message.slice(1)}.`.replace(/\.\.$/, '.');

const isField = (path: string): path is FormField => Object.hasOwn(EMPTY_FORM, path);

/** The input beside which an error of the engine stands: `labels.team` is one of labels, the expression has an input of its own. */
export function fieldOf(path: string, { signal }: Pick<ThresholdForm, 'signal'>): FormField {
  const head = path.split(/[.[]/)[0] ?? '';
  if (head === 'signal') {
    return signal === OWN_EXPRESSION ? 'expr' : 'signal';
  }
  return isField(head) ? head : 'service';
}

export type FormAction =
  | { readonly kind: 'field'; readonly change: Partial<ThresholdForm> }
  | { readonly kind: 'signal'; readonly signal: ThresholdForm['signal'] }
  | { readonly kind: 'replace'; readonly form: ThresholdForm };

export function formReducer(form: ThresholdForm, action: FormAction): ThresholdForm {
  switch (action.kind) {
    case 'field':
      return { ...form, ...action.change };
    case 'signal':
      return withSignal(form, action.signal);
    case 'replace':
      return action.form;
  }
}
