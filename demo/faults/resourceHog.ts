import type { FaultEffects } from './effects.ts';

const bytesPerMegabyte = 1_048_576;

/** What a process may leak before it dies of it, so that the machine it shares with others does not. */
const memoryLimitMb = 400;

const sliceMs = 100;

/**
 * Burns CPU and leaks memory for as long as the faults say so. Both are done for real, in the process of the service,
 * so that its own process metrics show them.
 *
 * @param die called when the leak has reached its limit
 * @returns a function that stops it and frees what was leaked
 */
export function startResourceHog(effects: FaultEffects, die: (reason: string) => void): () => void {
  let leaked: Buffer[] = [];
  let leakedMb = 0;
  let owedMb = 0;

  const tick = () => {
    const burn = effects.get('cpu-burn');
    if (burn !== undefined) {
      burnFor(burn * sliceMs);
    }
    const rate = effects.get('memory-leak');
    if (rate === undefined) {
      leaked = [];
      leakedMb = 0;
      return;
    }
    owedMb += (rate * sliceMs) / 1_000;
    const whole = Math.floor(owedMb);
    owedMb -= whole;
    for (let index = 0; index < whole; index++) {
      // Filled, because pages that were never written do not become resident.
      leaked.push(Buffer.alloc(bytesPerMegabyte, 1));
    }
    leakedMb += whole;
    if (leakedMb > memoryLimitMb) {
      die(`out of memory: ${leakedMb} MB leaked`);
    }
  };

  const timer = setInterval(tick, sliceMs);
  return () => {
    clearInterval(timer);
    leaked = [];
  };
}

function burnFor(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until) {
    Math.sqrt(until);
  }
}
