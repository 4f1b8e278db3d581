import type { Scene } from '../../../src/lab/check.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';

const trace = '/root/crossings/metadata.trace';

/** What stands behind -e, without the words that people copy along; '' where it holds more than names, classes and signs. */
export function expression(text: string): string {
  const bare = text.replace(/^['"]|['"]$/g, '').replace(/^(?:-e\s*)?['"]?/, '').replace(/^(?:trace|t)=/, '');
  return /^[!?%/a-z0-9_,]{1,200}$/.test(bare) ? bare : '';
}

/** Whether a word of the expression takes in newfstatat and is no error here: the name with its sign, a class with it, or a pattern that fits. Source: strace(1). */
const sees64 = (word: string): boolean => ['?newfstatat', '%%stat', '%fstat'].includes(word) || (/^\/\w+$/.test(word) && 'newfstatat'.includes(word.slice(1)));

function verdict({ entries, nonce }: Scene, seen: Sections): Verdict {
  const text = entered(entries, 'filter');
  const filter = expression(text);
  if (text === '') return fail('The expression is not recorded yet.', 'Record what you gave to the option -e, word for word.');
  if (filter === '') return fail(`"${text}" is no expression of names.`, 'Names, classes with a percent sign and question marks, with commas between them and no blanks.');
  if (seen.get('tried').code !== 0) {
    const name = /invalid system call '([^']+)'/.exec(seen.text('tried'))?.[1];
    return fail(`strace refuses the expression${name === undefined ? '' : ` because of ${name}`}.`, name === undefined
      ? 'Run it once on true, and read what strace says.'
      : 'No call of this name exists on this architecture, and strace takes it for a slip of the pen. One sign in front of a name says: ignore it where it is unknown.');
  }
  const statx = Number(seen.text('statx'));
  if (statx === 0) return fail('With this expression strace shows no metadata call of ls.', 'Which name did the growing row have? It belongs into the expression too, for this machine.');
  if (Number(seen.text('opened')) > 0) return fail('This expression lets other calls through as well.', 'An incident report that shows everything shows nothing: leave out what opens, maps and reads.');
  if (!filter.split(',').some(sees64)) {
    return fail('On a 64-bit node this expression would miss half of the calls.', 'There newfstatat stands beside statx. Name it so that this machine does not mind.');
  }
  const lines = seen.lines('saved');
  if (lines.length === 0) return fail(`There is no ${trace}, or it is empty.`, 'Run ls -l on the box once more with the expression, and let strace write into this file.');
  if (!lines.some((line) => line.startsWith('statx(') && line.includes(`/srv/box-${nonce}/part`))) {
    return fail(`${trace} does not show ls asking for the files of the box.`, 'The files in /srv have names that only this start of the lab has. Trace ls -l there, and the calls themselves, without counting.');
  }
  if (lines.some((line) => /^(openat|mmap2|read)\(/.test(line))) return fail(`${trace} holds calls that the expression leaves out.`, 'The file is older than the expression, or was made without it. Make it again.');
  return pass([{ statement: `strace -e ${filter} shows ${lines.filter((line) => line.startsWith('statx(')).length} statx calls of ls -l, and a 64-bit strace accepts it too.`, command: `strace -e ${filter} ls -l /srv/box-${nonce}` }]);
}

const good = "'?newfstatat,statx'";
const traced = (filter: string): string => `strace -o ${trace} -e ${filter} ls -l /srv/box-* > /dev/null`;
const clean = [`rm -f ${trace}`];

export const names: Step = {
  id: 'names',
  title: 'Names that a machine does not know',
  fields: [{ kind: 'line', id: 'filter', label: 'The expression behind -e that both machines accept' }],
  check: {
    probe: {
      kind: 'guest',
      timeout: 40_000,
      script: ({ entries, nonce }) => {
        const filter = expression(entered(entries, 'filter'));
        const strace = filter === '' ? 'false' : `timeout 10 strace -e '${filter}'`;
        return sectionScript(nonce, {
          tried: `${strace} true 2>&1 >/dev/null`,
          statx: `${strace} ls -l /srv/box-${nonce} 2>&1 >/dev/null | grep -c '^statx('`,
          opened: `${strace} ls -l /srv/box-${nonce} 2>&1 >/dev/null | grep -cE '^(openat|mmap2|read|getdents64)\\('`,
          saved: `head -c 60000 ${trace}`,
        });
      },
    },
    expect: ({ stdout }, scene) => verdict(scene, new Sections(scene.nonce, stdout)),
  },
  hints: [
    'Try the name from the 64-bit runbook first, on true, and read strace’s answer: it is short and exact.',
    'In the section on filtering, `man strace` (or its page on man7.org) has a sign that makes an unknown name no error. It stands in front of the name.',
    'Put the name of the 64-bit call, with its sign, and the name from your own table into one expression with a comma between them. Quote it: the shell has plans of its own for question marks.',
  ],
  solution: { type: ['strace -e newfstatat true', traced(good)], enter: { filter: '?newfstatat,statx' } },
  wrong: [
    { name: 'the expression of the 64-bit runbook', type: ['strace -e newfstatat true'], enter: { filter: 'newfstatat,statx' }, hint: 'ignore it where it is unknown' },
    { name: 'this machine only', type: [traced('statx')], enter: { filter: 'statx' }, undo: clean, hint: 'so that this machine does not mind' },
    { name: 'nothing that this machine knows', type: [traced("'?newfstatat'")], enter: { filter: '?newfstatat' }, undo: clean, hint: 'Which name did the growing row have' },
    { name: 'a class that is too wide', type: [traced('%file')], enter: { filter: '%file,?newfstatat' }, undo: clean, hint: 'shows everything shows nothing' },
    { name: 'an expression and no trace', enter: { filter: '?newfstatat,statx' }, hint: 'let strace write into this file' },
    { name: 'a trace of true', type: [`strace -o ${trace} -e ${good} true`], enter: { filter: '?newfstatat,statx' }, undo: clean, hint: 'only this start of the lab' },
  ],
};
