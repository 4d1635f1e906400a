import { ThemeContext, createTheme } from '@grafana/data';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState, type ReactElement } from 'react';
import type { PharosApi } from '../query.ts';

/** The lists of comboboxes draw only rows that have a place, and jsdom gives none. */
export function giveElementsASize(): void {
  Element.prototype.getBoundingClientRect = () => DOMRect.fromRect({ width: 400, height: 400 });
  for (const side of ['clientHeight', 'clientWidth']) {
    Object.defineProperty(Element.prototype, side, { configurable: true, value: 400 });
  }
}

/** The data source as editors see it. */
export const fakeApi = (rest: Partial<Pick<PharosApi, 'findNames' | 'variableNames'>> = {}): PharosApi =>
  ({
    findNames: () => Promise.resolve([]),
    variableNames: () => [],
    ...rest,
    // Editors call nothing else of it.
  }) as unknown as PharosApi;

interface Held<T> {
  readonly value: T;
  readonly onChange: (value: T) => void;
}

function Holder<T>({ initial, log, children }: { initial: T; log: T[]; children: (held: Held<T>) => ReactElement }) {
  const [value, setValue] = useState(initial);
  return children({
    value,
    onChange(next) {
      log.push(next);
      setValue(next);
    },
  });
}

/** Renders an editor over a value that it may change, as Grafana does; `changes` are what it made of it, in order. */
export function renderEditor<T>(initial: T, editor: (held: Held<T>) => ReactElement) {
  const changes: T[] = [];
  const rendered = render(
    <ThemeContext.Provider value={createTheme()}>
      <Holder initial={initial} log={changes}>
        {editor}
      </Holder>
    </ThemeContext.Provider>
  );
  return { ...rendered, changes, user: userEvent.setup({ delay: null }) };
}
