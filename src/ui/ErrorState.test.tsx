import { createTheme, ThemeContext } from '@grafana/data';
import { render, screen } from '@testing-library/react';
import { ErrorState } from './ErrorState.tsx';

const said = (code: string, message: string) => {
  render(
    <ThemeContext.Provider value={createTheme()}>
      <ErrorState what="The alerts could not be loaded" error={{ code, message }} />
    </ThemeContext.Provider>
  );
  return screen.getByRole('alert').textContent;
};

describe('ErrorState', () => {
  it.each([
    [
      'engine_unreachable',
      'The engine at http://10.0.0.5:8686 does not answer.',
      'Nothing was lost. An admin should check that the engine is running and that the Pharos data source has its address. This page tries again automatically.',
    ],
    [
      'relay_rejected',
      'The engine did not accept the signature.',
      'Nothing was lost. An admin should compare the relay secret of the Pharos data source with that of the engine. This page tries again automatically.',
    ],
    [
      'datasource_missing',
      'Grafana has no data source with the uid "pharos".',
      'Nothing was lost. An admin should add a data source of type Pharos, or choose another one in the configuration of the Pharos app. This page tries again automatically.',
    ],
    ['forbidden', 'This needs the role admin.', 'Nothing was lost. Ask an admin for a role that may do this.'],
    ['signed_out', 'Your Grafana session has ended.', 'Nothing was lost. Reload the page to sign in.'],
  ])('says of %s what failed, and what to do', (code, message, rest) => {
    expect(said(code, message)).toBe(`The alerts could not be loaded${message} ${rest}`);
  });
});
