import { entered, enteredLines, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { FIND, look, seen, target } from './target.ts';

const copied = '/root/evidence/ledgerd';
const right = {
  args: { run: `${FIND}; tr '\\0' '\\n' < /proc/$p/cmdline` },
  region: { run: `${FIND}; tr '\\0' '\\n' < /proc/$p/environ | sed -n 's/^LEDGER_REGION=//p'` },
  cwd: { run: `${FIND}; readlink /proc/$p/cwd` },
};
const rescue = `cp /proc/$(pgrep -o -f ^/opt/ledger/bin/ledgerd)/exe ${copied}`;
const undo = [`rm -f ${copied}`];

export const program: Step = {
  id: 'program',
  title: 'What it was started as',
  fields: [
    { kind: 'lines', id: 'args', label: 'Its arguments, one on a line, from argument 0 on', rows: 8 },
    { kind: 'line', id: 'region', label: 'The value of LEDGER_REGION that it was given' },
    { kind: 'line', id: 'cwd', label: 'Its working directory' },
  ],
  check: {
    probe: {
      kind: 'guest',
      script: look({
        args: "tr '\\0' '\\n' < /proc/$p/cmdline",
        region: "tr '\\0' '\\n' < /proc/$p/environ | sed -n 's/^LEDGER_REGION=//p'",
        wish: "sed -n 's/^LEDGER_REGION=//p' /etc/default/ledger",
        cwd: 'readlink /proc/$p/cwd',
        runs: 'sha256sum < /proc/$p/exe',
        disk: 'sha256sum < /opt/ledger/bin/ledgerd',
        kept: `sha256sum < ${copied}`,
      }),
    },
    expect(output, scene) {
      const found = seen(output, scene);
      if ('verdict' in found) return found.verdict;
      const { sections } = found;
      const args = enteredLines(scene.entries, 'args');
      const [region, cwd] = [entered(scene.entries, 'region'), entered(scene.entries, 'cwd')];
      if (args.length === 0) return fail('The arguments are not recorded yet.', 'They stand in cmdline, with a byte of value zero after each. cat shows them run together; tr can turn the zeros into line ends.');
      if (args.join('\n') !== sections.lines('args').join('\n')) {
        return args.join(' ').replaceAll(/\s+/g, ' ') === sections.lines('args').join(' ')
          ? fail('The words are right, and the borders between the arguments are not.', 'One of the arguments holds blanks. ps puts blanks between arguments too, so its line cannot tell the two apart: only the zero bytes can.')
          : fail('These are not the arguments of this process.', `Read the cmdline of process ${target(scene).pid}, and copy every argument, the path in front included.`);
      }
      if (region === '') return fail('The value of LEDGER_REGION is not recorded yet.', 'The environment that a process got at its start stands in a file beside cmdline, in the same form.');
      if (region !== sections.text('region')) {
        return region === sections.text('wish')
          ? fail(`${region} stands in /etc/default/ledger.`, 'The file says what the next start would get. The process says what this one got.')
          : fail(`LEDGER_REGION is not "${region}" in this process.`, 'Record what stands behind the equals sign, no more.');
      }
      if (cwd === '') return fail('The working directory is not recorded yet.', 'It is a link in the folder of the process, beside exe.');
      if (cwd.replace(/(?<=.)\/$/, '') !== sections.text('cwd')) return fail(`The process does not work in ${cwd}.`, 'The place of a program file and the directory that a process works in are two things.');
      if (sections.get('kept').code !== 0) return fail(`There is no ${copied} yet.`, 'The program of this process has no name any more, and it is still there for as long as the process runs. The link exe opens it.');
      if (sections.text('kept') !== sections.text('runs')) {
        return sections.text('kept') === sections.text('disk')
          ? fail('You have kept the new program.', 'The path that readlink prints names another file by now. Opening the link itself leads to the one that runs.')
          : fail(`${copied} is not the program that runs.`, 'Copy it once more, as a whole. The check compares every byte.');
      }
      return pass([
        { statement: `The process was started as: ${args.join(' | ')}`, command: `tr '\\0' '\\n' < /proc/${target(scene).pid}/cmdline` },
        { statement: `It was given LEDGER_REGION=${region} and works in ${cwd}.`, command: `tr '\\0' '\\n' < /proc/${target(scene).pid}/environ` },
        { statement: `Its deleted program is kept as ${copied}.`, command: `cp /proc/${target(scene).pid}/exe ${copied}` },
      ]);
    },
  },
  hints: [
    'Three entries of its folder in /proc answer: cmdline, environ, cwd. The first two are lists whose parts end with a zero byte.',
    'tr with the two arguments \\0 and \\n, in quotes, makes lines of such a list.',
    'For the copy: cp follows the link exe. It does not look the printed path up again.',
  ],
  solution: {
    type: ["tr '\\0' '\\n' < /proc/$(pgrep -o -f ^/opt/ledger/bin/ledgerd)/cmdline", "tr '\\0' '\\n' < /proc/$(pgrep -o -f ^/opt/ledger/bin/ledgerd)/environ", rescue],
    enter: right,
  },
  wrong: [
    { name: 'the words of ps', type: [rescue], enter: { ...right, args: { run: `${FIND}; ps -o args= -p $p | tr ' ' '\\n'` } }, hint: 'only the zero bytes can', undo },
    { name: 'the region of the file', type: [rescue], enter: { ...right, region: { run: '. /etc/default/ledger; echo $LEDGER_REGION' } }, hint: 'what the next start would get', undo },
    { name: 'the place of the program', type: [rescue], enter: { ...right, cwd: '/opt/ledger/bin' }, hint: 'are two things', undo },
    { name: 'the file at the old path', type: [`cp /opt/ledger/bin/ledgerd ${copied}`], enter: right, hint: 'names another file by now', undo },
    { name: 'no copy', enter: right, hint: 'has no name any more' },
  ],
};
