/** What a spreadsheet runs as a formula by its beginning (https://owasp.org/www-community/attacks/CSV_Injection). */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** One cell of a CSV file (RFC 4180). A text that would be run as a formula gets an apostrophe; a number is none, also below zero. */
export function csvCell(value: string | number): string {
  if (typeof value === 'number') {
    return String(value);
  }
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
