import type { Channel } from '../machine/channel.ts';
import { promptAtEnd } from '../machine/prompt.ts';
import { Typist } from '../machine/typist.ts';
import type { ShownCommand } from './block-commands.ts';
import { NotNow, notAtPrompt } from './not-now.ts';

const otherPrompt = (at: string, wanted: string): NotNow => new NotNow(
  `The machine is at the prompt ${at}, and this is typed at ${wanted}: it was not typed.`,
  /[#$]$/.test(wanted) ? 'Come to a shell first: boot the machine, or Restart it.' : 'Bring the machine there first, as the text says.',
);

/**
 * Types commands as the proof does: each at its prompt, as root or as student, the next when the prompt is back. Rejects with NotNow
 * before anything is typed at a wrong place, or with the signal's reason; what was typed before that stays.
 */
export async function typeCommands(console: Channel, commands: readonly ShownCommand[], signal: AbortSignal): Promise<void> {
  const life = new AbortController();
  try {
    const typist = new Typist(console, life.signal);
    const prompt = (): string => {
      const at = promptAtEnd(console.transcript());
      if (at === undefined) throw notAtPrompt();
      return at;
    };
    for (const { prompt: wanted, lines } of commands) {
      if (serves(prompt(), wanted) === 'other user') await typist.type(wanted.endsWith('$') ? 'su - student' : 'exit', signal);
      if (serves(prompt(), wanted) !== 'yes') throw otherPrompt(prompt(), wanted);
      for (const line of lines) await typist.type(line, signal);
    }
  } finally {
    life.abort();
  }
}

/** Whether a command that is shown behind `wanted` can be typed at the prompt `at`: a bare `#` or `$` is any folder's. */
function serves(at: string, wanted: string): 'yes' | 'other user' | 'no' {
  const [here, there] = [at, wanted].map((prompt) => /[#$]$/.exec(prompt)?.[0]);
  if (here === undefined || there === undefined) return at === wanted ? 'yes' : 'no';
  if (here !== there) return 'other user';
  return at.endsWith(wanted) ? 'yes' : 'no';
}
