import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Combobox, useStyles2 } from '@grafana/ui';
import { useId, useState } from 'react';
import { t } from '../../i18n/t.ts';
import { PHONE } from '../../ui/breakpoints.ts';
import { COMPARE_KINDS, FIELDS_OF, findErrors, type CompareForm, type CompareKind } from './compareForm.ts';
import { SideField } from './SideField.tsx';

const KIND_WORDS: Readonly<Record<CompareKind, { readonly label: string; readonly description: string }>> = {
  traces: {
    get label() {
      return t('compare.sides-form.traces', 'Traces by id');
    },
    get description() {
      return t('compare.sides-form.traces-what', 'One or several on each side');
    },
  },
  queries: {
    get label() {
      return t('compare.sides-form.queries', 'Two searches');
    },
    get description() {
      return t('compare.sides-form.queries-what', 'A query and a window for each side');
    },
  },
  time: {
    get label() {
      return t('compare.sides-form.time', 'Before and after a moment');
    },
    get description() {
      return t('compare.sides-form.time-what', 'A deploy, or the start of an alert');
    },
  },
  versions: {
    get label() {
      return t('compare.sides-form.versions', 'Two versions of a service');
    },
    get description() {
      return t('compare.sides-form.versions-what', 'By service.version');
    },
  },
  slow: {
    get label() {
      return t('compare.sides-form.slow', 'Slow and normal');
    },
    get description() {
      return t('compare.sides-form.slow-what', 'The slowest tenth of a search, and the others');
    },
  },
  selection: {
    get label() {
      return t('compare.sides-form.selection', 'A selection and the rest');
    },
    get description() {
      return t('compare.sides-form.selection-what', 'Some traces of a search, and the others');
    },
  },
};

export interface SidesFormProps {
  /** As the address has it. */
  readonly form: CompareForm;
  readonly isBusy: boolean;
  readonly onCompare: (form: CompareForm) => void;
}

/** Which traces are A and which are B. Nothing is asked until it is sent. */
export function SidesForm({ form: given, isBusy, onCompare }: SidesFormProps) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const [form, setForm] = useState(given);
  const [isTried, setTried] = useState(false);
  const errors = findErrors(form);
  const submit = (): void => {
    setTried(true);
    const [first] = FIELDS_OF[form.kind].filter((name) => errors[name] !== undefined);
    if (first === undefined) {
      onCompare(form);
    } else {
      document.getElementById(`${id}-${first}`)?.focus();
    }
  };
  // A selection comes from a search; here it can only be kept.
  const kinds = COMPARE_KINDS.filter((kind) => kind !== 'selection' || given.kind === 'selection');
  return (
    <form
      noValidate
      aria-label={t('compare.sides-form.what-to-compare', 'What to compare')}
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className={styles.kind}>
        <label htmlFor={`${id}-kind`}>{t('compare.sides-form.compare', 'Compare')}</label>
        <Combobox
          id={`${id}-kind`}
          options={kinds.map((value) => ({ value, ...KIND_WORDS[value] }))}
          value={form.kind}
          onChange={({ value }) => {
            setTried(false);
            setForm({ ...form, kind: value, ...(value === 'versions' || value === 'queries' ? { a: '', b: '' } : {}) });
          }}
        />
      </div>
      <div className={styles.fields}>
        {FIELDS_OF[form.kind].map((name) => (
          <SideField
            key={`${form.kind} ${name}`}
            id={`${id}-${name}`}
            name={name}
            form={form}
            error={isTried ? errors[name] : undefined}
            onChange={(change) => setForm((latest) => ({ ...latest, ...change }))}
          />
        ))}
      </div>
      <div className={styles.send}>
        <Button type="submit" icon="exchange-alt" disabled={isBusy}>
          {t('compare.sides-form.compare', 'Compare')}
        </Button>
      </div>
    </form>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  form: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
  kind: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    maxWidth: 400,
    '& label': { fontWeight: theme.typography.fontWeightMedium },
  }),
  fields: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(240px, 100%), 1fr))',
    gap: theme.spacing(2),
    alignItems: 'start',
  }),
  send: css({ [PHONE]: { '& > button': { width: '100%', justifyContent: 'center' } } }),
});
