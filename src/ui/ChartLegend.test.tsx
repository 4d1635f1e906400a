import { createTheme } from '@grafana/data';
import { render, screen } from '@testing-library/react';
import { epochMs } from '../core/units.ts';
import { chartFrames } from './chartFrames.ts';
import { ChartLegend } from './ChartLegend.tsx';

it('names each line beside its colour, as words and not as buttons', () => {
  const times = [epochMs(0), epochMs(1000)];
  const series = ['cart', 'checkout'].map((service) => ({ labels: { service, job: 'shop' }, times, values: [1, 2] }));
  const asked = { title: 'CPU', unit: 'none', series, from: epochMs(0), to: epochMs(1000) } as const;
  render(<ChartLegend frames={chartFrames(asked, createTheme(), 'utc')} />);
  const items = screen.getAllByRole('listitem');
  expect(items.map((item) => item.textContent)).toEqual(['cart', 'checkout']);
  const colours = items.map((item) => item.querySelector('span')?.style.background ?? '');
  expect(new Set(colours.filter(Boolean)).size).toBe(2);
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
});
