import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Input, useStyles2 } from '@grafana/ui';
import { useState, type SyntheticEvent } from 'react';
import { useCan } from '../../../host/useIdentity.ts';
import { useAlertActs } from '../../../host/useAlertActs.ts';
import { t } from '../../../i18n/t.ts';

const LONGEST = 4000;

/** A word for those who come later. */
export function CommentBox({ alertId }: { alertId: string }) {
  const styles = useStyles2(getStyles);
  const mayAct = useCan('editor');
  const { comment } = useAlertActs();
  const [text, setText] = useState('');
  if (!mayAct) {
    return null;
  }
  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    if (text.trim() !== '') {
      comment.mutate({ id: alertId, comment: text.trim() }, { onSuccess: () => setText('') });
    }
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <Input
        aria-label={t('alerts.comment-box.comment', 'Comment')}
        placeholder={t('alerts.comment-box.add-a-comment', 'Add a comment')}
        maxLength={LONGEST}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="secondary" disabled={text.trim() === '' || comment.isPending}>
        {t('alerts.comment-box.comment', 'Comment')}
      </Button>
    </form>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  form: css({ display: 'flex', gap: theme.spacing(1), marginTop: theme.spacing(1) }),
});
