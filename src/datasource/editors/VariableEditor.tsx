import type { QueryEditorProps } from '@grafana/data';
import { Combobox, Field, type ComboboxOption } from '@grafana/ui';
import { useState } from 'react';
import { t } from '../../i18n/t.ts';
import {
  NAME_KINDS,
  type NameKind,
  type PharosApi,
  type PharosOptions,
  type PharosQuery,
  type VariableQuery,
} from '../query.ts';
import { useNames } from './useNames.ts';

type Props = QueryEditorProps<PharosApi, PharosQuery, PharosOptions, VariableQuery>;
export type VariableEditorProps = Pick<Props, 'datasource' | 'query' | 'onChange'>;

const WORDS: Readonly<Record<NameKind, () => { readonly label: string; readonly description: string }>> = {
  services: () => ({
    label: t('datasource.variable-editor.services', 'Services'),
    description: t('datasource.variable-editor.services-found', 'Those found in the metrics'),
  }),
  owners: () => ({
    label: t('datasource.variable-editor.owners', 'Owners'),
    description: t('datasource.variable-editor.owners-named', 'Those that thresholds name'),
  }),
  severities: () => ({
    label: t('datasource.variable-editor.severities', 'Severities'),
    description: t('datasource.variable-editor.severities-all', 'From critical to info'),
  }),
  states: () => ({
    label: t('datasource.variable-editor.states', 'States'),
    description: t('datasource.variable-editor.states-counted', 'Those that alerts are counted by'),
  }),
  signals: () => ({
    label: t('datasource.variable-editor.signals', 'Signals'),
    description: t('datasource.variable-editor.signals-measured', 'What can be measured of a service'),
  }),
};
const SHOWN = 5;

/** What the variable lists, with the first of what it would list now. */
export function VariableEditor({ datasource, query, onChange }: VariableEditorProps) {
  // A provisioned variable may hold the bare kind.
  const kind = NAME_KINDS.find((candidate) => candidate === (typeof query === 'string' ? query : query.find));
  const { names, isLoading, error } = useNames(datasource, kind);
  const [options] = useState<Array<ComboboxOption<NameKind>>>(() =>
    NAME_KINDS.map((value) => ({ value, ...WORDS[value]() }))
  );
  return (
    <Field
      noMargin
      label={t('datasource.variable-editor.list', 'List')}
      description={isLoading ? undefined : nowSentence(names, error)}
    >
      <Combobox
        id="pharos-variable-find"
        width={32}
        placeholder={t('datasource.variable-editor.choose-what-to-list', 'Choose what to list')}
        options={options}
        value={kind ?? null}
        onChange={({ value }) => onChange({ refId: `pharos-${value}`, find: value })}
      />
    </Field>
  );
}

function nowSentence(names: ReadonlyArray<{ readonly text: string }>, error: string | undefined): string | undefined {
  if (error !== undefined) {
    return t('datasource.variable-editor.the-list-could-not-be', 'The list could not be loaded: {{error}}', { error });
  }
  const shown = names.slice(0, SHOWN).map(({ text }) => text);
  if (names.length === 0) {
    return t('datasource.variable-editor.there-are-none-now', 'There are none now.');
  }
  return names.length > SHOWN
    ? t('datasource.variable-editor.now-more', 'Currently {{names}} and {{more}} more.', {
        names: shown.join(', '),
        more: names.length - SHOWN,
      })
    : t('datasource.variable-editor.now', 'Currently {{names}}.', { names: shown.join(', ') });
}
