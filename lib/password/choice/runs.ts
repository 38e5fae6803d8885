/** Rows, columns and zigzags of keyboards, and the orders that everyone knows. */
const walks = [
  ...['01234567890', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'],
  ...['qwertzuiop', 'yxcvbnm', 'azertyuiop', 'qsdfghjklm', 'wxcvbn', '!@#$%^&*()'],
  ...['1qaz2wsx3edc4rfv5tgb6yhn7ujm', '1q2w3e4r5t6y7u8i9o0p', 'qawsedrftgyhujikolp', 'qazwsxedcrfvtgbyhnujm'],
  ...[
    '147258369',
    '741852963',
    '159753',
    '789456123',
    '135792468',
    'a1b2c3d4e5f6g7h8i9',
    '1a2b3c4d5e6f7g8h9i',
    '1a2s3d4f5g6h7j8k9l',
    '!qaz@wsx#edc$rfv%tgb^yhn&ujm',
    '112233445566778899',
    '11223344',
  ],
];

const otherScripts = [
  // The rows of a Russian keyboard, and the alphabet without and with its seventh letter.
  '\u0439\u0446\u0443\u043a\u0435\u043d\u0433\u0448\u0449\u0437\u0445\u044a',
  '\u0444\u044b\u0432\u0430\u043f\u0440\u043e\u043b\u0434\u0436\u044d',
  '\u044f\u0447\u0441\u043c\u0438\u0442\u044c\u0431\u044e',
  '\u0430\u0431\u0432\u0433\u0434\u0435\u0436\u0437\u0438\u0439\u043a\u043b\u043c\u043d\u043e\u043f\u0440\u0441\u0442\u0443\u0444\u0445\u0446\u0447\u0448\u0449\u044a\u044b\u044c\u044d\u044e\u044f',
  '\u0430\u0431\u0432\u0433\u0434\u0435\u0451\u0436\u0437\u0438\u0439\u043a\u043b\u043c\u043d\u043e\u043f\u0440\u0441\u0442\u0443\u0444\u0445\u0446\u0447\u0448\u0449\u044a\u044b\u044c\u044d\u044e\u044f',
  // The Greek alphabet, and the Japanese order of syllables.
  '\u03b1\u03b2\u03b3\u03b4\u03b5\u03b6\u03b7\u03b8\u03b9\u03ba\u03bb\u03bc\u03bd\u03be\u03bf\u03c0\u03c1\u03c3\u03c4\u03c5\u03c6\u03c7\u03c8\u03c9',
  '\u3042\u3044\u3046\u3048\u304a\u304b\u304d\u304f\u3051\u3053\u3055\u3057\u3059\u305b\u305d\u305f\u3061\u3064\u3066\u3068\u306a\u306b\u306c\u306d\u306e\u306f\u3072\u3075\u3078\u307b\u307e\u307f\u3080\u3081\u3082\u3084\u3086\u3088\u3089\u308a\u308b\u308c\u308d\u308f\u3092\u3093',
];

const reversed = (text: string): string => [...text].reverse().join('');
const known = [...walks, ...otherScripts].flatMap((walk) => [walk, reversed(walk)]);
const counting = ['01234567890', '09876543210'];
const longest = Math.max(...known.map(({ length }) => length));

/** The length of the longest run that begins here: one character repeated, or at least four in a known order, three of counting. */
export function runAt(text: string, start: number): number {
  return Math.max(repeatAt(text, start), walkAt(text, start));
}

function repeatAt(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && text[end] === text[start]) end++;
  return end - start >= 3 ? end - start : 0;
}

function walkAt(text: string, start: number): number {
  let length = 2;
  const most = Math.min(longest, text.length - start);
  while (length < most && known.some((walk) => walk.includes(text.slice(start, start + length + 1))))
    length++;
  const least = counting.some((count) => count.includes(text.slice(start, start + 3))) ? 3 : 4;
  return length >= least ? length : 0;
}
