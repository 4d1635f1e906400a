import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import { useState, type DragEvent, type ReactNode } from 'react';
import { t } from '../../i18n/t.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import type { FileOpening } from './useOpenFile.ts';

export interface FileDropProps {
  readonly opening: FileOpening;
  readonly children: ReactNode;
}

const hasFile = ({ dataTransfer }: DragEvent): boolean => Array.from(dataTransfer.types).includes('Files');

/** A page onto which a file with a trace can be dropped. */
export function FileDrop({ opening, children }: FileDropProps) {
  const styles = useStyles2(getStyles);
  const [isOver, setIsOver] = useState(false);
  const { reading, problem } = opening;

  function onDragOver(event: DragEvent): void {
    if (hasFile(event)) {
      event.preventDefault();
      setIsOver(true);
    }
  }

  function onDrop(event: DragEvent): void {
    setIsOver(false);
    const file = event.dataTransfer.files[0];
    if (file !== undefined) {
      event.preventDefault();
      opening.open(file);
    }
  }

  function onDragLeave({ currentTarget, relatedTarget }: DragEvent): void {
    if (!(relatedTarget instanceof Node) || !currentTarget.contains(relatedTarget)) {
      setIsOver(false);
    }
  }

  return (
    <div
      className={cx(styles.zone, isOver && styles.over)}
      data-testid="trace-drop"
      onDragOver={onDragOver}
      onDragLeave={onDragLeave}
      onDrop={onDrop}
    >
      {reading !== undefined && (
        <div className={styles.reading} role="status">
          <span>
            {reading.progress.stage === 'reading'
              ? t('trace.file-drop.reading', 'Reading {{name}}: {{percent}} %', {
                  name: reading.name,
                  percent: Math.round(reading.progress.share * 100),
                })
              : t('trace.file-drop.making', 'Building the trace from {{name}}', { name: reading.name })}
          </span>
          <Button size="sm" variant="secondary" onClick={opening.cancel}>
            {t('trace.file-drop.cancel', 'Cancel')}
          </Button>
        </div>
      )}
      {problem !== undefined && (
        <ErrorState
          what={t('trace.file-drop.not-read', '{{name}} could not be read', { name: problem.name })}
          error={{ message: problem.message }}
          lost={t('trace.file-drop.still-there', 'What was shown before is still there.')}
          isFinal
        />
      )}
      {children}
      {isOver && <div className={styles.hint}>{t('trace.file-drop.drop', 'Drop the file to open its trace')}</div>}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  zone: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1.5),
    position: 'relative',
    minHeight: '60dvh',
    minWidth: 0,
  }),
  over: css({ outline: `2px dashed ${theme.colors.primary.main}`, outlineOffset: 4 }),
  reading: css({ display: 'flex', gap: theme.spacing(1), alignItems: 'center' }),
  hint: css({
    position: 'absolute',
    inset: 0,
    display: 'grid',
    placeItems: 'center',
    background: theme.colors.background.primary,
    opacity: 0.9,
    fontSize: theme.typography.h4.fontSize,
    pointerEvents: 'none',
  }),
});
