/**
 * The name that takes the fewest single-character edits to reach (Levenshtein 1966), if it is near enough to have
 * been meant: at most half of the word's length away.
 */
export function getNearest(word: string, names: readonly string[]): string | undefined {
  const lowered = word.toLowerCase();
  let best: { name: string; distance: number } | undefined;
  for (const name of names) {
    const distance = countEdits(lowered, name);
    if (best === undefined || distance < best.distance) {
      best = { name, distance };
    }
  }
  return best !== undefined && best.distance <= Math.max(2, Math.floor(lowered.length / 2)) ? best.name : undefined;
}

function countEdits(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      const removed = (previous[column] ?? 0) + 1;
      const added = (current[column - 1] ?? 0) + 1;
      current.push(Math.min(replaced, removed, added));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
