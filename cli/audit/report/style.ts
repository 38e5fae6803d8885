import { type SafeStyle, safeStyle } from 'bulwark/html';

/** The sheet of the HTML report: light and dark as the reader's system has it, and what is printed. */
export const auditStyle: SafeStyle = safeStyle`
:root { color-scheme: light dark; --text: #1c1e21; --soft: #5a6169; --back: #fff; --card: #f5f6f8; --line: #d5d9de;
  --pass: #1a6b36; --fail: #a3002d; --unknown: #8a5a00; --attested: #2458a6; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e4e6e9; --soft: #a3abb5; --back: #15171a; --card: #1f2226; --line: #3a3f46;
    --pass: #7fce99; --fail: #ff8fa8; --unknown: #f0bd5a; --attested: #8fb8f5; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1.5rem; color: var(--text); background: var(--back); font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .75rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
h3 { margin: 0; font-size: 1rem; }
h4 { margin: .75rem 0 .25rem; font-size: .95rem; }
a { color: inherit; }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--attested); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .3rem 1rem .3rem 0; vertical-align: top; border-bottom: 1px solid var(--line); }
.soft { color: var(--soft); }
.score { font-size: 1.1rem; font-weight: 600; }
.line { margin: 0 0 1rem; padding: .75rem 1rem; background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--edge); border-radius: 4px; }
.pass { --edge: var(--pass); }
.fail { --edge: var(--fail); }
.unknown { --edge: var(--unknown); }
.attested { --edge: var(--attested); }
.verdict { color: var(--edge); font-weight: 600; text-transform: uppercase; font-size: .8rem; letter-spacing: .04em; }
p { margin: .4rem 0; }
ul { margin: .3rem 0; padding-left: 1.4rem; }
li { margin: .2rem 0; overflow-wrap: anywhere; }
pre { margin: .25rem 0; padding: .4rem .6rem; overflow-x: auto; background: var(--back); border: 1px solid var(--line); border-radius: 3px; font: .85rem/1.45 ui-monospace, monospace; }
code { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
@media print { body { max-width: none; padding: 0; } .line { break-inside: avoid; } pre { white-space: pre-wrap; } }
`;
