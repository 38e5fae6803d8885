/**
 * Secrets: loaded once, shown by nothing, and the keys that are derived from one of them.
 *
 * @module
 */
export type { StandardSchema } from '../internal/standard-schema.ts';
export { type DerivedKey, isKeyring, type Keyring, keyring } from './keyring.ts';
export type { MasterSecret } from './master-secret.ts';
export { isSecret, Secret } from './secret.ts';
export type { Environment, SecretLookup } from './secret-source.ts';
export { secrets } from './secrets.ts';
export type { SecretsOptions } from './secrets-options.ts';
export type { LoadedSecrets, SecretOptions, WantedSecret } from './wanted-secret.ts';
