import { Misuse } from '../refusal/misuse.ts';

/** What is done with symbolic links below the folder. */
export type Links = 'inside' | 'refuse';

export interface LinkOptions {
  /**
   * `inside` by default: a link is followed where it leads to the folder's own files, and refused where it leads out. `refuse` follows none.
   * The folder that `inside` was given may itself be a link.
   */
  readonly links?: Links;
}

export function readLinks(own: LinkOptions): Links {
  const { links = 'inside' } = own;
  if (links !== 'inside' && links !== 'refuse')
    throw new Misuse('bulwark/invalid-option', "links is 'inside' or 'refuse'.");
  return links;
}
