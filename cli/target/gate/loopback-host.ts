/** Whether a host, as `URL` writes it, is this machine by definition (RFC 6761 for names). */
export function isLoopbackHost(hostname: string): boolean {
  return /^(?:localhost|[a-z0-9.-]+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
