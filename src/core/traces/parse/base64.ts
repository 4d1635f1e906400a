const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/** Bytes of base64 text (either alphabet) as lower-case hex, or undefined where it is none. */
export function hexOfBase64(text: string): string | undefined {
  if (!BASE64.test(text)) {
    return undefined;
  }
  let bits = 0;
  let width = 0;
  let hex = '';
  for (const letter of text.replaceAll('=', '').replaceAll('-', '+').replaceAll('_', '/')) {
    bits = (bits << 6) | ALPHABET.indexOf(letter);
    width += 6;
    while (width >= 4) {
      width -= 4;
      hex += ((bits >> width) & 0xf).toString(16);
    }
    bits &= (1 << width) - 1;
  }
  // A lone half of a byte is padding of the text.
  return hex.length % 2 === 0 ? hex : hex.slice(0, -1);
}

/** Bytes as base64 text, with padding. */
export function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3);
    const group = (a << 16) | (b << 8) | c;
    const letters = [18, 12, 6, 0].map((shift) => ALPHABET[(group >> shift) & 63] ?? '').join('');
    const left = bytes.length - i;
    text += left >= 3 ? letters : letters.slice(0, left + 1).padEnd(4, '=');
  }
  return text;
}
