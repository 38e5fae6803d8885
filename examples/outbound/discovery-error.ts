/** Why a provider's metadata was not taken. */
export type DiscoveryReason =
  | 'issuer' /** The issuer is no https URL without query and fragment. */
  | 'unavailable' /** The network or the server failed. */
  | 'format' /** The answer is no JSON object, or a value in it is missing or of another shape. */
  | 'issuer-mismatch' /** The document is another issuer's. */
  | 'endpoint'; /** An address in it is not https, or the policy would refuse it. */

/** Thrown for metadata that cannot be used. The message holds nothing that the provider sent. */
export class DiscoveryError extends Error {
  override readonly name: 'DiscoveryError' = 'DiscoveryError' as const;
  readonly code: DiscoveryReason;

  constructor(code: DiscoveryReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
