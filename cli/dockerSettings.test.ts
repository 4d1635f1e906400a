import { describeDockerSettings } from './dockerSettings.ts';

const taken = new Set(['PHAROS_PROMETHEUS_URL', 'PHAROS_DATABASE_URL', 'PHAROS_PUBLIC_URL', 'PHAROS_RETENTION']);

describe('describeDockerSettings', () => {
  it('has nothing to say of what is handed on, unset, empty, of the client, or not of Pharos', () => {
    const environment = {
      ...{ PHAROS_PROMETHEUS_URL: 'http://prometheus.example:9090', PHAROS_RETENTION: '30d', PHAROS_CONFIG: '' },
      ...{ PHAROS_URL: 'http://127.0.0.1:8686', PHAROS_TOKEN: 'x', PHAROS_LISTEN: undefined, HOME: '/root' },
      PHAROS_PUBLIC_URL: 'http://localhost:8686',
    };
    expect(describeDockerSettings(environment, taken)).toEqual([]);
  });

  it('names what is not handed on, mistyped names too', () => {
    const environment = { PHAROS_LISTEN: '0.0.0.0', PHAROS_CONFIG: '/etc/pharos.yaml', PHAROS_RETENTON: '30d' };
    expect(describeDockerSettings(environment, taken)).toEqual([
      'Not used in Docker: PHAROS_CONFIG, PHAROS_LISTEN, PHAROS_RETENTON. Start with --native to use what is set.',
    ]);
  });

  it.each([
    ['PHAROS_PROMETHEUS_URL', 'http://localhost:9090', 'localhost'],
    ['PHAROS_PROMETHEUS_URL', 'http://[::1]:9090', '[::1]'],
    ['PHAROS_DATABASE_URL', 'postgres://me:secret@127.0.0.1/pharos', '127.0.0.1'],
  ])('warns that %s at %s is the container itself, without its password', (name, value, host) => {
    expect(describeDockerSettings({ [name]: value }, taken)).toEqual([
      `${name} leads to ${host}, which in a container is the container itself: expected an address that containers reach; or start with --native.`,
    ]);
  });
});
