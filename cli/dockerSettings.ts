import type { Io } from './io.ts';

/** Of the command line client, which runs outside of containers. */
const CLIENT_SETTINGS = new Set(['PHAROS_URL', 'PHAROS_TOKEN']);

/** Addresses for browsers, which run on this machine. */
const BROWSER_ADDRESSES = new Set(['PHAROS_PUBLIC_URL', 'PHAROS_GRAFANA_PUBLIC_URL']);

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Which settings of the environment do nothing in Docker, or not what they say, as sentences for a person.
 *
 * @param taken the variables that the Compose file takes from the environment
 */
export function describeDockerSettings(environment: Io['environment'], taken: ReadonlySet<string>): readonly string[] {
  const given = Object.entries(environment).filter(([name, value]) => name.startsWith('PHAROS_') && value);
  const ignored = given.map(([name]) => name).filter((name) => !taken.has(name) && !CLIENT_SETTINGS.has(name));
  const inward = given.flatMap(([name, value = '']) => {
    const host = !taken.has(name) || BROWSER_ADDRESSES.has(name) ? '' : hostOf(value);
    return LOOPBACK.test(host)
      ? [
          `${name} leads to ${host}, which in a container is the container itself: expected an address that containers reach; or start with --native.`,
        ]
      : [];
  });
  return [
    ...(ignored.length === 0
      ? []
      : [`Not used in Docker: ${ignored.toSorted().join(', ')}. Start with --native to use what is set.`]),
    ...inward,
  ];
}

const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).hostname : '');
