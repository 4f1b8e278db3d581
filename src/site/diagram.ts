import { Graphviz } from '@hpcc-js/wasm-graphviz';

/** What a diagram is called and what it shows, for those who cannot see it; both stand in the first lines of its source. */
export interface Diagram {
  readonly title: string;
  readonly desc: string;
  /** One `<svg>` without ids, in the page's own colours. */
  readonly svg: string;
}

const sources = import.meta.glob<string>('/content/**/*.dot', { query: '?raw', import: 'default', eager: true });

/** Colours that a source may use, and what they are on the page, in either theme. */
const colours: Readonly<Record<string, string>> = { ink: 'currentColor', quiet: 'var(--quiet)', accent: 'var(--accent)', raised: 'var(--raised)', warn: 'var(--warn)' };
const stand = (name: string): string => `#${(Object.keys(colours).indexOf(name) + 1).toString(16).padStart(6, '0')}`;

const style = `graph [bgcolor=transparent fontname=Helvetica pad=0.05 nodesep=0.25 ranksep=0.32]
node [shape=box style="rounded,filled" fillcolor=raised color=quiet fontcolor=ink fontname=Helvetica fontsize=12 margin="0.22,0.09"]
edge [color=quiet fontcolor=quiet fontname=Helvetica fontsize=11 arrowsize=0.7]`;

let graphviz: Promise<Graphviz> | undefined;

/**
 * Draws `content/MODULE/NAME.dot`, a graph in Graphviz's language that begins with `// title: …` and `// desc: …`.
 * `folder` is the page's: `content/030-boot`.
 */
export async function drawDiagram(folder: string, name: string): Promise<Diagram> {
  const path = `/${folder}/${name}.dot`;
  const source = sources[path];
  if (source === undefined) throw new Error(`<Diagram name="${name}">: there is no ${path.slice(1)}.`);
  const [title, desc] = ['title', 'desc'].map((key) => new RegExp(`^// ${key}: (.+)$`, 'm').exec(source)?.[1]);
  if (title === undefined || desc === undefined) throw new Error(`${path.slice(1)} says nothing to those who cannot see it: begin it with "// title: …" and "// desc: …".`);
  const dot = source.replace('{', `{\n${style}\n`).replace(/\b(color|fillcolor|fontcolor)=(\w+)/g, (_all, key: string, value: string) => `${key}="${value in colours ? stand(value) : value}"`);
  const drawn = (await (graphviz ??= Graphviz.load())).dot(dot);
  const svg = Object.entries(colours).reduce((all, [colour, css]) => all.replaceAll(stand(colour), css), drawn.slice(drawn.indexOf('<svg')))
    .replace(/<title>[^<]*<\/title>\n?/g, '').replace(/ id="[^"]*"/g, '').replace(/<!--[\s\S]*?-->\n?/g, '').replace(/ font-family="[^"]*"/g, '')
    .replace(/^<svg width="[^"]*" height="[^"]*"\s+viewBox="0\.00 0\.00 ([\d.]+) ([\d.]+)"[^>]*>/, (_all, width: string, height: string) =>
      `<svg role="img" width="${Math.round(Number(width) * 4 / 3)}" height="${Math.round(Number(height) * 4 / 3)}" viewBox="0 0 ${width} ${height}"><title>${title}</title><desc>${desc}</desc>`);
  return { title, desc, svg };
}
