import { isOfWords } from '../../../scan/rules/secret-in-file/looks-random.ts';

/**
 * How rare each pair of letters is in English and in names of code, from 0 (`th`) to 9 (`qj`): a row for the first letter, a column for
 * the second. Counted in the pages and the sources of Bulwark, December 2026.
 */
const rows: readonly string[] = [
  '64228539394122939221453448',
  '38682989548489399558399949',
  '28572982593388179352486959',
  '45841768378567379436579958',
  '26214246568321533111644237',
  '39683499299588299265399969',
  '58993965499675599444499998',
  '29991999399979389463699979',
  '55333339797320248421749595',
  '59994999899999589949698999',
  '79972999499894799959699999',
  '35831688296279279834264939',
  '23961979397456329948699969',
  '28212428463374259712359859',
  '44426249473320339133252679',
  '28962966599387249343489859',
  '99999999999499999999399999',
  '27440539294442179432347939',
  '39391783395577334520364849',
  '28471761299558249223296639',
  '45552469599332649223999899',
  '29992979499999599989999999',
  '39974993399993499458998999',
  '59695999699879939863999869',
  '78895999899674639844997999',
  '79995999799899799999899998',
];

/**
 * How rare the pairs of letters in a text are, on average. Of 20,000 drawn texts of 16 letters and digits 99 % have more than 3.6; of
 * words half have less than 2.7. 9 for a text without two letters in a row.
 */
function letterCost(text: string): number {
  let sum = 0;
  let pairs = 0;
  const small = text.toLowerCase();
  for (let at = 1; at < small.length; at++) {
    const first = small.charCodeAt(at - 1) - 97;
    const second = small.charCodeAt(at) - 97;
    if (first < 0 || first > 25 || second < 0 || second > 25) continue;
    sum += Number(rows[first]?.[second]);
    pairs++;
  }
  return pairs === 0 ? 9 : sum / pairs;
}

const leastCost = 3.8;

/** Whether a text was drawn rather than written: it has no words, and its characters vary. */
export function isDrawn(text: string): boolean {
  if (/^[\da-f]{24,}$/i.test(text)) return /\d/.test(text) && /[a-f]/i.test(text) && new Set(text).size >= 8;
  if (text.length < 10 || new Set(text).size < Math.min(8, text.length * 0.6)) return false;
  if (isOfWords(text) && letterCost(text) < 4.6) return false;
  const digits = text.replace(/\D/g, '').length;
  if (digits === text.length) return false;
  return letterCost(text) >= leastCost && (digits > 0 || text.length >= 16);
}
