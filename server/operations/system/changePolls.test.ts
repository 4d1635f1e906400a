import type { Identity } from '../../../src/core/identity.ts';
import type { ChangeRepository } from '../../store/changeRepository.ts';
import { createChangePolls, type ChangePolls } from './changePolls.ts';

const caller = (subject: string): Identity => ({
  ...{ subject, name: subject, role: 'viewer', namespace: 'default', intakeOnly: false },
});

interface Asked {
  readonly seq: number;
  readonly answer: (newest: number) => void;
}

let asked: Asked[];
let commit: (namespace: string) => void;
let polls: ChangePolls;
beforeEach(() => {
  asked = [];
  const changes: Pick<ChangeRepository, 'since' | 'onCommit'> = {
    since: (_namespace, seq) =>
      new Promise((resolve) => {
        asked.push({ seq, answer: (newest) => resolve({ changes: [], oldest: 1, newest }) });
      }),
    onCommit(listener) {
      commit = listener;
      return () => undefined;
    },
  };
  polls = createChangePolls(changes);
});

const newestOf = async (reading: ReturnType<ChangePolls['since']>): Promise<number> => (await reading).newest;

describe('places', () => {
  it('are 1,000 for all callers', () => {
    const leave = Array.from({ length: 1000 }, (_, n) => polls.open(caller(`token:${n}`)));
    expect(() => polls.open(caller('token:late'))).toThrow('1000 long polls are open');
    leave[7]?.();
    polls.open(caller('token:late'));
    expect(() => polls.open(caller('token:later'))).toThrow('1000 long polls are open');
  });

  it('are more for those whom Grafana does not tell apart', () => {
    for (let n = 0; n < 200; n++) {
      polls.open(caller('grafana:default:resource'));
    }
    expect(() => polls.open(caller('grafana:default:resource'))).toThrow('has 200 long polls open');
    for (let n = 0; n < 20; n++) {
      polls.open(caller('grafana:default:user:7'));
    }
    expect(() => polls.open(caller('grafana:default:user:7'))).toThrow('has 20 long polls open');
  });
});

describe('a reading', () => {
  it('is one for all that ask for the same at the same time', async () => {
    const readings = [polls.since('default', 4), polls.since('default', 4), polls.since('default', 3)];
    expect(asked.map(({ seq }) => seq)).toEqual([4, 3]);
    asked.forEach(({ answer, seq }) => answer(seq));
    expect(await Promise.all(readings.map(newestOf))).toEqual([4, 4, 3]);
    void polls.since('default', 4);
    expect(asked).toHaveLength(3);
  });

  it('that began before a commit is not for those whom the commit has woken', async () => {
    const before = polls.since('default', 4);
    const elsewhere = polls.since('org-2', 4);
    commit('default');
    const after = [polls.since('default', 4), polls.since('org-2', 4)];
    expect(asked).toHaveLength(3);
    asked.forEach(({ answer }, index) => answer(index));
    expect(await Promise.all([before, elsewhere, ...after].map(newestOf))).toEqual([0, 1, 2, 1]);
  });
});
