import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { values } from '../../../src/lab/key-values.ts';
import { ordered, RUNTIME } from './order.ts';

const NETNS = `for ns in /run/netns/*; do [ -e "$ns" ] && echo "netns-\${ns##*/} $(nsenter --net="$ns" cat /proc/sys/net/ipv4/ip_forward)"; done`;
const FILES = "grep -hsE '^[[:space:]]*(net.ipv4.ip_forward[[:space:]]*=[[:space:]]*1|kernel.pid_max)' /etc/sysctl.conf /etc/sysctl.d/* | head -n 1 | sed 's/^/file /'";

export const now: Step = {
  id: 'now',
  title: 'In the running kernel',
  check: {
    probe: { kind: 'boots', script: `${RUNTIME}\n${NETNS}\n${FILES}\ntrue`, timeout: 60_000 },
    expect({ up, stdout }, { nonce }) {
      const seen = values(stdout);
      if (!up || !seen.has('boot')) return fail('The machine is not up.', 'Wait for the login.');
      const [forward, pidMax] = [seen.get('forward'), seen.get('pid_max')];
      const elsewhere = [...seen].find(([key, value]) => key.startsWith('netns-') && value === '1')?.[0].replace('netns-', '');
      if (forward !== '1' && elsewhere !== undefined) return fail(`Packets are forwarded in the network namespace ${elsewhere}, and not on the node.`, 'Settings below net belong to a network namespace. The order is about the one of the node, in which your shell is.');
      if (forward !== '1' && seen.has('file')) return fail('A file says so, and the running kernel does not.', 'Nobody watches those files. Write the value into the kernel now; the file is a later step.');
      if (forward !== '1' && pidMax === ordered(nonce)) return fail('The node does not forward packets yet.', 'One of the two lines is done. The other one is still 0 below /proc/sys/net/ipv4.');
      if (forward !== '1') return fail('Neither value is in the running kernel.', 'The lines of the order are in the form that sysctl takes with -w, if you leave out the blanks.');
      if (pidMax === '32768') return fail('pid_max is still 32768.', 'If the answer was Invalid argument, the kernel has refused the number: on a 32-bit kernel 32768 is the largest. The order has one that fits.');
      if (pidMax !== ordered(nonce)) return fail(`pid_max is ${pidMax}, and the order says something else.`, 'The number is in /root/order, and it is new at each start of the lab.');
      return pass([
        { statement: 'The node forwards packets now.', command: 'sysctl net.ipv4.ip_forward' },
        { statement: `kernel.pid_max is ${pidMax} now.`, command: 'sysctl kernel.pid_max' },
      ]);
    },
  },
  hints: [
    'A key of sysctl is a path below /proc/sys with dots in place of slashes. Writing to the file and sysctl -w do the same.',
    'Two keys and two values stand in /root/order. Read each back after you have set it.',
  ],
  solution: { type: ['cat /root/order', 'sysctl -w net.ipv4.ip_forward=1', 'sysctl -w "$(grep pid_max /root/order | tr -d " ")"'] },
  wrong: [
    { name: 'one of two', type: ['sysctl -w "$(grep pid_max /root/order | tr -d " ")"'], hint: 'One of the two lines is done' },
    { name: 'in another namespace', type: ['ip netns add lab', 'ip netns exec lab sysctl -w net.ipv4.ip_forward=1'], hint: 'belong to a network namespace' },
    { name: 'a file alone', type: ['cp /root/order /etc/sysctl.d/90-node.conf'], hint: 'Nobody watches those files' },
    { name: 'the number of a 64-bit node', type: ['sysctl -w net.ipv4.ip_forward=1', 'sysctl -w kernel.pid_max=4194304'], hint: 'the kernel has refused the number' },
    { name: 'another number', type: ['sysctl -w net.ipv4.ip_forward=1', 'sysctl -w kernel.pid_max=19999'], hint: 'new at each start of the lab' },
  ],
};

const BORN = ['0', '1'];
const PIDS = ['the value of the node', 'a value of its own, 32768'];

export const scope: Step = {
  id: 'scope',
  title: 'Whose value is it',
  fields: [
    { kind: 'choice', id: 'born', label: 'net.ipv4.ip_forward in a network namespace that has just been made', options: BORN },
    { kind: 'choice', id: 'pids', label: 'kernel.pid_max, read inside that namespace', options: PIDS },
  ],
  check: {
    probe: {
      kind: 'boots', timeout: 60_000,
      script: `${RUNTIME}\n${NETNS}
echo "born $(unshare --net cat /proc/sys/net/ipv4/ip_forward)"
echo "inside $(unshare --net cat /proc/sys/kernel/pid_max)"`,
    },
    expect({ up, stdout }, { entries }) {
      const seen = values(stdout);
      if (!up || !seen.has('boot')) return fail('The machine is not up.', 'Wait for the login.');
      const [born, pids] = [entered(entries, 'born'), entered(entries, 'pids')];
      const pod = seen.get('netns-pod');
      if (seen.get('forward') !== '1') return fail('The node itself does not forward packets now.', 'Only the namespace is to be different. Set the node to 1 again, and write from inside the namespace.');
      if (pod === undefined) return fail('There is no network namespace called pod.', 'ip has an object for named namespaces, and a verb that adds one.');
      if (born === '' || pids === '') return fail('Two observations are asked for.', 'Read both keys inside a namespace that you have not changed: ip netns exec runs a command there.');
      if (born !== seen.get('born')) return fail(`A namespace that is made now does not begin with ${born}.`, 'Make another one and read the key before you write: it copies the values that the node has at that moment.');
      if ((pids === PIDS[0]) !== (seen.get('inside') === seen.get('pid_max'))) return fail('Inside a network namespace pid_max reads as on the node.', 'A network namespace has settings of the network only. Read the key on both sides and compare.');
      if (pod !== '0') return fail('pod forwards packets, as the node does.', 'It has taken the value over when it was made. From then on it is its own: write 0 from inside.');
      return pass([
        { statement: 'The namespace pod has ip_forward 0, the node 1.', command: 'ip netns exec pod sysctl net.ipv4.ip_forward' },
        { statement: `A namespace that is made now begins with ${born}; kernel.pid_max is one for all of them.`, command: 'unshare --net sysctl net.ipv4.ip_forward kernel.pid_max' },
      ]);
    },
  },
  hints: [
    'Make a namespace with ip netns, then run sysctl inside it, once to read and once to write.',
    'ip netns exec with the name and a command. The prompt stays outside; only that command is inside.',
  ],
  solution: {
    type: ['ip netns add pod', 'ip netns exec pod sysctl net.ipv4.ip_forward kernel.pid_max', 'ip netns exec pod sysctl -w net.ipv4.ip_forward=0'],
    enter: { born: '1', pids: PIDS[0] ?? '' },
  },
  wrong: [
    { name: 'the node changed', type: ['ip netns add pod', 'sysctl -w net.ipv4.ip_forward=0'], enter: { born: '1', pids: PIDS[0] ?? '' }, hint: 'Only the namespace is to be different' },
    { name: 'a namespace left as it is', type: ['ip netns add pod'], enter: { born: '1', pids: PIDS[0] ?? '' }, hint: 'From then on it is its own' },
    { name: 'born closed', type: ['ip netns add pod'], enter: { born: '0', pids: PIDS[0] ?? '' }, hint: 'it copies the values' },
    { name: 'everything is namespaced', type: ['ip netns add pod'], enter: { born: '1', pids: PIDS[1] ?? '' }, hint: 'settings of the network only' },
  ],
};
