import { Button, Text } from '@grafana/ui';
import { BottomBar } from '../../../ui/BottomBar.tsx';

export interface BulkActionsProps {
  readonly count: number;
  readonly acknowledge: () => void;
  readonly silence: () => void;
  readonly clear: () => void;
}

/** What can be done with the selected alerts; at the bottom edge of a phone. */
export function BulkActions({ count, acknowledge, silence, clear }: BulkActionsProps) {
  if (count === 0) {
    return null;
  }
  return (
    <BottomBar label="Selected alerts">
      <Button icon="check" onClick={acknowledge}>
        Acknowledge ({count})
      </Button>
      <Button icon="bell-slash" variant="secondary" onClick={silence}>
        Silence ({count})
      </Button>
      <Button variant="secondary" fill="text" onClick={clear}>
        <Text>Clear</Text>
      </Button>
    </BottomBar>
  );
}
