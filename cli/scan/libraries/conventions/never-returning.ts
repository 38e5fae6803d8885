/**
 * Names of library functions that never return, each after its module: `flask abort`. They throw or end the program. They
 * are those of Flask 2 and 3, Quart, Bottle 0.13, Flask-RESTful, Flask-RESTX, flask-smorest, APIFlask, Next 13 to 16,
 * SvelteKit 2, Node, pytest, and Python's `sys` and `os`. Documentation: the site of each;
 * https://svelte.dev/docs/kit/@sveltejs-kit#error,
 * https://nextjs.org/docs/app/api-reference/functions/forbidden
 */
export const neverReturning: ReadonlySet<string> = new Set([
  'flask abort',
  'werkzeug.exceptions abort',
  'quart abort',
  'bottle abort',
  'bottle redirect',
  'flask_restful abort',
  'flask_restx abort',
  // Methods of an instance of the class.
  'flask_restx Namespace().abort',
  'flask_restx Api().abort',
  'flask_smorest abort',
  'apiflask abort',
  'sys exit',
  'os _exit',
  'os abort',
  'pytest fail',
  'process exit',
  'node:process exit',
  'assert fail',
  'node:assert fail',
  'next/navigation notFound',
  'next/navigation redirect',
  'next/navigation permanentRedirect',
  'next/navigation forbidden',
  'next/navigation unauthorized',
  '@sveltejs/kit error',
  '@sveltejs/kit redirect',
]);
