import { t } from '../i18n/t.ts';
/** What is wrong with the engine's address, as a sentence; undefined when nothing is. */
export function engineUrlProblem(text: string): string | undefined {
  const address = text.trim();
  if (address === '') {
    return t(
      'datasource.engine-url.enter-the-address-of-the',
      'Enter the address of the engine as Grafana reaches it, such as http://127.0.0.1:8686.'
    );
  }
  if (!URL.canParse(address)) {
    return t(
      'datasource.engine-url.is-no-address-enter-one',
      '“{{address}}” is not a valid address: enter one such as http://127.0.0.1:8686.',
      { address }
    );
  }
  const { protocol, username, password, pathname, search, hash } = new URL(address);
  if (protocol !== 'http:' && protocol !== 'https:') {
    return t('datasource.engine-url.the-address-begins-with-http', 'The address must begin with http:// or https://.');
  }
  if (username !== '' || password !== '') {
    return t(
      'datasource.engine-url.leave-user-and-password-out',
      'Leave user and password out: viewers can read this address, and the relay signs what it sends.'
    );
  }
  return pathname !== '/' || search !== '' || hash !== ''
    ? t('datasource.engine-url.leave-out-what-follows-the', 'Enter scheme, host and port only: no path, no ? and no #.')
    : undefined;
}
