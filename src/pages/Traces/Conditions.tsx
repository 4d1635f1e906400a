import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Combobox, Field, Input, useStyles2 } from '@grafana/ui';
import { useId, useState } from 'react';
import { listTraceAttributes, listTraceAttributeValues } from '../../api/traces.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { PHONE } from '../../ui/breakpoints.ts';
import { readCondition, writeName } from './attributeText.ts';

export interface ConditionsProps {
  readonly texts: readonly string[];
  readonly onChange: (texts: readonly string[]) => void;
}

const EXAMPLE = 'http.route=/orders';

/** Conditions on attributes, each as one reads it aloud, and a field for one more. */
export function Conditions({ texts, onChange }: ConditionsProps) {
  return (
    <>
      {texts.map((text) => (
        <Button
          key={text}
          variant="secondary"
          icon="times"
          aria-label={t('traces.conditions.remove-one', 'Remove the condition {{text}}', { text })}
          tooltip={t('traces.conditions.remove', 'Remove this condition')}
          onClick={() => onChange(texts.filter((one) => one !== text))}
        >
          {text}
        </Button>
      ))}
      <OneMore onAdd={(text) => onChange(texts.includes(text) ? texts : [...texts, text])} />
    </>
  );
}

function OneMore({ onAdd }: { readonly onAdd: (text: string) => void }) {
  const styles = useStyles2(getStyles);
  const { data } = useOperation(listTraceAttributes, {});
  const [text, setText] = useState('');
  const isWrong = text.trim() !== '' && readCondition(text) === undefined;
  const [touched, setTouched] = useState(false);
  const add = (): void => {
    setTouched(true);
    if (text.trim() !== '' && !isWrong) {
      onAdd(text.trim());
      setText('');
      setTouched(false);
    }
  };
  const names = (data?.items ?? []).flatMap(({ scope, key }) =>
    scope === 'intrinsic' ? [] : [{ value: writeName(scope, key), label: key, description: scope }]
  );
  const [chosen, setChosen] = useState('');
  const listId = useId();
  const values = useOperation(listTraceAttributeValues, { attribute: chosen, limit: 200 }, { enabled: chosen !== '' });
  return (
    <div className={styles.row}>
      <Combobox
        aria-label={t('traces.conditions.attribute', 'Attribute')}
        placeholder={t('traces.conditions.attribute', 'Attribute')}
        width="auto"
        minWidth={16}
        maxWidth={32}
        options={names}
        value={null}
        onChange={({ value }) => {
          setText(`${value}=`);
          setChosen(value);
        }}
      />
      <Field
        noMargin
        invalid={touched && isWrong}
        error={t('traces.conditions.enter', 'Enter an attribute, a comparison and a value: {{example}}', {
          example: EXAMPLE,
        })}
      >
        <Input
          aria-label={t('traces.conditions.condition', 'Condition')}
          placeholder={EXAMPLE}
          width={26}
          spellCheck={false}
          list={listId}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onBlur={() => setTouched(true)}
          onKeyDown={(event) => event.key === 'Enter' && add()}
        />
      </Field>
      <datalist id={listId}>
        {values.data?.items.map((value) => (
          <option key={value} value={`${chosen}=${value}`} />
        ))}
      </datalist>
      <Button
        variant="secondary"
        icon="plus"
        aria-label={t('traces.conditions.add', 'Add the condition')}
        disabled={text.trim() === ''}
        onClick={add}
      />
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({
    display: 'flex',
    gap: theme.spacing(0.5),
    [PHONE]: {
      flexWrap: 'wrap',
      '& > *': { flex: '1 1 0', minWidth: 0 },
      '& > :first-child': { flexBasis: '100%' },
      '& > button': { flex: 'none' },
    },
  }),
});
