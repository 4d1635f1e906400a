import { screen } from '@testing-library/react';
import { engineUrlProblem } from '../engineUrl.ts';
import { ConfigEditor, type ConfigEditorProps } from './ConfigEditor.tsx';
import { renderEditor } from './editors.fixture.tsx';

type Options = ConfigEditorProps['options'];

/** Only what the editor reads of the settings. */
const settings = (rest: Partial<Options> = {}): Options =>
  ({ url: '', readOnly: false, jsonData: {}, secureJsonFields: {}, ...rest }) as Options;

const open = (rest: Partial<Options> = {}) =>
  renderEditor(settings(rest), ({ value, onChange }) => <ConfigEditor options={value} onOptionsChange={onChange} />);

const address = () => screen.getByRole('textbox', { name: /Address of the engine/ });
const secret = () => screen.getByLabelText(/Relay secret/);

it('takes the address of the engine, and says what is wrong with it once it is left', async () => {
  const { user, changes } = open();
  await user.type(address(), 'engine:8686');
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  await user.tab();
  expect(await screen.findByText('The address must begin with http:// or https://.')).toBeInTheDocument();
  await user.clear(address());
  await user.type(address(), ' http://engine:8686 ');
  expect(changes.at(-1)?.jsonData).toEqual({ engineUrl: 'http://engine:8686' });
  expect(screen.queryByText('The address must begin with http:// or https://.')).not.toBeInTheDocument();
});

it('sends a secret once, never shows it, and lets it be replaced', async () => {
  const { user, changes } = open({ secureJsonFields: { relaySecret: true } });
  expect(secret()).toBeDisabled();
  expect(secret()).toHaveValue('configured');
  expect(screen.getByText(/first start in DATA_DIR\/secrets\/relay_secret/)).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Reset' }));
  expect(changes.at(-1)).toMatchObject({
    secureJsonFields: { relaySecret: false },
    secureJsonData: { relaySecret: '' },
  });
  expect(secret()).toHaveAttribute('type', 'password');
  await user.type(secret(), 'tooshort');
  expect(screen.getByText('A relay secret has at least 32 characters; this one has 8.')).toBeInTheDocument();
  await user.clear(secret());
  await user.click(secret());
  await user.paste('0123456789abcdef0123456789abcdef\n');
  expect(changes.at(-1)?.secureJsonData).toEqual({ relaySecret: '0123456789abcdef0123456789abcdef' });
  expect(screen.queryByText(/A relay secret has at least/)).not.toBeInTheDocument();
});

it('warns of a URL, through which viewers would reach the engine past the relay, and removes it', async () => {
  const { user, changes } = open({ url: 'http://127.0.0.1:8686' });
  expect(screen.getByText('This data source has a URL, which it must not have')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Remove the URL' }));
  expect(changes).toEqual([settings({ url: '' })]);
  expect(screen.queryByText(/has a URL/)).not.toBeInTheDocument();
});

it('changes nothing that is provisioned', () => {
  open({ readOnly: true, url: 'http://x', jsonData: { engineUrl: 'http://engine:8686' } });
  expect(address()).toBeDisabled();
  expect(address()).toHaveValue('http://engine:8686');
  expect(secret()).toBeDisabled();
  expect(screen.queryByRole('button', { name: 'Remove the URL' })).not.toBeInTheDocument();
  expect(screen.getByText('This data source is provisioned: change its file, not this page.')).toBeInTheDocument();
});

it.each([
  ['http://127.0.0.1:8686', undefined],
  ['https://pharos.example.com/', undefined],
  ['', 'Enter the address of the engine as Grafana reaches it, such as http://127.0.0.1:8686.'],
  ['engine', '“engine” is not a valid address: enter one such as http://127.0.0.1:8686.'],
  ['file:///etc/passwd', 'The address must begin with http:// or https://.'],
  [
    'http://ada:secret@engine',
    'Leave user and password out: viewers can read this address, and the relay signs what it sends.',
  ],
  ['http://engine/?a=1', 'Enter scheme, host and port only: no path, no ? and no #.'],
  ['http://engine/pharos', 'Enter scheme, host and port only: no path, no ? and no #.'],
])('judges the address %s', (text, problem) => {
  expect(engineUrlProblem(text)).toBe(problem);
});
