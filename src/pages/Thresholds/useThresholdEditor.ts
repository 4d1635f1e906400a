import { useReducer, useState, type Dispatch } from 'react';
import { ApiError } from '../../api/apiError.ts';
import type { Client } from '../../api/client.ts';
import {
  createThreshold,
  getThreshold,
  revertThreshold,
  updateThreshold,
  type ThresholdInput,
  type ThresholdView,
} from '../../api/thresholds.ts';
import type { LevelName } from '../../core/thresholds/levelScale.ts';
import { useAction, useChange } from '../../host/useChange.ts';
import { t } from '../../i18n/t.ts';
import { describeChange, diffSpecs, nameThreshold, type FieldChange } from './describeThreshold.ts';
import { changedFields, mergeForms } from './mergeForms.ts';
import { formatLevel } from './parseLevel.ts';
import {
  fieldOf,
  formOf,
  formReducer,
  prefilledForm,
  readForm,
  type FieldErrors,
  type FormAction,
  type FormField,
  type Prefill,
  type ThresholdForm,
} from './thresholdForm.ts';

export interface ThresholdEditor {
  readonly form: ThresholdForm;
  readonly dispatch: Dispatch<FormAction>;
  /** Errors to show: of fields that were left, or of all after an attempt to save. */
  readonly errors: FieldErrors;
  readonly touch: (field: FormField) => void;
  /** Writes a level into its field, as a person would. */
  readonly moveLevel: (level: LevelName, value: number) => void;
  /** What the form says now; undefined while it is not sound. */
  readonly draft: ThresholdInput | undefined;
  readonly isDirty: boolean;
  readonly saving: boolean;
  readonly save: () => void;
  /** Why it was not saved, where that is no fault of one field. */
  readonly problem: ApiError | undefined;
  /** Somebody else saved since this form was filled. */
  readonly isOutdated: boolean;
  readonly loadAgain: () => void;
  /** What somebody else changed, after it was loaded again. */
  readonly theirChanges: readonly FieldChange[];
}

/** DOM id of a field's input: where the focus goes when it is wrong. */
export const inputId = (field: FormField): string => `threshold-${field}`;

const FIELD_ORDER: readonly FormField[] = [
  'service',
  'signal',
  'expr',
  'direction',
  'warning',
  'critical',
  'for',
  'owner',
  'runbookUrl',
  'labels',
  'reason',
];

interface Start {
  readonly base: ThresholdView | undefined;
  readonly form: ThresholdForm;
  readonly theirChanges: readonly FieldChange[];
}

interface Refusal {
  readonly form: ThresholdForm;
  readonly error: ApiError;
}

const isVersionConflict = ({ code, errors }: ApiError): boolean => code === 'conflict' && errors.length === 0;

export interface EditorParts {
  /** The threshold to change, as it was when the drawer opened and as it is now; undefined for a new one. */
  readonly threshold: ThresholdView | undefined;
  readonly prefill: Prefill;
  readonly onSaved: (saved: ThresholdView) => void;
}

/** State of the editor: what is typed, what is wrong with it, and how it is saved. */
export function useThresholdEditor({ threshold, prefill, onSaved }: EditorParts): ThresholdEditor {
  const [start, setStart] = useState<Start>(() => ({
    base: threshold,
    form: threshold === undefined ? prefilledForm(prefill) : formOf(threshold),
    theirChanges: [],
  }));
  const [form, dispatch] = useReducer(formReducer, start.form);
  const [touched, setTouched] = useState<ReadonlySet<FormField>>(new Set());
  const [attempted, setAttempted] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const read = readForm(form);
  const { base } = start;

  const save = useSave(base, { onSaved, onRefused: (error) => setRefusal({ form, error }) });
  const loadAgain = useAction((client, id: string) => client.call(getThreshold, { id }), [], {
    failed: t('thresholds.use-threshold-editor.the-threshold-could-not-be', 'The threshold could not be reloaded'),
  });

  return {
    form,
    dispatch,
    errors: shownErrors({ form, read, touched, attempted, refusal }),
    moveLevel: (level, value) => dispatch({ kind: 'field', change: { [level]: formatLevel(value, form.unit) } }),
    touch: (field) => setTouched((before) => (before.has(field) ? before : new Set([...before, field]))),
    draft: read.ok ? read.draft : undefined,
    isDirty: changedFields(start.form, form).length > 0,
    saving: save.isPending,
    save() {
      if (read.ok) {
        setRefusal(undefined);
        save.mutate({ ...read.draft, reason: form.reason.trim() });
      } else {
        setAttempted(true);
        const first = FIELD_ORDER.find((field) => read.errors[field] !== undefined);
        document.getElementById(inputId(first ?? 'service'))?.focus();
      }
    },
    problem: refusal === undefined || refusal.error.errors.length > 0 ? undefined : refusal.error,
    isOutdated:
      (refusal !== undefined && isVersionConflict(refusal.error)) ||
      (base !== undefined && threshold !== undefined && threshold.version > base.version && !save.isPending),
    loadAgain() {
      if (base === undefined) {
        return;
      }
      loadAgain.mutate(base.id, {
        onSuccess({ threshold: theirs }) {
          dispatch({
            kind: 'replace',
            form: mergeForms({ base: start.form, mine: form, theirs: formOf(theirs) }),
          });
          setStart({ base: theirs, form: formOf(theirs), theirChanges: diffSpecs(base, theirs) });
          setRefusal(undefined);
        },
      });
    },
    theirChanges: start.theirChanges,
  };
}

interface ErrorParts {
  readonly form: ThresholdForm;
  readonly read: ReturnType<typeof readForm>;
  readonly touched: ReadonlySet<FormField>;
  readonly attempted: boolean;
  readonly refusal: Refusal | undefined;
}

/** The engine's word on a field stands until the field is changed. */
function shownErrors({ form, read, touched, attempted, refusal }: ErrorParts): FieldErrors {
  const own = Object.entries(read.ok ? {} : read.errors).filter(
    ([field]) => attempted || touched.has(fieldOf(field, form))
  );
  const theirs = (refusal?.error.errors ?? [])
    .map(({ path, message }) => [fieldOf(path, form), message] as const)
    .filter(([field]) => refusal?.form[field] === form[field]);
  return Object.fromEntries([...theirs, ...own]);
}

type SavedInput = ThresholdInput & { readonly reason: string };

interface SaveParts {
  readonly onSaved: (saved: ThresholdView) => void;
  readonly onRefused: (error: ApiError) => void;
}

function useSave(base: ThresholdView | undefined, { onSaved, onRefused }: SaveParts) {
  const revert = useChange(revertThreshold, {
    failed: t('thresholds.use-threshold-editor.the-change-was-not-undone', 'The change was not undone'),
    done: ({ threshold }) =>
      t('thresholds.use-threshold-editor.is-as-it-was-before', '{{name}} is as it was before', {
        name: nameThreshold(threshold),
      }),
  });
  const send = (client: Client, input: SavedInput) =>
    base === undefined
      ? client.call(createThreshold, input)
      : client.call(updateThreshold, { ...input, id: base.id, version: base.version });
  return useAction(
    (client, input: SavedInput) =>
      send(client, input).catch((error: unknown) => {
        // At once, not when the list behind the drawer has been renewed.
        if (error instanceof ApiError) {
          onRefused(error);
        }
        throw error;
      }),
    ['thresholds'],
    {
      quiet: true,
      done({ threshold }) {
        onSaved(threshold);
        const message = describeChange(base ?? null, threshold);
        const undo = base && (() => revert.mutate({ id: base.id, version: base.version, reason: '' }));
        return undo === undefined ? message : { message, undo };
      },
    }
  );
}
