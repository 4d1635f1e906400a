import { colorManipulator, createTheme } from '@grafana/data';
import { inkOn, serviceColor } from './serviceColor.ts';

const NAMES = Array.from({ length: 500 }, (_, n) => `service-${n}`);
const dark = createTheme({ colors: { mode: 'dark' } });
const light = createTheme({ colors: { mode: 'light' } });

describe.each([
  ['dark', dark],
  ['light', light],
])('on the %s theme', (_, theme) => {
  const colors = [...new Set(NAMES.map((name) => serviceColor(theme, name)))];

  it('stands out from each background of the theme, 3 to 1 at least', () => {
    const { primary, secondary, canvas } = theme.colors.background;
    for (const color of colors) {
      for (const background of [primary, secondary, canvas]) {
        expect([color, colorManipulator.getContrastRatio(color, background) >= 3]).toEqual([color, true]);
      }
    }
  });

  it('carries text that is read, 4.5 to 1 at least', () => {
    for (const color of colors) {
      expect([color, colorManipulator.getContrastRatio(inkOn(color), color) >= 4.5]).toEqual([color, true]);
    }
  });

  it('uses all of many colours, and none much more often than others', () => {
    expect(colors).toHaveLength(16);
    const counts = colors.map((color) => NAMES.filter((name) => serviceColor(theme, name) === color).length);
    expect(Math.max(...counts)).toBeLessThan(60);
  });

  it('is none of the colours in which errors are written', () => {
    const { main, text } = theme.colors.error;
    expect(colors).not.toContain(main);
    expect(colors).not.toContain(text);
  });
});

it('depends on the name only', () => {
  const again = createTheme({ colors: { mode: 'dark' } });
  expect(NAMES.map((name) => serviceColor(dark, name))).toEqual(NAMES.map((name) => serviceColor(again, name)));
  expect(serviceColor(dark, 'checkout')).not.toBe(serviceColor(dark, 'payments'));
});

it('takes its hues from the palette of the theme', () => {
  const palette = light.visualization.palette.map((name) => light.visualization.getColorByName(name).toLowerCase());
  const unchanged = [...new Set(NAMES.map((name) => serviceColor(light, name).toLowerCase()))].filter((color) =>
    palette.includes(color)
  );
  expect(unchanged.length).toBeGreaterThan(6);
});
