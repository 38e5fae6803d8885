import { Misuse } from '../../refusal/misuse.ts';
import { whole } from '../whole.ts';
import type { Sink } from './sink.ts';

/** Looked at once, at start: what is wrong with a sink would show only when it fails, in the report of that. */
export function checkSink(sink: Sink | undefined): { readonly name: string; readonly gatherMs: number } {
  const { name, gatherMs = 0, write, close } = sink ?? ({} as Partial<Sink>);
  const works = typeof write === 'function' && (close === undefined || typeof close === 'function');
  if (typeof name === 'string' && name !== '' && works)
    return { name, gatherMs: whole('gatherMs', gatherMs, 86_400_000, 0) };
  throw new Misuse('bulwark/invalid-option', 'A sink has a name, a write, and perhaps a close.');
}
