import { LogInForm } from './log-in-form';

export default function LogIn() {
  return <LogInForm />;
}
