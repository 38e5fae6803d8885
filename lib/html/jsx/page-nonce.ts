import { sharedIfAny } from '../../internal/registry.ts';

interface Store {
  getStore(): { readonly nonce: string } | undefined;
}

/**
 * The nonce of the current response's Content-Security-Policy, for `<script nonce={pageNonce()}>`. It is undefined outside of a request,
 * and in a browser, where React leaves the attribute as the server wrote it.
 */
export function pageNonce(): string | undefined {
  return sharedIfAny<Store>('request')?.getStore()?.nonce;
}
