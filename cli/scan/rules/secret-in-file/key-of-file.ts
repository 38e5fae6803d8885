import type { TextReport } from '../kit/rule.ts';
import type { Surroundings } from './surroundings.ts';

/** Reports the key in a file that contains one key and nothing else: `config/master.key` of Rails and similar files. */
export function* keyOfFile(text: string, { isTest, isDevelopment }: Surroundings): Generator<TextReport> {
  if (text.length > 300) return;
  const [, before = '', key = ''] = /^(\s{0,9})([\da-f]{32,128})\s*$/i.exec(text) ?? [];
  if (!/\d/.test(key) || !/[a-f]/i.test(key) || /(.)\1{5}/.test(key)) return;
  yield {
    message: 'The file contains a key.',
    confidence: isTest || isDevelopment ? 'low' : 'high',
    at: before.length,
    end: before.length + key.length,
  };
}
