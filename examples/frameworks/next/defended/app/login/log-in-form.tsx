'use client';

import { type ReactNode, useActionState } from 'react';
import { logIn } from '../../desk/actions';

export function LogInForm({ children }: { children: ReactNode }) {
  const [message, submit] = useActionState(logIn, '');
  return (
    <form data-action="/login" action={submit}>
      {children}
      {message && <p>{message}</p>}
      <input name="email" type="email" />
      <input name="password" type="password" />
      <button type="submit">Log in</button>
    </form>
  );
}
