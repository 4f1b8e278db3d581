import { tool } from './tool.ts';

/** `npm run build`: the site in dist/, with the snapshot that its pages restore. */
for (const [command, args] of [['node', ['src/command/snapshot.ts']], ['astro', ['build']]] as const) {
  const { code } = await tool(command, args);
  if (code !== 0) process.exit(code);
}
