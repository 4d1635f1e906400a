const hours = 24;

/**
 * How busy the shop is at a point of its day, as a share of the busiest time: a quiet night, a bump at lunch and the
 * evening peak. Smooth, positive and the same every day, so that a seasonal baseline can be learnt from it.
 *
 * @param dayFraction 0 is midnight UTC, 0.5 is noon; whole days may be added or taken away
 * @returns 0.2 to 1
 */
export function getDailyShape(dayFraction: number): number {
  const hour = (dayFraction - Math.floor(dayFraction)) * hours;
  const lunch = 0.3 * getBump(hour, { at: 12.5, width: 2 });
  const evening = 0.55 * getBump(hour, { at: 20, width: 2.6 });
  const daytime = 0.22 * getBump(hour, { at: 15, width: 5 });
  return Math.min(1, 0.2 + (lunch + evening + daytime) * peakScale);
}

/** Brings the highest point, shortly before 20:00, to 1. */
const peakScale = 1.25;

/** A Gaussian on the circle of the day: 23:00 is two hours from 01:00. */
function getBump(hour: number, bump: { at: number; width: number }): number {
  const direct = Math.abs(hour - bump.at);
  const distance = Math.min(direct, hours - direct);
  return Math.exp(-0.5 * (distance / bump.width) ** 2);
}

/** Requests per second at a moment (epoch milliseconds), for a day that may be shorter than a real one. */
export function getRate(at: number, traffic: { trafficDayMs: number; peakRps: number }): number {
  return traffic.peakRps * getDailyShape(at / traffic.trafficDayMs);
}
