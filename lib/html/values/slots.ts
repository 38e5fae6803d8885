import { currentRequest } from '../../request/context.ts';
import { hole } from '../template/template-misuse.ts';
import { escapeHtml } from './escape.ts';

/**
 * Markup of the tag holds NULs, which neither static text nor an escaped value can, where something is filled in when
 * it is rendered: one behind the name of a tag stands for the nonce, and one in front of `lateMark` for a promise.
 * Behind a tag's name only white space, `/`, `>` and NUL can follow, so neither is taken for the other.
 */
export const nonceSlot: string = hole;
const lateMark = 'L';
export const lateSlot: string = hole + lateMark;

/** The nonce of the request that is being answered, as an attribute; nothing outside of one. */
export function nonceAttribute(): string {
  const nonce = currentRequest()?.nonce;
  return nonce === undefined ? '' : ` nonce="${escapeHtml(nonce)}"`;
}

/** In a `srcdoc` a slot stands escaped, and in one within another `srcdoc` twice. */
export function escapeSlotted(markup: string): string {
  return markup
    .split(/(\0+)/)
    .map((piece) => (piece.startsWith(hole) ? piece + hole : escapeHtml(piece)))
    .join('');
}
