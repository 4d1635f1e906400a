import { Button } from '@grafana/ui';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useEditorTarget } from './useEditorTarget.ts';

/** What this page is for, with the first thing to do and an example. */
export function NoThresholds({ canChange }: { canChange: boolean }) {
  const { open } = useEditorTarget();
  return (
    <EmptyState
      icon="sliders-v-alt"
      title="Say when a service is in trouble"
      action={
        canChange && (
          <Button icon="plus" onClick={() => open({ kind: 'new', service: '*', signal: 'latency_p95' })}>
            Add a first threshold
          </Button>
        )
      }
    >
      A threshold watches one signal, such as p95 latency or the share of errors, and raises an alert when it stays
      beyond a warning or a critical level. One for * holds for every service; a service may have its own. Example: p95
      latency of checkout above 300 ms is a warning, above 800 ms critical, when it lasts 10 s.
      {!canChange && ' An admin can add thresholds.'}
    </EmptyState>
  );
}
