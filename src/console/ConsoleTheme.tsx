import { createTheme, ThemeContext } from '@grafana/data';
import { GlobalStyles } from '@grafana/ui';
import { createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import { onSystemChange, readPreference, resolveMode, writePreference, type ThemeChoice } from './themePreference.ts';

interface ThemeSwitch {
  readonly choice: ThemeChoice;
  readonly choose: (choice: ThemeChoice) => void;
}

const SwitchContext = createContext<ThemeSwitch | undefined>(undefined);

/** The theme that was chosen, and the way to choose another. */
export function useThemeSwitch(): ThemeSwitch {
  const value = useContext(SwitchContext);
  if (value === undefined) {
    throw new Error('useThemeSwitch: expected a ConsoleTheme around this component');
  }
  return value;
}

/** Fonts of the system: Grafana's own monospace font is not among its packages. */
const MONOSPACE = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace';

/** Grafana's theme and global styles, dark or light. */
export function ConsoleTheme({ children }: { children: ReactNode }) {
  const [choice, setChoice] = useState(readPreference);
  const mode = useSyncExternalStore(onSystemChange, () => resolveMode(choice));
  useEffect(() => {
    document.documentElement.dataset['theme'] = mode;
  }, [mode]);
  const theme = useMemo(
    () => createTheme({ colors: { mode }, typography: { fontFamilyMonospace: MONOSPACE } }),
    [mode]
  );
  const themeSwitch = useMemo(
    () => ({
      choice,
      choose(next: ThemeChoice) {
        writePreference(next);
        setChoice(next);
      },
    }),
    [choice]
  );
  return (
    <ThemeContext.Provider value={theme}>
      <SwitchContext.Provider value={themeSwitch}>
        <GlobalStyles />
        {children}
      </SwitchContext.Provider>
    </ThemeContext.Provider>
  );
}
