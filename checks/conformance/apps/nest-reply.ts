import { Header, Res } from '@nestjs/common';

/** The reply of either platform. */
export interface Reply {
  header(name: string, value: string | string[]): Reply;
  status(code: number): Reply;
  send(body?: string): unknown;
  /** Of Express. */
  append?(name: string, value: string): Reply;
}

export function addCookie(reply: Reply, line: string): void {
  if (reply.append) reply.append('Set-Cookie', line);
  else reply.header('Set-Cookie', line);
}

export const text: MethodDecorator = Header('Content-Type', 'text/plain; charset=utf-8');
export const page: MethodDecorator = Header('Content-Type', 'text/html; charset=utf-8');
export const passthrough: ParameterDecorator = Res({ passthrough: true });
