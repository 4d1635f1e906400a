import { render, screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { getSystemStatus } from '../api/system.ts';
import { systemStatus } from '../api/systemStatus.fixture.ts';
import { fakeEngine, testHost } from './fakeEngine.fixture.tsx';
import { GrafanaPageFrame } from './GrafanaPageFrame.tsx';
import { HostProvider } from './HostProvider.tsx';

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

function open(at: string, title: string, versions: { pages?: string; engine?: string } = {}) {
  const engine = fakeEngine().on(getSystemStatus, () => systemStatus({ version: versions.engine ?? '' }));
  const { host } = testHost(engine, at);
  render(
    <HostProvider host={{ ...host, version: versions.pages }}>
      <GrafanaPageFrame title={title}>text</GrafanaPageFrame>
    </HostProvider>
  );
  return engine;
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

it('says on every page that plugin and engine are of different versions', async () => {
  open('/alerts', 'Alerts', { pages: '0.1.0', engine: '0.2.3' });
  expect(
    await screen.findByText('The Pharos plugin is version 0.1.0, but the engine is version 0.2.3')
  ).toBeInTheDocument();
  expect(screen.getByText(/install the plugin version that matches the engine/)).toBeInTheDocument();
});

it.each([
  ['a patch apart', '0.1.0', 1],
  ['that was not built', '%VERSION%', 0],
] as const)('says nothing of a plugin %s', async (_, pages, asked) => {
  const engine = open('/alerts', 'Alerts', { pages, engine: '0.1.7' });
  await waitFor(() => expect(engine.calls(getSystemStatus)).toHaveLength(asked));
  expect(screen.queryByText(/The Pharos plugin is version/)).not.toBeInTheDocument();
});
