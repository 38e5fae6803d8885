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
    '112233445566778899',
    '11223344',
  ],
];

const reversed = (text: string): string => [...text].reverse().join('');
const known = [...walks, ...walks.map(reversed)];
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
