import { request } from 'undici';
import { builtInSources, type BuiltInSource } from './builtInSources.ts';
import { fine, problem, warning, type Check, type Patient } from './check.ts';

const ANSWER_MS = 5000;
/** A Date header counts whole seconds, and the answer travels. */
const NOTICEABLE_MS = 5000;
/** Signed requests of Grafana are good for a minute. */
const HARMFUL_MS = 45_000;

interface Offset {
  readonly name: string;
  readonly ms: number;
}

/** Compares this machine's clock with those of the deployment's sources, by the Date of their answers. */
export const checkClock: Check = async (patient) => {
  const answers = await Promise.all(builtInSources(patient.settings).map((source) => offsetOf(patient, source)));
  const offsets = answers.filter((offset) => offset !== undefined);
  if (offsets.length === 0) {
    return [fine('The deployment has no source whose clock could be compared.')];
  }
  const off = offsets.filter(({ ms }) => Math.abs(ms) > NOTICEABLE_MS);
  if (off.length === 0) {
    return [fine(`This machine's clock agrees with ${offsets.map(({ name }) => name).join(', ')}.`)];
  }
  return off.map(({ name, ms }) => {
    const text = `The clock of ${name} is ${Math.round(Math.abs(ms) / 1000)} s ${ms > 0 ? 'ahead of' : 'behind'} this machine's.`;
    const advice = 'Let both keep time by NTP: alerts seem late or early by as much, and signed requests are refused.';
    return Math.abs(ms) > HARMFUL_MS ? problem(text, advice) : warning(text, advice);
  });
};

async function offsetOf({ clock, signal }: Patient, source: BuiltInSource): Promise<Offset | undefined> {
  const started = clock.now();
  try {
    const answer = await request(source.base, {
      headers: source.headers,
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
    });
    const middle = (started + clock.now()) / 2;
    await answer.body.dump();
    const date = Date.parse(String(answer.headers.date ?? ''));
    // The second that the header names has begun on average half a second ago.
    return Number.isNaN(date) ? undefined : { name: source.name, ms: date + 500 - middle };
  } catch {
    // That it does not answer is said elsewhere.
    return undefined;
  }
}
