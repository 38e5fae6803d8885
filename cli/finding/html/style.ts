import { type SafeStyle, safeStyle } from 'bulwark/html';

/** The sheet of the HTML report: light and dark as the reader's system has it, and what is printed. */
export const reportStyle: SafeStyle = safeStyle`
:root { color-scheme: light dark; --text: #1c1e21; --soft: #5a6169; --back: #fff; --card: #f5f6f8; --line: #d5d9de; --mark: #ffe2a8;
  --critical: #a3002d; --high: #b3311b; --medium: #8a5a00; --low: #2458a6; --good: #1a6b36; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e4e6e9; --soft: #a3abb5; --back: #15171a; --card: #1f2226; --line: #3a3f46; --mark: #5f4708;
    --critical: #ff8fa8; --high: #ff9d85; --medium: #f0bd5a; --low: #8fb8f5; --good: #7fce99; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1.5rem; color: var(--text); background: var(--back); font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; }
h2 { font: 600 1.05rem/1.4 ui-monospace, monospace; margin: 2rem 0 .75rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
a { color: inherit; }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--low); outline-offset: 2px; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { text-align: left; padding: .25rem 1rem .25rem 0; vertical-align: top; border-bottom: 1px solid var(--line); }
td.count { text-align: right; font-variant-numeric: tabular-nums; }
.soft { color: var(--soft); }
.finding { margin: 0 0 1rem; padding: .75rem 1rem; background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--edge); border-radius: 4px; }
.critical { --edge: var(--critical); }
.high { --edge: var(--high); }
.medium { --edge: var(--medium); }
.low { --edge: var(--low); }
.finding h3 { margin: 0; font-size: 1rem; }
.severity { color: var(--edge); text-transform: uppercase; font-size: .8rem; letter-spacing: .04em; }
.finding p { margin: .4rem 0; }
.do { border-top: 1px solid var(--line); padding-top: .5rem; }
ol { margin: .5rem 0; padding-left: 1.6rem; }
li { margin: .35rem 0; }
pre { margin: .25rem 0; padding: .4rem .6rem; overflow-x: auto; background: var(--back); border: 1px solid var(--line); border-radius: 3px; font: .85rem/1.45 ui-monospace, monospace; }
.number { color: var(--soft); user-select: none; }
mark { background: var(--mark); color: inherit; border-bottom: 2px solid var(--edge); }
code { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
.none { color: var(--good); font-weight: 600; }
@media print { body { max-width: none; padding: 0; } .finding { break-inside: avoid; } }
`;
