import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, Button, Stack, useStyles2 } from '@grafana/ui';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ServiceView } from '../../api/system.ts';
import type { ThresholdView } from '../../api/thresholds.ts';
import { t } from '../../i18n/t.ts';
import { PHONE } from '../../ui/breakpoints.ts';
import { DeleteThreshold } from './DeleteThreshold.tsx';
import { fieldName } from './describeThreshold.ts';
import { FormFields } from './FormFields.tsx';
import { PreviewPanel } from './PreviewPanel.tsx';
import type { FormField, Prefill, ThresholdForm } from './thresholdForm.ts';
import { inputId, useThresholdEditor, type ThresholdEditor } from './useThresholdEditor.ts';

export interface ThresholdEditorFormProps {
  readonly threshold: ThresholdView | undefined;
  readonly prefill: Prefill;
  readonly services: readonly ServiceView[];
  readonly onDirty: (isDirty: boolean) => void;
  readonly onDone: () => void;
}

/** The form with what it would have done beside it. */
export function ThresholdEditorForm(props: ThresholdEditorFormProps) {
  const { threshold, services, onDirty, onDone } = props;
  const styles = useStyles2(getStyles);
  const editor = useThresholdEditor({ threshold, prefill: props.prefill, onSaved: onDone });
  const { isDirty } = editor;
  useEffect(() => onDirty(isDirty), [isDirty, onDirty]);
  useFirstFocus(editor.form);
  const [preview, setPreview] = useState(editor.draft);
  if (editor.draft !== undefined && JSON.stringify(editor.draft) !== JSON.stringify(preview)) {
    setPreview(editor.draft);
  }
  return (
    <form
      noValidate
      aria-label={t('thresholds.threshold-editor-form.threshold', 'Threshold')}
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        editor.save();
      }}
    >
      <div className={styles.columns}>
        <div className={styles.fields}>
          <Notices editor={editor} threshold={threshold} />
          <FormFields editor={editor} services={services} />
        </div>
        <div className={styles.preview}>
          <PreviewPanel
            form={editor.form}
            draft={preview}
            isCurrent={editor.draft !== undefined}
            onMove={editor.moveLevel}
          />
        </div>
      </div>
      <div className={styles.actions}>
        <Button type="submit" disabled={editor.saving} {...(editor.saving ? { icon: 'spinner' as const } : {})}>
          {threshold === undefined
            ? t('thresholds.threshold-editor-form.add-threshold', 'Add threshold')
            : t('thresholds.threshold-editor-form.save-changes', 'Save changes')}
        </Button>
        {threshold !== undefined && <DeleteThreshold threshold={threshold} onDeleted={onDone} />}
      </div>
    </form>
  );
}

/** Where typing begins; not on a phone, whose keyboard would hide the form. Before the drawer gives the focus to its close button. */
function useFirstFocus({ service, signal }: ThresholdForm): void {
  const first = useRef<FormField>(service === '' ? 'service' : signal === '' ? 'signal' : 'warning');
  useLayoutEffect(() => {
    if (!window.matchMedia(PHONE.replace('@media ', '')).matches) {
      document.getElementById(inputId(first.current))?.focus();
    }
  }, []);
}

function Notices({ editor, threshold }: { editor: ThresholdEditor; threshold: ThresholdView | undefined }) {
  const { isOutdated, loadAgain, theirChanges, problem } = editor;
  if (isOutdated) {
    return (
      <Alert
        severity="warning"
        title={
          threshold === undefined
            ? t(
                'thresholds.threshold-editor-form.changed-by-somebody',
                'Somebody changed this threshold after you opened it'
              )
            : t('thresholds.threshold-editor-form.changed-by', '{{by}} changed this threshold after you opened it', {
                by: threshold.updatedBy,
              })
        }
      >
        <Stack direction="column" gap={1} alignItems="flex-start">
          <span>
            {t(
              'thresholds.threshold-editor-form.nothing-of-yours-was-saved',
              'Your edits were neither saved nor lost. Reload to see what changed; the fields you edited stay as they are.'
            )}
          </span>
          <Button variant="secondary" icon="sync" onClick={loadAgain}>
            {t('thresholds.threshold-editor-form.load-again-keep-my-text', 'Reload and keep my edits')}
          </Button>
        </Stack>
      </Alert>
    );
  }
  if (problem !== undefined) {
    return (
      <Alert
        severity="error"
        title={t('thresholds.threshold-editor-form.the-threshold-was-not-saved', 'The threshold was not saved')}
      >
        {t('thresholds.threshold-editor-form.what-you-typed-is-still', '{{message}} What you typed is still here.', {
          message: problem.message,
        })}
      </Alert>
    );
  }
  if (theirChanges.length > 0) {
    return (
      <Alert severity="info" title={t('thresholds.threshold-editor-form.loaded-again', 'Reloaded')}>
        {t(
          'thresholds.threshold-editor-form.meanwhile',
          'Meanwhile changed by {{by}}: {{changes}}. The fields you edited are as you left them.',
          {
            by: threshold?.updatedBy ?? t('thresholds.threshold-editor-form.somebody', 'somebody'),
            changes: theirChanges
              .map(({ field, before, after }) => `${fieldName(field)} ${before} → ${after}`)
              .join(', '),
          }
        )}
      </Alert>
    );
  }
  return null;
}

const getStyles = (theme: GrafanaTheme2) => ({
  form: css({ display: 'flex', flexDirection: 'column', minHeight: '100%' }),
  columns: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(3), flex: 1 }),
  fields: css({ flex: '1 1 340px', minWidth: 0, display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
  preview: css({ flex: '1.2 1 380px', minWidth: 0, [PHONE]: { flexBasis: '100%' } }),
  actions: css({
    position: 'sticky',
    bottom: 0,
    zIndex: 1,
    display: 'flex',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
    padding: theme.spacing(1.5, 0),
    marginTop: theme.spacing(2),
    background: theme.colors.background.primary,
    borderTop: `1px solid ${theme.colors.border.weak}`,
    [PHONE]: { '& > button:first-of-type': { flex: 1, justifyContent: 'center' } },
  }),
});
