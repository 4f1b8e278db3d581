import { shellWord } from './shell.ts';

/**
 * The reader records a value and the command that gave it; a probe repeats the command and must see the value again.
 * The command runs as an account that can read everything and change nothing: nobody's uid with CAP_DAC_READ_SEARCH and
 * CAP_SYSLOG and no way to gain more. Source: capabilities(7), setpriv(1).
 */
const observer = 'setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs'
  + ' --inh-caps=-all,+dac_read_search,+syslog --ambient-caps=-all,+dac_read_search,+syslog'
  + ' --bounding-set=-all,+dac_read_search,+syslog';

/** A shell piece that repeats `command`: stdout and stderr together, 10 s, 64 KiB. A leading `sudo` is left out. */
export function repeat(command: string): string {
  const bare = command.trim().replace(/^(sudo|[$#])\s+/, '');
  return bare === '' ? ':' : `timeout 10 ${observer} -- bash -c ${shellWord(bare)} 2>&1 | head -c 65536`;
}

/** Why a command is no evidence for a value, as a hint; undefined when it may be. */
export function refusal(command: string, value: string): string | undefined {
  if (value.length > 1 && command.includes(value)) {
    return 'A command that contains its own answer proves nothing: record one that asks the machine.';
  }
  if (/(^|[;&|(\s])(echo|printf)\s/.test(command)) {
    return 'echo and printf print what you give them: record a command that asks the machine.';
  }
  if (/\/(root|tmp|home)\b/.test(command)) {
    return 'A file of your own says what you wrote into it: record a command that asks the machine.';
  }
  return undefined;
}
