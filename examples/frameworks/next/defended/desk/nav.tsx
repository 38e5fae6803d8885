import { logOut } from './actions';

export function Nav() {
  return (
    <nav>
      <a href="/">Desk</a> <a href="/tickets/new">New ticket</a>
      <form data-action="/logout" action={logOut}>
        <button type="submit">Log out</button>
      </form>
    </nav>
  );
}
