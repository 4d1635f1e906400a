import { FilterInput } from '@grafana/ui';
import { useEffect, useState, type KeyboardEvent, type RefObject } from 'react';
import { t } from '../../i18n/t.ts';
import { useSettled } from '../useSettled.ts';

export interface SpanFilterFieldProps {
  /** As `parseSpanFilter` reads it. */
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  readonly search?: RefObject<HTMLInputElement | null>;
  /** Enter goes to the next match, with Shift to the one before. */
  readonly onMatch?: (by: 1 | -1) => void;
}

const EXAMPLE = 'service:checkout http.status_code>=500 duration>100ms';
const TYPED_AFTER_MS = 150;

/** Types at once; the rows follow when the typing rests. */
export function SpanFilterField({ filter, onFilter, search, onMatch }: SpanFilterFieldProps) {
  const [text, setText] = useState(filter);
  const [seen, setSeen] = useState(filter);
  const settled = useSettled(text, TYPED_AFTER_MS);
  if (filter !== seen) {
    setSeen(filter);
    // It was changed elsewhere: Back, a link, or "Filter by this". What is being typed may end on a space still.
    if (filter !== text.trim()) {
      setText(filter);
    }
  }
  useEffect(() => {
    onFilter(settled.trim());
    // Only what was typed goes out; a change from outside must not be written back.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled]);

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key === 'Enter') {
      event.preventDefault();
      onMatch?.(event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape') {
      event.currentTarget.blur();
    }
  }

  return (
    <FilterInput
      ref={search ?? null}
      aria-label={t('ui.span-filter-field.filter', 'Filter spans')}
      placeholder={EXAMPLE}
      escapeRegex={false}
      value={text}
      onChange={setText}
      onKeyDown={onKeyDown}
    />
  );
}
