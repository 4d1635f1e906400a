import { render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { fakeEngine, testHost } from './fakeEngine.fixture.tsx';
import { GrafanaPageFrame } from './GrafanaPageFrame.tsx';
import { HostContext } from './HostContext.ts';

interface PluginPageProps {
  readonly pageNav?: { readonly text: string };
  readonly renderTitle?: (title: string) => ReactNode;
  readonly children: ReactNode;
}

/** Grafana's own, as far as it matters: its navigation calls the pages by the names of plugin.json. */
jest.mock('@grafana/runtime', () => ({
  PluginPage({ pageNav, renderTitle, children }: PluginPageProps) {
    const title = pageNav?.text ?? 'of the navigation';
    return (
      <>
        <nav>{pageNav?.text}</nav>
        {renderTitle?.(title) ?? <h1>{title}</h1>}
        {children}
      </>
    );
  },
}));

function open(at: string, title: string): void {
  const { host } = testHost(fakeEngine(), at);
  render(
    <HostContext.Provider value={host}>
      <GrafanaPageFrame title={title}>text</GrafanaPageFrame>
    </HostContext.Provider>
  );
}

it.each([
  ['leaves a page that Grafana knows to it', '/alerts', 'Alerts', { heading: 'of the navigation', step: '' }],
  ['heads it in its own language, without a step more', '/alerts', 'Alarme', { heading: 'Alarme', step: '' }],
  ['names the first page: its entry is the app', '/overview', 'Start', { heading: 'Start', step: 'Start' }],
  ['names a page that Grafana does not know', '/nowhere', 'Alerts', { heading: 'Alerts', step: 'Alerts' }],
] as const)('%s', (...[, at, title, { heading, step }]) => {
  open(at, title);
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent(heading);
  expect(screen.getByRole('navigation').textContent).toBe(step);
});
