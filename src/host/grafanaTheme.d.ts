import '@grafana/data';

/**
 * Grafana derives these types from a zod schema with `Required`, which under `exactOptionalPropertyTypes` keeps `undefined` in them.
 * The values are always there: `createColors` fills each one.
 */
declare module '@grafana/data' {
  interface ThemeColors {
    mode: 'dark' | 'light';
    text: { primary: string; secondary: string; disabled: string; link: string; maxContrast: string };
    background: { canvas: string; page: string; primary: string; secondary: string; elevated: string };
    border: { weak: string; medium: string; strong: string };
    gradients: { brandVertical: string; brandHorizontal: string };
    action: {
      selected: string;
      selectedBorder: string;
      hover: string;
      hoverOpacity: number;
      focus: string;
      disabledBackground: string;
      disabledText: string;
      disabledOpacity: number;
    };
  }
}
