/**
 * What a node says about itself: one JSON object, keys in the order of the script. The course's copy is also installed on the node
 * as `node-facts`; checks run this one.
 */
const state = `state() {
  if [ -e /sys/module/$1/initstate ]; then echo loaded
  else case $(modinfo -n $1 2>/dev/null) in '(builtin)') echo 'built in' ;; /*) echo available ;; *) echo absent ;; esac
  fi
}`;

export const FACTS = `${state}
. /etc/os-release
jq -n --arg hostname "$(uname -n)" --arg machine_id "$(cat /etc/machine-id)" --arg boot_id "$(cat /proc/sys/kernel/random/boot_id)" \\
  --arg machine "$(uname -m)" --arg distribution "$ID $VERSION_ID" --arg kernel "$(uname -r)" --arg cmdline "$(cat /proc/cmdline)" \\
  --arg cgroup "$(stat -fc %T /sys/fs/cgroup)" --arg root_uuid "$(findmnt -no UUID /)" --arg clocksource "$(cat /sys/devices/system/clocksource/clocksource0/current_clocksource)" \\
  --arg overlay "$(state overlay)" --arg br_netfilter "$(state br_netfilter)" --arg ip_vs "$(state ip_vs)" --arg nf_conntrack "$(state nf_conntrack)" \\
  --argjson ip_forward "$(cat /proc/sys/net/ipv4/ip_forward)" --argjson user_namespaces "$(cat /proc/sys/user/max_user_namespaces)" \\
  --argjson pid_max "$(cat /proc/sys/kernel/pid_max)" --argjson somaxconn "$(cat /proc/sys/net/core/somaxconn)" \\
  --argjson memory_mib "$(awk '/^MemTotal/ { print int($2 / 1024) }' /proc/meminfo)" --argjson swap_kib "$(awk '/^SwapTotal/ { print $2 }' /proc/meminfo)" \\
  --argjson modules_loaded "$(wc -l </proc/modules)" --argjson log_lines "$(dmesg | wc -l)" --argjson processors "$(nproc)" \\
  --argjson taint "$(cat /proc/sys/kernel/tainted)" '$ARGS.named'`;

export type Facts = Readonly<Record<string, string | number>>;

/** What the workload of this pool needs, as the page states it: a key, and whether a value meets it. */
export const contract: Readonly<Record<string, (value: string | number) => boolean>> = {
  kernel: (value) => { const [major = 0, minor = 0] = String(value).split('.').map(Number); return major > 5 || (major === 5 && minor >= 8); },
  cgroup: (value) => value === 'cgroup2fs',
  overlay: (value) => value !== 'absent',
  br_netfilter: (value) => value !== 'absent',
  ip_vs: (value) => value !== 'absent',
  ip_forward: (value) => value === 1,
  user_namespaces: (value) => Number(value) > 0,
  swap_kib: (value) => value === 0,
};

export interface Pool {
  readonly nodes: ReadonlyMap<string, Facts>;
  /** Keys on which the nodes do not agree. */
  readonly differing: readonly string[];
  /** `node key`, for each value that breaks the contract. */
  readonly broken: readonly string[];
}

const parsed = (text: string): Facts => {
  try {
    return JSON.parse(text) as Facts;
  } catch {
    return {};
  }
};

/** `baseline` holds one object a line: the recorded nodes and this one, as they were when the lab began. */
export function readPool(baseline: string): Pool {
  const nodes = new Map(baseline.split('\n').filter((line) => line.startsWith('{')).map((line): [string, Facts] => {
    const facts = parsed(line);
    return [String(facts['hostname']), facts];
  }));
  const keys = [...new Set([...nodes.values()].flatMap((facts) => Object.keys(facts)))];
  return {
    nodes,
    differing: keys.filter((key) => new Set([...nodes.values()].map((facts) => facts[key])).size > 1),
    broken: [...nodes].flatMap(([node, facts]) => Object.entries(contract).filter(([key, meets]) => !meets(facts[key] ?? '')).map(([key]) => `${node} ${key}`)),
  };
}
