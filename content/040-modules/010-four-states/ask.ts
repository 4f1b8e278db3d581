import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';

const create = 'ip link add $(cat /root/token) type dummy';
const away = ['ip link del $(cat /root/token)', 'rmmod dummy'];
const right = { 'ask-alias': { run: "grep -o 'rtnl-link-dummy' /sys/kernel/tracing/trace | head -n 1" }, 'ask-helper': { run: 'cat /proc/sys/kernel/modprobe' } };

export const ask: Step = {
  id: 'ask',
  title: 'Let the kernel ask',
  fields: [
    { kind: 'line', id: 'ask-alias', label: 'The name under which the kernel asked' },
    { kind: 'line', id: 'ask-helper', label: 'The program that it asks, as a path' },
  ],
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }) => sectionScript(nonce, {
        link: 'ip -d link show dev "$(cat /root/token)"',
        dummy: '[ -e /sys/module/dummy/initstate ]',
        requests: "sed -n 's/.*module_request: \\([^ ]*\\).*/\\1/p' /sys/kernel/tracing/trace",
        loads: "grep -c 'module_load: dummy' /sys/kernel/tracing/trace",
        helper: 'cat /proc/sys/kernel/modprobe',
        token: 'cat /root/token',
      }),
    },
    expect({ stdout }, { entries, nonce }) {
      const seen = new Sections(nonce, stdout);
      const [alias, helper] = [entered(entries, 'ask-alias'), entered(entries, 'ask-helper')];
      const requests = seen.lines('requests').filter((name) => name.startsWith('rtnl-link-'));
      const token = seen.text('token');
      if (seen.text('link') === '') return fail(`There is no link ${token}.`, 'The name is in /root/token, the type is dummy. Let ip make it, and load nothing yourself.');
      if (!/\bdummy\b/.test(seen.text('link').replaceAll(token, ''))) return fail(`${token} is a link of another type.`, 'Delete it and make one of the type dummy: the other type is asked for under another name.');
      if (seen.get('dummy').code !== 0) return fail('The module dummy is not in memory any more.', 'Delete the link, and make it again.');
      if (!requests.includes('rtnl-link-dummy')) return fail('dummy was loaded, and the kernel never asked for it.', 'You loaded it before there was a need. Delete the link, take dummy out, and ask for the link alone.');
      if (alias === '' || helper === '') return fail('The name and the program are not recorded yet.', 'The trace of this machine has the request: /sys/kernel/tracing/trace. The program stands in /proc/sys/kernel.');
      if (alias !== 'rtnl-link-dummy') return fail(`"${alias}" is not the name that brought dummy.`, alias === token || alias === `netdev-${token}` ? 'That was the question whether there is a link of this name. What it lacked after that was a kind of link: a later line.' : alias === 'dummy' ? 'That is what modprobe made of it. The kernel knows only what it lacks: a kind of link. Read the line with module_request.' : 'The name stands in the trace between module_request: and wait=.');
      if (helper !== seen.text('helper')) return fail(`The kernel does not start "${helper}".`, helper === 'modprobe' || helper.endsWith('/kmod') ? 'It takes a path, as it has no PATH to search, and it takes this one letter for letter from a sysctl.' : 'A sysctl with the name of the program holds its path.');
      return pass([
        { statement: `For the link ${token} the kernel asked for ${alias}, and dummy came.`, command: 'grep module_ /sys/kernel/tracing/trace' },
        { statement: `It asks by starting ${helper}.`, command: 'cat /proc/sys/kernel/modprobe' },
      ]);
    },
  },
  hints: [
    'A request for something that the kernel cannot do yet is what brings the module: make the link, and watch.',
    'ip link has the verb add, which takes a name and a type. Then look for module_request in the trace.',
    'If you have loaded dummy yourself, remove link and module first. The helper is the value of the sysctl kernel.modprobe.',
  ],
  solution: { type: [create, 'grep module_ /sys/kernel/tracing/trace', 'cat /proc/sys/kernel/modprobe'], enter: right },
  wrong: [
    { name: 'loaded by hand first', type: ['modprobe dummy', create], enter: { ...right, 'ask-alias': 'rtnl-link-dummy' }, hint: 'before there was a need', undo: away },
    { name: 'only loaded', type: ['modprobe dummy'], enter: right, hint: 'the type is dummy. Let ip make it', undo: ['rmmod dummy'] },
    { name: 'the name of the module', type: [create], enter: { ...right, 'ask-alias': 'dummy' }, hint: 'what modprobe made of it', undo: away },
    { name: 'a program without its path', type: [create], enter: { ...right, 'ask-helper': 'modprobe' }, hint: 'no PATH to search', undo: away },
    { name: 'another type', type: ['ip link add $(cat /root/token) type ifb'], enter: right, hint: 'is asked for under another name', undo: ['ip link del $(cat /root/token)', 'rmmod ifb'] },
  ],
};
