import { parseMail } from './parseMail.ts';

const join = (...lines: string[]) => lines.join('\r\n');

describe('parseMail', () => {
  it('takes the plain text of a mail with two forms and decodes its subject', () => {
    const mail = parseMail(
      join(
        'Subject: =?UTF-8?Q?p95_=C3=BCber?= =?UTF-8?B?IDgwMCBtcw==?=',
        'Message-ID: <1@example.com>',
        'Content-Type: multipart/alternative;',
        ' boundary="b1"',
        '',
        '--b1',
        'Content-Type: text/html; charset=utf-8',
        '',
        '<p>no</p>',
        '--b1',
        'Content-Type: text/plain; charset=utf-8',
        'Content-Transfer-Encoding: quoted-printable',
        '',
        'R=C3=BCnbook: https://example.com/a?b=3D1 and a long =',
        'line',
        '--b1--'
      )
    );
    expect(mail.subject).toBe('p95 über 800 ms');
    expect(mail.text).toBe('Rünbook: https://example.com/a?b=1 and a long line');
    expect(mail.headers['message-id']).toBe('<1@example.com>');
  });

  it('reads base64, and what has no headers at all', () => {
    expect(parseMail(join('Content-Transfer-Encoding: base64', '', 'aGVsbG8=')).text).toBe('hello');
    expect(parseMail('')).toEqual({ subject: '', text: '', headers: {} });
  });
});
