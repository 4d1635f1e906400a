/**
 * Heights as near as can be to the wanted ones (least squares) that keep the order and a distance of 1: isotonic regression by
 * pooling neighbours that violate the order (Ayer et al. 1955).
 */
export function spreadColumn(wanted: readonly number[]): readonly number[] {
  // Less its index, each height may equal the one before, and the distance is kept.
  const pools: Array<{ sum: number; count: number }> = [];
  wanted.forEach((height, index) => {
    let pool = { sum: height - index, count: 1 };
    for (
      let last = pools.at(-1);
      last !== undefined && last.sum / last.count > pool.sum / pool.count;
      last = pools.at(-1)
    ) {
      pools.pop();
      pool = { sum: last.sum + pool.sum, count: last.count + pool.count };
    }
    pools.push(pool);
  });
  return pools
    .flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count))
    .map((at, index) => at + index);
}
