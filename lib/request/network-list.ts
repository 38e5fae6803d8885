import { ipAddress } from './ip-address.ts';
import { ipWords } from './ip-words.ts';

/** Addresses and networks. */
export interface NetworkList {
  /** @returns why the entry is none that can be meant, or undefined once it is added */
  add(entry: unknown): string | undefined;
  /** @param address as `ipAddress` spells it */
  has(address: string): boolean;
}

interface Network {
  readonly words: readonly number[];
  readonly bits: number;
}

/** Like `BlockList` of `node:net`, which only Node has. */
export function networkList(): NetworkList {
  const networks: Network[] = [];
  return {
    add(entry) {
      const [, address = '', length] = (typeof entry === 'string' && network.exec(entry)) || [];
      const words = ipWords(address);
      const most = (words?.length ?? 0) * 16;
      const bits = length === undefined ? most : Number(length);
      if (!words || bits > most) return 'It is neither an address nor a network.';
      // A mapped network would never match, because such peers are compared as IPv4.
      if (words.length === 8 && ipAddress(address)?.includes('.')) return 'Write it as IPv4.';
      // An accidental `/0` is everyone.
      if (bits === 0) return 'It matches every client.';
      networks.push({ words, bits });
      return undefined;
    },
    has(address) {
      const words = ipWords(address);
      return words !== undefined && networks.some((one) => contains(one, words));
    },
  };
}

const network = /^([\da-f.:]{2,45})(?:\/(\d{1,3}))?$/i;

function contains({ words, bits }: Network, address: readonly number[]): boolean {
  if (words.length !== address.length) return false;
  for (let index = 0, left = bits; left > 0; index++, left -= 16) {
    const ignored = Math.max(0, 16 - left);
    if ((words[index] as number) >> ignored !== (address[index] as number) >> ignored) return false;
  }
  return true;
}
