import { request } from 'undici';
import { z } from 'zod';
import { messageOf } from '../errors.ts';
import { fine, problem, warning, type Finding } from './check.ts';
import type { AskGrafana } from './grafanaAnswer.ts';

const ANSWER_MS = 5000;
const INTAKE = '/api/v1/intake/grafana';

const contactPoints = z.array(
  z.object({ name: z.string(), type: z.string(), settings: z.object({ url: z.string().optional() }).optional() })
);

/** Whether the alerts of Grafana come here: a contact point with the engine's address, and a policy that sends to it. */
export async function checkGrafanaAlerting(ask: AskGrafana, signal: AbortSignal): Promise<readonly Finding[]> {
  const { status, body } = await ask('/api/v1/provisioning/contact-points');
  const points = contactPoints.safeParse(body);
  if (status !== 200 || !points.success) {
    return [
      warning(
        `The contact points cannot be read (${status}).`,
        'Give the service account the right alert.provisioning:read.'
      ),
    ];
  }
  const ours = points.data.flatMap(({ name, type, settings }) =>
    type === 'webhook' && settings?.url?.includes(INTAKE) === true ? [{ name, url: settings.url }] : []
  );
  if (ours.length === 0) {
    return [
      warning(
        "No contact point sends Grafana's alerts here.",
        `Add a webhook to the engine's address and ${INTAKE}, with the intake token as Bearer.`
      ),
    ];
  }
  const reached = await Promise.all(ours.map((point) => tryAddress(point, signal)));
  return [...reached, await checkPolicies(ask, new Set(ours.map(({ name }) => name)))];
}

interface ContactPoint {
  readonly name: string;
  readonly url: string;
}

const answerOfEngine = z.object({ status: z.number(), code: z.string(), detail: z.string() });

/** Asks the engine behind the address who is asking: one that is none, or does not know the host in it, says something else. */
async function tryAddress({ name, url }: ContactPoint, signal: AbortSignal): Promise<Finding> {
  const base = url.slice(0, url.indexOf(INTAKE));
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]);
  try {
    const answer = await request(`${base}/api/v1/me`, { signal: bounded });
    const said = answerOfEngine.safeParse(await answer.body.json().catch(() => null)).data;
    if (said?.code === 'unauthenticated') {
      return fine(`The contact point ${name} sends Grafana's alerts here, and an engine answers at ${base}.`);
    }
    return said === undefined
      ? problem(
          `The contact point ${name} sends to ${base}, where no engine answers (${answer.statusCode}).`,
          `Give it the address of the engine, with ${INTAKE} behind it.`
        )
      : problem(
          `The contact point ${name} sends to ${base}, where the engine refuses it: ${said.detail}`,
          'Name that host in PHAROS_ALLOWED_HOSTS, or give the contact point another address of the engine.'
        );
  } catch (error) {
    return warning(
      `The contact point ${name} sends to ${base}, which cannot be reached from this machine: ${messageOf(error)}.`,
      'Start the engine, or correct the address. If Grafana runs elsewhere, see there whether it reaches the engine.'
    );
  }
}

interface Policy {
  readonly receiver?: string | undefined;
  readonly routes?: readonly Policy[] | undefined;
}

const policy: z.ZodType<Policy> = z.object({
  receiver: z.string().optional(),
  get routes() {
    return z.array(policy).optional();
  },
});

const namesIn = ({ receiver, routes = [] }: Policy): readonly string[] => [
  ...(receiver === undefined ? [] : [receiver]),
  ...routes.flatMap(namesIn),
];

async function checkPolicies(ask: AskGrafana, ours: ReadonlySet<string>): Promise<Finding> {
  const { status, body } = await ask('/api/v1/provisioning/policies');
  const tree = policy.safeParse(body);
  if (status !== 200 || !tree.success) {
    return warning(
      `The notification policies cannot be read (${status}).`,
      'Give the service account the right alert.provisioning:read.'
    );
  }
  if (tree.data.receiver !== undefined && ours.has(tree.data.receiver)) {
    return fine(`The default notification policy sends to ${tree.data.receiver}.`);
  }
  return namesIn(tree.data).some((name) => ours.has(name))
    ? fine('A notification policy sends here what it matches; the default one sends elsewhere.')
    : warning(
        'No notification policy uses that contact point: no alert of Grafana comes here.',
        'Choose it under Alerting > Notification policies, in the default policy or in one that matches what is to come.'
      );
}
