/** How one port speaks TLS. */
export interface TlsView {
  readonly host: string;
  readonly port: number;
  readonly versions: readonly VersionResult[];
  /** Weak kinds of ciphers, each offered alone. */
  readonly weakCiphers: readonly CipherResult[];
  /** Undefined if no handshake succeeded. */
  readonly certificate?: CertificateView;
  /** What the server chose of `h2` and `http/1.1`; undefined if it chose none. */
  readonly alpn?: string;
  /** Why no handshake succeeded, as a sentence. */
  readonly failure?: string;
}

export type TlsVersion = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

export interface VersionResult {
  readonly version: TlsVersion;
  /** `untested`: this machine's OpenSSL cannot offer it, or the connection failed for another reason. */
  readonly state: 'accepted' | 'refused' | 'untested';
}

export interface CipherResult {
  /** What was offered. */
  readonly kind: WeakCipher;
  readonly state: 'accepted' | 'refused' | 'untested';
  /** What the server chose, by its number in IANA's registry: `0x000a`. */
  readonly chosen?: string;
}

export type WeakCipher = 'NULL' | 'anonymous' | 'export' | 'RC4' | 'DES' | '3DES' | 'no forward secrecy';

export interface CertificateView {
  /** The common name. */
  readonly subject: string;
  readonly issuer: string;
  /** DNS names and addresses that it is valid for. */
  readonly names: readonly string[];
  /** ISO dates: `2027-01-31T12:00:00.000Z`. */
  readonly from: string;
  readonly to: string;
  /** Whole days until it expires; negative if it has. */
  readonly daysLeft: number;
  /** `RSA 2048`, `EC prime256v1` */
  readonly key: string;
  /** Each fault by itself: one does not bring another along. Empty if the certificate is good. */
  readonly faults: readonly CertificateFault[];
}

export type CertificateFault =
  | 'expired'
  | 'not-yet-valid'
  /** It is signed with its own key, and no trusted root. */
  | 'self-signed'
  /** Its chain ends at nothing that this machine trusts. */
  | 'unknown-issuer'
  /** The server does not send the certificates between its own and the root. */
  | 'incomplete-chain'
  | 'wrong-host'
  /** RSA below 2048 bits, EC below 224. */
  | 'short-key'
  /** Signed with MD5 or SHA-1. */
  | 'weak-signature'
  /** A certificate of the chain, not the server's own, has expired. */
  | 'expired-issuer'
  /** OpenSSL rejects it for another reason. */
  | 'other';
