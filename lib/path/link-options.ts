import { Misuse } from '../refusal/misuse.ts';

/** What to do with symbolic links below the root. */
export type Links = 'inside' | 'refuse';

export interface LinkOptions {
  /**
   * `inside` by default: a link is followed if it stays inside the root, and refused if it leads out. `refuse` follows none. The root itself may
   * be a link.
   */
  readonly links?: Links;
}

export function readLinks(own: LinkOptions): Links {
  const { links = 'inside' } = own;
  if (links !== 'inside' && links !== 'refuse')
    throw new Misuse('bulwark/invalid-option', "links is 'inside' or 'refuse'.");
  return links;
}
