import { fine, warning, type Check, type Finding } from './check.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** Settings that are valid, but hardly meant. Invalid ones never come as far as here. */
export const checkConfiguration: Check = ({ settings }) => {
  const found: Finding[] = [];
  if (!LOOPBACK.has(settings.listen) && settings.publicUrl === null) {
    found.push(
      warning(
        `The engine listens on ${settings.listen}, but has no public address: links in notifications lead to 127.0.0.1.`,
        'Set PHAROS_PUBLIC_URL to the address that people use.'
      )
    );
  }
  if (settings.publicUrl?.startsWith('http:') === true && !LOOPBACK.has(new URL(settings.publicUrl).hostname)) {
    found.push(
      warning(
        `${settings.publicUrl} is not https: sessions and tokens cross the network in the clear.`,
        'Put a reverse proxy with TLS before the engine, and its address into PHAROS_PUBLIC_URL.'
      )
    );
  }
  return found.length > 0 ? found : [fine('All settings are known and valid.')];
};
