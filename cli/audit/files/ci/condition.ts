import { both, type Certainty, either, type Trigger } from './ci-model.ts';

/** Values that are the same for every push and pull request, or that only choose among jobs of a matrix. */
const harmless =
  /\b(matrix|runner|strategy)\.[\w.-]+|\bgithub\.(repository|repository_owner|actor|triggering_actor|ref|ref_name|base_ref|head_ref|ref_type|event\.pull_request\.[\w.]+|event\.repository\.[\w.]+|event\.head_commit\.[\w.]+|event\.sender\.[\w.]+|event\.action|event\.label\.name|workflow|job)\b/g;

/**
 * What an `if:` of GitHub leaves of a trigger. What depends on a variable, a secret, an input or an earlier step is `maybe`: files don't
 * show it.
 */
export function underCondition(condition: string | undefined, trigger: Trigger): Trigger {
  if (condition === undefined) return trigger;
  const text = condition.replace(/^\s*\$\{\{([\s\S]*)\}\}\s*$/, '$1').trim();
  if (/^(true|always\(\)|success\(\)|!cancelled\(\)|!\s*failure\(\))?$/i.test(text)) return trigger;
  if (/^(false|failure\(\)|cancelled\(\)|0|'')$/i.test(text)) return { change: 'no', schedule: 'no' };
  return {
    change: both(
      trigger.change,
      onEvents(text, ['push', 'pull_request', 'pull_request_target', 'merge_group']),
    ),
    schedule: both(trigger.schedule, onEvents(text, ['schedule'])),
  };
}

/** Whether the condition holds for one of these events: comparisons of the event's name are decided, all else is not. */
function onEvents(text: string, events: readonly string[]): Certainty {
  return events.map((event) => holds(text, event)).reduce(either, 'no');
}

function holds(text: string, event: string): Certainty {
  const names = /github\.event_name\s*(==|!=)\s*['"](\w+)['"]/g;
  const decided = text.replace(names, (_, sign: string, name: string) =>
    (name === event) === (sign === '==') ? 'TRUE' : 'FALSE',
  );
  const alternatives = decided.split('||').map((alternative) => {
    const terms = alternative.split('&&').map(termOf);
    return terms.reduce(both, 'yes');
  });
  return alternatives.reduce(either, 'no');
}

function termOf(term: string): Certainty {
  const bare = term.replace(/[()\s]/g, '');
  if (/^(TRUE|!FALSE|true|always|success|!cancelled|!failure)$/.test(bare)) return 'yes';
  if (/^(FALSE|!TRUE|false|failure|cancelled)$/.test(bare)) return 'no';
  const rest = term.replace(harmless, '');
  // A tag is no push of a change, and drafts and labels are no rule.
  if (/refs\/tags\/|ref_type/.test(term) && !term.includes('!')) return 'no';
  return /\b(env|vars|secrets|inputs|needs|steps|jobs|github)\.|fromJSON|hashFiles|TRUE|FALSE/.test(rest)
    ? 'maybe'
    : 'yes';
}
