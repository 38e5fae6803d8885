/** Whether the application says that it serves real users. Read at each call, since a test may change it. */
export function isProduction(): boolean {
  return globalThis.process?.env?.['NODE_ENV'] === 'production';
}
