import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useEffect } from 'react';
import { previewThreshold, updateThreshold } from '../../api/thresholds.ts';
import type { Role } from '../../core/identity.ts';
import { renderPage } from '../../host/fakeEngine.fixture.tsx';
import type { PlotArea } from '../../ui/LevelHandles.tsx';
import { thresholdView } from './threshold.fixture.ts';
import { engineWith } from './thresholdEngine.fixture.ts';
import { Thresholds } from './Thresholds.tsx';

jest.setTimeout(20_000);

interface FakeChartProps {
  readonly levels?: { readonly warning: number | null; readonly critical: number | null };
  readonly onArea?: (area: PlotArea) => void;
}

// It draws on a canvas, of which there is none here; what it is given is what matters.
jest.mock('../../ui/TimeSeriesChart.tsx', () => ({
  TimeSeriesChart({ levels, onArea }: FakeChartProps) {
    useEffect(() => onArea?.({ left: 0, top: 0, width: 300, height: 100, min: 0, max: 1 }));
    return <p>scale for {JSON.stringify(levels)}</p>;
  },
}));

beforeEach(() => {
  jest.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 300, 100));
});
afterEach(() => {
  jest.restoreAllMocks();
});

const open = (role: Role = 'admin') => {
  const world = engineWith([thresholdView()], role);
  const page = renderPage(
    <div className="main-view">
      <Thresholds />
    </div>,
    { engine: world.engine, at: '/thresholds?edit=t1' }
  );
  return { ...world, ...page, user: userEvent.setup({ delay: null }) };
};

/** The chart's code is loaded when it is first needed. */
const slider = (name: string) => screen.findByRole('slider', { name }, { timeout: 5000 });

it('writes what is moved into the field, asks what it would have done, and saves it', async () => {
  const { user, engine } = open();
  (await slider('Critical level')).focus();
  await user.keyboard('{PageUp}');
  expect(screen.getByLabelText('Critical')).toHaveValue('900 ms');
  await waitFor(() => expect(engine.calls(previewThreshold).at(-1)).toMatchObject({ warning: 0.3, critical: 0.9 }));
  await user.click(screen.getByRole('button', { name: 'Save changes' }));
  expect(await screen.findByText('checkout p95 latency: critical 800 ms → 900 ms')).toBeInTheDocument();
  expect(engine.calls(updateThreshold)[0]).toMatchObject({ critical: 0.9 });
});

it('follows the field, also while the rest of the form is not complete', async () => {
  const { user } = open();
  await slider('Warning level');
  const field = screen.getByLabelText('Warning');
  await user.clear(field);
  await user.type(field, '0.45');
  expect(await slider('Warning level')).toHaveAttribute('aria-valuetext', '450 ms');
  const hold = screen.getByRole('textbox', { name: /^For/ });
  await user.clear(hold);
  await user.type(hold, 'soon');
  (await slider('Warning level')).focus();
  await user.keyboard('{ArrowUp}');
  expect(field).toHaveValue('460 ms');
  expect(await slider('Warning level')).toHaveAttribute('aria-valuenow', '0.46');
});

it('keeps its place while the field cannot be read, and goes when it is emptied', async () => {
  const { user } = open();
  await slider('Warning level');
  const field = screen.getByLabelText('Warning');
  await user.type(field, 'x');
  expect(await slider('Warning level')).toHaveAttribute('aria-valuetext', '300 ms');
  await user.clear(field);
  await waitFor(() => expect(screen.queryByRole('slider', { name: 'Warning level' })).not.toBeInTheDocument());
});

it('lets the scale stand still while a handle is dragged', async () => {
  open();
  const critical = await slider('Critical level');
  const pointer = (kind: string, y: number) =>
    fireEvent(
      critical,
      Object.assign(new MouseEvent(`pointer${kind}`, { bubbles: true, clientY: y }), { pointerId: 1 })
    );
  pointer('down', 20);
  pointer('move', 10);
  expect(screen.getByLabelText('Critical')).toHaveValue('900 ms');
  expect(screen.getByText('scale for {"warning":0.3,"critical":0.8}')).toBeInTheDocument();
  pointer('up', 10);
  expect(screen.getByText('scale for {"warning":0.3,"critical":0.9}')).toBeInTheDocument();
});

it('is not there for those who may not change it', async () => {
  open('viewer');
  expect(await screen.findByText(/^scale for/)).toBeInTheDocument();
  expect(screen.queryByRole('slider')).not.toBeInTheDocument();
});
