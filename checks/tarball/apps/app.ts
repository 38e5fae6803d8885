/** A small application in a fresh project: it answers `/`, `/fails` and `/cart`, as `try-app.ts` expects. */
export interface App {
  /** What npm installs beside Bulwark. */
  readonly packages: readonly string[];
  /** Its sources. `main.ts` is run, unless it is an application of Next.js. */
  readonly files: Readonly<Record<string, string>>;
  /** A mistake that only the types reveal. It proves that they are not `any`. */
  readonly mistake: string;
  readonly compiler?: CompilerChoice;
}

/** Compiler options, named as in tsconfig.json. */
export interface CompilerChoice {
  readonly jsxImportSource?: string;
  readonly decorators?: boolean;
  readonly dom?: boolean;
}

/** The sessions of every application. */
export const sessionSource: string = `
import { randomBytes } from 'node:crypto';
import { keyring } from 'bulwark/secrets';
import { memoryStore, sessions } from 'bulwark/session';

export const session = sessions<{ cart: string }>({ store: memoryStore(), allowMemoryInProduction: true });

declare module 'bulwark/session' {
  interface Register {
    session: typeof session;
  }
}

export const keys = keyring(randomBytes(32).toString('base64'));
`;
