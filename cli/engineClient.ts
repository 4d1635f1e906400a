import type { OperationContract, OutputOf } from '../src/api/operation.ts';

const answerWithinMs = 10_000;

/** Where the engine is and as whom it is called. */
export interface EngineAddress {
  readonly url: string;
  readonly token: string;
}

export class EngineCallError extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/**
 * Calls one operation of a running engine.
 *
 * @throws EngineCallError with the sentence of the engine's problem document
 */
export async function callEngine<C extends OperationContract>(
  engine: EngineAddress,
  contract: C,
  input: Readonly<Record<string, unknown>>
): Promise<OutputOf<C>> {
  const names = [...contract.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  const target = contract.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(input[name])));
  const body = Object.fromEntries(Object.entries(input).filter(([name]) => !names.includes(name)));
  const hasBody = contract.method !== 'GET' && contract.method !== 'DELETE';
  const response = await fetch(new URL(target, engine.url), {
    method: contract.method,
    headers: {
      authorization: `Bearer ${engine.token}`,
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
    },
    ...(hasBody ? { body: JSON.stringify(body) } : {}),
    signal: AbortSignal.timeout(answerWithinMs),
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    throw new EngineCallError(
      `The engine refused ${contract.name} (${response.status}): ${getDetail(answer)}`,
      response.status
    );
  }
  return contract.output.parse(answer) as OutputOf<C>;
}

function getDetail(answer: unknown): string {
  const detail = typeof answer === 'object' && answer !== null && 'detail' in answer ? answer.detail : undefined;
  return typeof detail === 'string' ? detail : 'no reason given';
}
