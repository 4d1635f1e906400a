import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';

/**
 * Of the theme's palette, what is told apart on both themes. No red: red says that something failed.
 * A name here stands at the same place in both themes, so that a service keeps its hue.
 */
const HUES = [
  'blue',
  'orange',
  'purple',
  'green',
  '#70DBED',
  'semi-dark-yellow',
  '#D683CE',
  'dark-green',
  '#C15C17',
  'dark-blue',
  '#B7DBAB',
  'dark-purple',
  '#F9BA8F',
  'super-light-blue',
  '#2F575E',
  '#806EB7',
] as const;

/** What WCAG 2.2 (1.4.11) asks of graphics beside what is next to them. */
const LEAST_CONTRAST = 3;
const STEP = 0.04;
const MOST_STEPS = 40;

const known = new WeakMap<GrafanaTheme2, readonly string[]>();

/** The colour of a service: the same for a name everywhere, and seen on the theme's backgrounds. Hex. */
export function serviceColor(theme: GrafanaTheme2, service: string): string {
  const colors = known.get(theme) ?? makeColors(theme);
  known.set(theme, colors);
  return colors[hashOf(service) % colors.length] ?? theme.colors.text.secondary;
}

/** Black or white, whichever is read more easily on a colour: at least 4.5 to 1. */
export function inkOn(color: string): string {
  const onDark = colorManipulator.getContrastRatio('#ffffff', color);
  return onDark >= colorManipulator.getContrastRatio('#000000', color) ? '#ffffff' : '#000000';
}

const makeColors = (theme: GrafanaTheme2): readonly string[] =>
  HUES.map((name) => contrasting(theme, theme.visualization.getColorByName(name)));

function contrasting(theme: GrafanaTheme2, start: string): string {
  const { primary, secondary, canvas } = theme.colors.background;
  const shift = theme.isDark ? colorManipulator.lighten : colorManipulator.darken;
  let color = start;
  for (
    let step = 0;
    step < MOST_STEPS && contrastWith(color, [primary, secondary, canvas]) < LEAST_CONTRAST;
    step += 1
  ) {
    color = colorManipulator.asHexString(shift(color, STEP));
  }
  return color;
}

const contrastWith = (color: string, backgrounds: readonly string[]): number =>
  Math.min(...backgrounds.map((background) => colorManipulator.getContrastRatio(color, background)));

/** FNV-1a, 32 bits, with its bits mixed once more: names of services often differ in their last letter only. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
