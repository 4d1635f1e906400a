import { isEngineAdmin, isNobody, personOf } from './identity.ts';

describe('personOf', () => {
  it('is the same person at the next login to the console', () => {
    expect(personOf({ subject: 'session:2', name: 'Ada' })).toBe(personOf({ subject: 'session:1', name: 'Ada' }));
    expect(personOf({ subject: 'session:1', name: 'Bob' })).not.toBe(personOf({ subject: 'session:1', name: 'Ada' }));
  });

  it('is the subject in Grafana, whatever the login is now, and of a token', () => {
    const subject = 'grafana:default:user:2';
    expect(personOf({ subject, name: 'ada' })).toBe(personOf({ subject, name: 'countess' }));
    expect(personOf({ subject: 'token:1', name: 'ci' })).toBe('token:1');
  });

  it('does not take a person of the console for one of Grafana', () => {
    const inGrafana = personOf({ subject: 'grafana:default:user:2', name: 'Ada' });
    expect(personOf({ subject: 'session:1', name: 'grafana:default:user:2' })).not.toBe(inGrafana);
  });
});

it.each([
  ['grafana:default:anonymous:0', true],
  ['grafana:org-2:resource', true],
  ['grafana:default:query', true],
  ['grafana:default:user:2', false],
  ['grafana:default:service-account:4', false],
  ['session:resource', false],
])('%s is nobody: %s', (subject, expected) => {
  expect(isNobody({ subject })).toBe(expected);
});

it('takes an admin for the engine only from the deployment’s own namespace', () => {
  expect(isEngineAdmin({ role: 'admin', namespace: 'default' })).toBe(true);
  expect(isEngineAdmin({ role: 'admin', namespace: 'org-2' })).toBe(false);
  expect(isEngineAdmin({ role: 'editor', namespace: 'default' })).toBe(false);
});
