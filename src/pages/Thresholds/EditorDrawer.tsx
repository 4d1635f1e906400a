import { Drawer, Tab, TabsBar } from '@grafana/ui';
import { useState } from 'react';
import type { ServiceView } from '../../api/system.ts';
import type { ThresholdView } from '../../api/thresholds.ts';
import { useCan } from '../../host/useIdentity.ts';
import { t } from '../../i18n/t.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { DrawerTitle } from '../../ui/DrawerTitle.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { nameThreshold } from './describeThreshold.ts';
import { HistoryTab } from './HistoryTab.tsx';
import { ThresholdEditorForm } from './ThresholdEditorForm.tsx';
import { ThresholdFacts } from './ThresholdFacts.tsx';
import { useEditorTarget, type EditorTab, type EditorTarget } from './useEditorTarget.ts';

export interface EditorDrawerProps {
  /** Undefined until they are known. */
  readonly thresholds: readonly ThresholdView[] | undefined;
  readonly services: readonly ServiceView[];
}

/** The drawer that the address names, if it names one. */
export function EditorDrawer({ thresholds, services }: EditorDrawerProps) {
  const { target, close, showTab } = useEditorTarget();
  const [isDirty, setDirty] = useState(false);
  const [isAsking, setAsking] = useState(false);
  if (target === undefined) {
    return null;
  }
  const threshold = target.kind === 'edit' ? thresholds?.find(({ id }) => id === target.id) : undefined;
  const leave = () => {
    setDirty(false);
    close();
  };
  return (
    <>
      <Drawer
        title={<DrawerTitle title={titleOf(target, threshold)} />}
        size="lg"
        closeOnMaskClick={false}
        onClose={() => (isDirty ? setAsking(true) : leave())}
        tabs={target.kind === 'edit' && threshold && <EditorTabs current={target.tab} onChange={showTab} />}
      >
        <Content
          key={target.kind === 'edit' ? target.id : 'new'}
          {...{ target, threshold, services, onDirty: setDirty, onDone: leave }}
          isKnown={thresholds !== undefined}
        />
      </Drawer>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('thresholds.editor-drawer.leave-without-saving', 'Leave without saving?')}
        body={t(
          'thresholds.editor-drawer.what-you-typed-here-is',
          'What you typed here is not saved and would be lost.'
        )}
        action={t('thresholds.editor-drawer.discard', 'Discard')}
        onConfirm={leave}
        onClose={() => setAsking(false)}
      />
    </>
  );
}

function titleOf(target: EditorTarget, threshold: ThresholdView | undefined): string {
  if (target.kind === 'new') {
    return t('thresholds.editor-drawer.new-threshold', 'New threshold');
  }
  return threshold === undefined ? t('thresholds.editor-drawer.threshold', 'Threshold') : nameThreshold(threshold);
}

function EditorTabs({ current, onChange }: { current: EditorTab; onChange: (tab: EditorTab) => void }) {
  return (
    <TabsBar>
      <Tab
        label={t('thresholds.editor-drawer.threshold', 'Threshold')}
        active={current === 'threshold'}
        onChangeTab={() => onChange('threshold')}
      />
      <Tab
        label={t('thresholds.editor-drawer.history', 'History')}
        active={current === 'history'}
        onChangeTab={() => onChange('history')}
      />
    </TabsBar>
  );
}

interface ContentProps {
  readonly target: EditorTarget;
  readonly threshold: ThresholdView | undefined;
  readonly services: readonly ServiceView[];
  readonly isKnown: boolean;
  readonly onDirty: (isDirty: boolean) => void;
  readonly onDone: () => void;
}

function Content({ target, threshold, services, isKnown, onDirty, onDone }: ContentProps) {
  const canChange = useCan('admin');
  if (!isKnown) {
    return (
      <Skeleton
        label={t('thresholds.editor-drawer.loading-the-threshold', 'Loading the threshold')}
        height={48}
        rows={5}
      />
    );
  }
  if (target.kind === 'edit' && (threshold === undefined || target.tab === 'history')) {
    return <HistoryTab id={target.id} current={threshold} />;
  }
  if (!canChange) {
    return <ThresholdFacts threshold={threshold} />;
  }
  return (
    <ThresholdEditorForm
      threshold={threshold}
      prefill={target.kind === 'new' ? target.prefill : {}}
      services={services}
      onDirty={onDirty}
      onDone={onDone}
    />
  );
}
