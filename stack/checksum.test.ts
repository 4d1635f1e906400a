import { findChecksum } from './checksum.ts';

const sum = 'a'.repeat(64);
const other = 'b'.repeat(64);

describe('findChecksum', () => {
  it.each([
    ['a line of sha256sum', `${other}  other.zip\n${sum}  tempo.tar.gz\n`],
    ['binary mode', `${sum} *tempo.tar.gz\n${other} *other.zip\n`],
    ['a leading ./', `${sum}  ./tempo.tar.gz\n`],
    ['a bare sum', `${sum}\n`],
    ['capital letters', `${sum.toUpperCase()}  tempo.tar.gz`],
    ['Windows line ends', `${other}  other.zip\r\n${sum}  tempo.tar.gz\r\n`],
  ])('finds %s', (_, text) => {
    expect(findChecksum(text, 'tempo.tar.gz')).toBe(sum);
  });

  it.each([
    ['only other files', `${sum}  other.zip\n`],
    ['a longer name that ends the same', `${sum}  my-tempo.tar.gz\n`],
    ['two bare sums', `${sum}\n${other}\n`],
    ['a sum that is too short', `${'a'.repeat(40)}  tempo.tar.gz\n`],
    ['an error page', '<html>Not found</html>'],
    ['nothing', ''],
  ])('finds nothing in %s', (_, text) => {
    expect(findChecksum(text, 'tempo.tar.gz')).toBeUndefined();
  });
});
