/**
 * Secrets: loaded once, shown by nothing, and the keys that are derived from one of them.
 *
 * @module
 */
export { type DerivedKey, isKeyring, type Keyring, keyring, type MasterSecret } from './keyring.ts';
export { isSecret, Secret } from './secret.ts';
