import { createTheme, ThemeContext } from '@grafana/data';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { AppSettingsPort } from '../../host/appSettings.ts';
import { AppConfig } from './AppConfig.tsx';

const PHAROS = { uid: 'pharos', name: 'Pharos', engineUrl: 'http://127.0.0.1:8686' };
const EAST = { uid: 'east', name: 'Pharos east', engineUrl: '' };

function show(rest: Partial<AppSettingsPort> = {}) {
  const port = {
    settings: { enabled: true, datasourceUid: 'pharos' },
    dataSources: () => [PHAROS, EAST],
    test: jest.fn(() => Promise.resolve({ message: 'The engine 0.1.0 answers as admin.' })),
    save: jest.fn(() => Promise.resolve()),
    addDataSource: jest.fn(() => Promise.resolve()),
    reload: jest.fn(),
    href: (path: string) => `/grafana${path}`,
    ...rest,
  };
  render(
    <ThemeContext.Provider value={createTheme()}>
      <AppConfig port={port} />
    </ThemeContext.Provider>
  );
  return { port, user: userEvent.setup({ delay: null }) };
}

/** By keyboard: without layout the list draws no options. */
const chooseTheOther = async (user: ReturnType<typeof userEvent.setup>) => {
  await user.click(screen.getByRole('combobox', { name: 'Data source' }));
  await user.keyboard('east{ArrowDown}{Enter}');
};

const section = () => screen.getByRole('region', { name: 'Connection to the engine' });

describe('AppConfig', () => {
  it('shows through which data source the engine is reached, where that is, and where the secret is found', () => {
    show();
    expect(screen.getByRole('combobox', { name: 'Data source' })).toHaveValue('Pharos');
    expect(section()).toHaveTextContent('Engine: http://127.0.0.1:8686');
    expect(screen.getByRole('link', { name: 'Edit the data source' })).toHaveAttribute(
      'href',
      '/grafana/connections/datasources/edit/pharos'
    );
    expect(screen.getByRole('region', { name: 'The relay secret' })).toHaveTextContent(/secrets\/relay_secret/);
    expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
  });

  it('saves another data source, and says when that counts', async () => {
    const { user, port } = show();
    await chooseTheOther(user);
    expect(section()).toHaveTextContent('The data source does not have the address of the engine yet.');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(port.save).toHaveBeenCalledWith({ enabled: true, datasourceUid: 'east' });
    const notice = await screen.findByText('It takes effect once the page is reloaded.', { exact: false });
    await user.click(within(notice).getByRole('button', { name: 'Reload' }));
    expect(port.reload).toHaveBeenCalledTimes(1);
  });

  it('says why nothing was saved, and lets one try again', async () => {
    const save = () => Promise.reject(new Error('Grafana refused with status 403: Access denied.'));
    const { user } = show({ save });
    await chooseTheOther(user);
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Grafana refused with status 403: Access denied.')).toBeInTheDocument();
    expect(screen.getByText('Nothing was saved')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Save' })).toBeEnabled();
  });

  it('tests the connection of the data source that is chosen', async () => {
    const { user, port } = show();
    await user.click(screen.getByRole('button', { name: 'Test the connection' }));
    expect(await screen.findByText('The engine 0.1.0 answers as admin.')).toBeInTheDocument();
    await chooseTheOther(user);
    expect(screen.queryByText('The engine 0.1.0 answers as admin.')).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Test the connection' }));
    expect(port.test).toHaveBeenLastCalledWith('east');
  });

  it('says what is wrong with the connection, and what to do', async () => {
    const problem = { message: 'The engine does not accept the signature of the relay.', code: 'relay_rejected' };
    const { user } = show({ test: () => Promise.resolve({ problem }) });
    await user.click(screen.getByRole('button', { name: 'Test the connection' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /^The connection does not workThe engine does not accept the signature of the relay\. An admin should compare the relay secret of the Pharos data source with that of the engine\.$/
    );
  });

  it('adds the data source when the one in use is not there, and says why Grafana did not', async () => {
    const addDataSource = jest.fn(() => Promise.reject(new Error('Grafana refused with status 409: Name in use.')));
    const { user } = show({ dataSources: () => [], addDataSource });
    expect(screen.getByText('Grafana has no Pharos data source with the uid "pharos".')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Add a Pharos data source' }));
    expect(addDataSource).toHaveBeenCalledWith('pharos');
    expect(await screen.findByText('Grafana refused with status 409: Name in use.')).toBeInTheDocument();
  });

  it('adds no data source before Grafana knows its type', () => {
    show({ dataSources: () => [], settings: { enabled: false, datasourceUid: 'pharos' } });
    expect(screen.getByRole('button', { name: 'Add a Pharos data source' })).toBeDisabled();
  });

  it('offers to enable the app where it is not', async () => {
    const { user, port } = show({ settings: { enabled: false, datasourceUid: 'pharos' } });
    expect(screen.getByText('Pharos is not enabled')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Enable' }));
    expect(port.save).toHaveBeenCalledWith({ enabled: true, datasourceUid: 'pharos' });
  });
});
