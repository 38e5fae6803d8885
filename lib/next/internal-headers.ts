/**
 * Whether clients must not send this header: ours, the nonce that many Next.js applications read, the policy that Next.js reads a nonce
 * from, and those by which its parts talk to each other. With `x-middleware-subrequest` a client skipped the proxy (CVE-2025-29927).
 *
 * @param name in any case
 */
export function isInternalHeader(name: string): boolean {
  return /^(?:x-nonce$|x-bulwark-|x-middleware-|content-security-policy(?:-report-only)?$)/i.test(name);
}
