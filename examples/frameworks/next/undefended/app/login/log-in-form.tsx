'use client';

import { useActionState } from 'react';
import { logIn } from '../../desk/actions';

export function LogInForm() {
  const [message, submit] = useActionState(logIn, '');
  return (
    <form data-action="/login" action={submit}>
      {message && <p>{message}</p>}
      <input name="email" type="email" />
      <input name="password" type="password" />
      <button type="submit">Log in</button>
    </form>
  );
}
