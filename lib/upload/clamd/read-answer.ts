import type { Scan } from '../scanner.ts';

/**
 * The meaning of clamd's answer to INSTREAM (clamd(8)). It ends with NUL, because the command was sent with `z`. Only the exact words mean clean:
 * a cut answer, a second one after it and everything else are `unknown`.
 *
 * @example
 * ```text
 * readAnswer('stream: OK\0')                                  { clean: true }
 * readAnswer('stream: Win.Test.EICAR_HDB-1 FOUND\0')          { clean: false, signature: 'Win.Test.EICAR_HDB-1' }
 * readAnswer('INSTREAM size limit exceeded. ERROR\0')         { unknown: 'clamd: INSTREAM size limit exceeded. ERROR' }
 * readAnswer('stream: OK')                                    { unknown: 'clamd: its answer was cut' }
 * ```
 */
export function readAnswer(answer: string): Scan {
  const end = answer.indexOf('\0');
  if (end === -1) return { unknown: 'clamd: its answer was cut' };
  if (end !== answer.length - 1) return { unknown: 'clamd: more than one answer' };
  const text = answer.slice(0, end);
  if (text === 'stream: OK') return { clean: true };
  const signature = /^stream: ([\x21-\x7e]{1,200}) FOUND$/.exec(text)?.[1];
  if (signature === undefined)
    return { unknown: `clamd: ${text.replace(/[^\x20-\x7e]/g, '?').slice(0, 200)}` };
  // With `AlertExceedsMax`, clamd reports what it did not scan: that is not malware.
  if (signature.startsWith('Heuristics.Limits.Exceeded')) return { unknown: `clamd: ${signature}` };
  return { clean: false, signature };
}
