import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';

const ways = ['kill -9 of the process that hangs', 'rmmod with force', 'a restart of the node'] as const;
const right = { 'stuck-state': 'D', 'stuck-function': { run: 'cat /proc/$(pgrep -o -x rmmod)/wchan' }, 'stuck-way': ways[2] };

export const stuck: Step = {
  id: 'stuck',
  title: 'Why it does not go',
  fields: [
    { kind: 'line', id: 'stuck-state', label: 'The state of rmmod, as one letter' },
    { kind: 'line', id: 'stuck-function', label: 'The function of the kernel in which it waits' },
    { kind: 'choice', id: 'stuck-way', label: 'What brings this kernel back to health', options: ways },
  ],
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }) => sectionScript(nonce, {
        module: 'cat /sys/module/rackmon/initstate',
        state: "for pid in $(pgrep -x rmmod); do sed 's/.*) \\(.\\).*/\\1/' /proc/$pid/stat; done",
        where: 'cat /proc/$(pgrep -o -x rmmod)/wchan',
        taint: 'cat /proc/sys/kernel/tainted',
      }),
    },
    expect({ stdout }, { entries, nonce }) {
      const seen = new Sections(nonce, stdout);
      if ((Number(seen.text('taint')) & 128) === 0) return fail('There has been no oops in this kernel.', 'Without one the driver can be removed like any other.');
      if ((Number(seen.text('taint')) & 4) !== 0) return fail('A module was removed by force.', 'What is not known to be at rest was taken away. Restart the lab.');
      if (seen.text('state') === '') return fail('Nobody tries to remove rackmon.', 'Let rmmod try, in the background, so that your prompt stays with you.');
      if (!seen.lines('state').includes('D')) return fail('rmmod runs, and does not wait.', 'Look again in a moment.');
      const [state, where, way] = ['stuck-state', 'stuck-function', 'stuck-way'].map((id) => entered(entries, id));
      if (!state || !where || !way) return fail('rmmod hangs. State, function and way out are not all recorded.', 'ps has columns state and wchan; /proc/PID/stack shows the whole way.');
      if (!/^D[<NLsl+]*$/i.test(state)) return fail(`Its state is not ${state}.`, 'S could be woken by a signal. The letter in its stat is that of a sleep that nobody interrupts.');
      if (where !== seen.text('where')) return fail(`It does not wait in ${where}.`, /rackmon/.test(where) ? 'That function has called on: the one that sleeps is the last that was called, at the top of the stack.' : 'The file wchan of the process holds one name.');
      if (way !== ways[2]) return fail(`That does not help: ${way}.`, way === ways[0] ? 'A signal is delivered on the way back to the program, and this process does not come back. Try it.' : 'It would wait for the same user, or free memory that he may still touch.');
      return pass([{ statement: `rmmod waits in ${where}, state D, for a user of the driver’s file who died in the oops. The module is ${seen.text('module')}.`, command: 'ps -eo pid,state,wchan:32,comm; cat /sys/module/rackmon/initstate' }]);
    },
  },
  hints: [
    'rmmod with an ampersand behind it. Then ps with the columns pid, state, wchan and comm.',
    'debugfs counts who is inside one of its files. The process of the first step went in and was killed before it could come out.',
    'Try to kill the process that hangs, and look at its state once more.',
  ],
  solution: { type: ['pgrep -x rmmod || (rmmod rackmon >/dev/null 2>&1 &)', 'sleep 2; ps -eo pid,state,wchan:32,comm | grep rmmod', 'cat /proc/$(pgrep -o -x rmmod)/stack'], enter: right },
  wrong: [
    { name: 'not tried', enter: { 'stuck-state': 'D', 'stuck-function': 'x', 'stuck-way': ways[2] }, hint: 'in the background' },
    { name: 'a state from memory', type: ['(rmmod rackmon >/dev/null 2>&1 &)', 'sleep 2'], enter: { ...right, 'stuck-state': 'S' }, hint: 'a sleep that nobody interrupts' },
    { name: 'a signal that cannot be ignored', type: ['pkill -9 -x rmmod; sleep 1'], enter: { ...right, 'stuck-way': ways[0] }, hint: 'on the way back to the program' },
    { name: 'force', enter: { ...right, 'stuck-way': ways[1] }, hint: 'wait for the same user' },
    { name: 'the function of the driver', enter: { ...right, 'stuck-function': 'rackmon_exit' }, hint: 'at the top of the stack' },
  ],
};
