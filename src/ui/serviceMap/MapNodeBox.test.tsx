import { render, screen } from '@testing-library/react';
import { MapNodeBox, type Detail } from './MapNodeBox.tsx';
import type { ShownNode } from './shownMap.ts';

const NODE: ShownNode = {
  ...{ id: 'a', kind: 'service', name: 'payments', namespace: '', gone: false, changes: [] },
  received: { calls: 900, failed: 36, rate: 3, errorRatio: 0.04, p95: 0.045 },
  health: { state: 'degraded', why: null },
  alerts: { info: 0, warning: 2, error: 0, critical: 0 },
};

const draw = (detail: Detail, node: ShownNode = NODE) => {
  render(
    <MapNodeBox
      {...{ node, detail, corner: { x: 0, y: 0 }, chosen: false, dimmed: false }}
      onChoose={() => undefined}
      onPoint={() => undefined}
      onReach={() => undefined}
    />
  );
  return screen.getByRole('button');
};

it.each<Detail>(['all', 'brief', 'name', 'dot'])(
  'says all of a node, however little of it is written (%s)',
  (detail) => {
    expect(draw(detail)).toHaveAccessibleName(/^payments ?,? Degraded ?,? 2 alerts,? 3\/s · 4 % · 45 ms ?, service$/);
  }
);

it('writes name, state and number of alerts where figures would be too small', () => {
  expect(draw('brief').textContent).toMatch(/^payments Degraded 2, 2 alerts, 3\/s/);
});

it('knows no state of users', () => {
  const user: ShownNode = { ...NODE, id: 'user:b', kind: 'user', name: 'b', received: null };
  expect(draw('brief', { ...user, alerts: { ...NODE.alerts, warning: 0 } })).toHaveAccessibleName('b , users');
});
