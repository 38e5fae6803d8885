declare module 'node-serialize' {
  export function unserialize(text: string): unknown;
}
