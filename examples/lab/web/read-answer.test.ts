import { describe, expect, it } from 'vitest';
import { readAnswer } from './read-answer.ts';

const read = (body: string, type = 'text/html') => readAnswer({ type, body });

describe('readAnswer', () => {
  it('reads rows, as many as somebody looks at', () => {
    const row = '<tr><td>Rope</td><td>2.40</td></tr>';
    const answer = read(`<table><tr><th>Name</th><th>Price</th></tr>${row.repeat(30)}</table>`);
    expect(answer).toMatchObject({ kind: 'table', head: ['Name', 'Price'] });
    expect(answer).toHaveProperty('rows.length', 13);
    expect(answer).toHaveProperty('rows.12', ['... and more', '']);
  });

  it('reads the words of a page, but for what every page has', () => {
    const page = '<nav>Home</nav><h1>Welcome</h1><p>Logged in as <b>Ada</b>.</p><script>x()</script>';
    expect(read(page)).toEqual({ kind: 'text', text: 'Welcome\nLogged in as Ada.' });
  });

  it('reads JSON, and text', () => {
    expect(read('{"a":1}', 'application/json')).toEqual({ kind: 'text', text: '{\n  "a": 1\n}' });
    expect(read('Not found', 'text/plain')).toEqual({ kind: 'text', text: 'Not found' });
  });

  it.each(['<table><tr><td>', '<b>', '<div><table><tr>', '<p><i>'])('ends for %s, however deep', (nested) => {
    const start = process.cpuUsage();
    read(`<table><tr><th>Name</th></tr><tr><td>${nested.repeat(20_000)}`);
    read(nested.repeat(20_000));
    // A cubic reader took minutes.
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(20);
  });
});
