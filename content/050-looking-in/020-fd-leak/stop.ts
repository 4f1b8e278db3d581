import type { Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { daemons, leaker, look, Seen } from './daemons.ts';
import { FIND } from './which.ts';

/** The hard limit that the daemons are started with. */
const HARD = 4096;

const others = (scene: { readonly baseline: string }) => daemons(scene.baseline).filter(({ kind }) => kind !== 'leak');

export const time: Step = {
  id: 'time',
  title: 'Buy time',
  check: {
    probe: {
      kind: 'guest',
      script: (scene) => look({
        raised: `for pid in ${others(scene).map(({ pid }) => pid).join(' ')}; do awk -v pid=$pid '/^Max open files/ && $4 > 900 { print pid }' /proc/$pid/limits; done`,
        files: "grep -hsE '^[^#]*nofile' /etc/security/limits.conf /etc/security/limits.d/*",
      })(scene),
    },
    expect(output, scene) {
      const seen = new Seen(output, scene);
      const over = seen.over(scene);
      if (over !== undefined) return over;
      const [soft, hard] = seen.limits;
      const { pid } = leaker(scene.baseline);
      if (Number(hard) < HARD) return fail(`Its hard limit is ${hard} now: you have lowered it.`, `It was ${HARD}. Raise it again, which root may do, and the soft one with it.`);
      if (soft !== hard) {
        if (Number(soft) > 900) return fail(`Its soft limit is ${soft} now, its hard one ${hard}.`, 'Up to its hard limit a process may go. Use all of it.');
        if (seen.sections.text('raised') !== '') return fail(`You have raised the limit of ${seen.sections.lines('raised')[0]}, which does not leak.`, 'Limits belong to a process. Take the pid that you have recorded.');
        if (seen.sections.text('files') !== '') return fail('A file says so, and the process does not know it.', 'limits.conf is read at a login. A process that runs keeps what it has until somebody changes it there.');
        return fail(`The soft limit of ${pid} is still ${soft}.`, 'ulimit changes the shell in which you type it, and what that starts later. For a process that runs there is a program in util-linux, and a system call with the same name behind it.');
      }
      return pass([{ statement: `The running process ${pid} may have ${soft} descriptors open.`, command: `grep 'open files' /proc/${pid}/limits` }],
        { interpretations: ['The leak goes on; the node has gained time to drain the daemon in peace.'] });
    },
  },
  hints: [
    'The limits of another process can be set while it runs, by root or by its own user. The tool has limit in its name.',
    'prlimit takes a pid and an option for open files. One number sets both limits, two with a colon between set soft and hard.',
  ],
  solution: { type: [`${FIND.leak}; prlimit --pid $p --nofile=4096:4096`] },
  wrong: [
    { name: 'the limit of the shell', type: ['ulimit -n 4096'], hint: 'the shell in which you type it' },
    { name: 'a file for later', type: ["echo '* soft nofile 4096' >> /etc/security/limits.conf"], hint: 'read at a login', undo: ["sed -i '$d' /etc/security/limits.conf"] },
    { name: 'another daemon', type: [`${FIND.many}; prlimit --pid $p --nofile=4096:4096`], hint: 'Limits belong to a process', undo: [`${FIND.many}; prlimit --pid $p --nofile=900:4096`] },
    { name: 'the hard limit pulled down', type: [`${FIND.leak}; prlimit --pid $p --nofile=2500`], hint: 'Raise it again', undo: [`${FIND.leak}; prlimit --pid $p --nofile=900:4096`] },
    { name: 'a little', type: [`${FIND.leak}; prlimit --pid $p --nofile=1000:4096`], hint: 'Use all of it', undo: [`${FIND.leak}; prlimit --pid $p --nofile=900:4096`] },
  ],
};

export const stop: Step = {
  id: 'stop',
  title: 'Stop the right one',
  check: {
    probe: { kind: 'guest', script: look({}) },
    expect(output, scene) {
      const seen = new Seen(output, scene);
      const one = leaker(scene.baseline);
      if (others(scene).length === 0) return fail('The daemons of this lab are not known.', 'They are started with the lab: restart it.');
      const gone = others(scene).find((other) => seen.state(other) === undefined);
      if (gone !== undefined) return fail(`Process ${gone.pid} has ended, and it was healthy.`, 'A signal by name reaches all that carry the name. What has ended does not come back: restart the lab, and give the kill a pid.');
      const state = seen.state(one);
      if (state === 'T') return fail(`Process ${one.pid} is stopped, not ended.`, 'A stopped process runs no more and keeps every descriptor that it has, until somebody ends it.');
      if (state !== undefined && state !== 'Z') return fail(`Process ${one.pid} still runs.`, 'End it by its pid. Whatever it has open, the kernel closes when the process ends.');
      const halted = others(scene).find((other) => seen.state(other) === 'T');
      if (halted !== undefined) return fail(`Process ${halted.pid} is stopped.`, 'It is healthy, and it is to go on: there is a signal for that.');
      return pass([{ statement: `Process ${one.pid}, which leaked, has ended; ${others(scene).map(({ pid }) => pid).join(' and ')} run on.`, command: 'pgrep -a -f /opt/shipper/shipper' }]);
    },
  },
  hints: [
    'kill takes a pid. pkill and killall take names, and the three have one name.',
    'The default signal asks the process to end, and this one does. Use the pid that you have recorded, and look afterwards which ones are left.',
  ],
  solution: { type: [`${FIND.leak}; kill $p; sleep 1; pgrep -a -f /opt/shipper/shipper`] },
  wrong: [
    { name: 'stopped', type: [`${FIND.leak}; kill -STOP $p`], hint: 'keeps every descriptor', undo: [`${FIND.leak}; kill -CONT $p`] },
    { name: 'only asked', type: [`${FIND.leak}; kill -0 $p`], hint: 'Whatever it has open' },
  ],
};
