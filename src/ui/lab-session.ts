import { realTimers } from '../base/timers.ts';
import { runCheck } from '../check/run-check.ts';
import { freshNonce, startLab } from '../check/start-lab.ts';
import type { Scene } from '../lab/check.ts';
import type { Lab } from '../lab/lab.ts';
import type { Rest } from '../lab/rest.ts';
import type { Verdict } from '../lab/verdict.ts';
import type { Document } from '../progress/document.ts';
import type { Progress } from '../progress/progress.ts';
import { saveReport } from './lab-report.ts';
import type { MachineView } from './machine-view.ts';
import { pageProgress } from './page-progress.ts';
import { part } from './part.ts';
import { Quiet } from './quiet.ts';
import { StepView } from './step-view.ts';
import { troubleOf } from './trouble.ts';
import { typeActs } from './typist.ts';

/** Who asked for a check. The reader gets an answer; what was looked at unasked tells only good news. */
type Asker = 'reader' | 'console';

/** Where a boot stands for a moment and may go on by itself. */
const PASSING: ReadonlySet<Rest> = new Set(['menu', 'editor', 'key', 'password']);

export function openSession(work: HTMLElement, id: string, lab: Lab): LabSession {
  return new LabSession(work, id, lab, pageProgress());
}

/** A reader at work in a lab: the page's steps, the machine when it runs, and what is proven. */
export class LabSession {
  readonly #work: HTMLElement;
  readonly #id: string;
  readonly #lab: Lab;
  readonly #progress: Progress;
  readonly #steps: readonly StepView[];
  readonly #quiet = new Quiet(realTimers, () => void this.#lookAround());
  #view: MachineView | undefined;
  #scene: Pick<Scene, 'baseline' | 'nonce'> | undefined;
  #looking = false;
  #again = false;
  /** A step has passed since the last checkpoint. */
  #fresh = false;

  constructor(work: HTMLElement, id: string, lab: Lab, progress: Progress) {
    this.#work = work;
    this.#id = id;
    this.#lab = lab;
    this.#progress = progress;
    this.#steps = lab.steps.flatMap((step) => {
      const element = document.getElementById(`step-${step.id}`);
      return element ? [new StepView(element, step, (field, value) => progress.enter(id, field, value))] : [];
    });
    // What was typed before this code was here is taken over, not overwritten.
    const kept = progress.entries(id);
    for (const { fields } of this.#steps)
      for (const [field, value] of Object.entries(fields.values)) if (value && !kept[field]) progress.enter(id, field, value);
    progress.document.watch(() => this.#show());
    progress.elsewhere.watch((before) => this.#otherTab(before));
    part(work, 'report').addEventListener('click', () => void this.#report());
    part(work, 'prepare').addEventListener('click', () => {
      this.#say('');
      part(work, 'prepare').hidden = true;
      void this.#view?.start();
    });
    part(work, 'forget').addEventListener('click', () => void this.#forget());
    this.#show();
  }

  /** A fresh machine becomes this lab's machine. Failures stand in the panel. */
  async begin(view: MachineView): Promise<void> {
    this.#take(view);
    this.#work.dataset['state'] = 'preparing';
    await view.checkpoints.store.forgetAutomatic();
    try {
      this.#scene = await startLab(this.#id, this.#lab, view.machine, freshNonce());
      this.#work.dataset['state'] = 'ready';
      this.#tell();
      await this.#keepBefore();
    } catch (error) {
      if (view.machine.state.get().kind === 'loading') return; // started anew meanwhile
      view.cover(false);
      const { message, remedy } = troubleOf(error);
      this.#work.dataset['state'] = 'failed';
      this.#say(`The lab could not be prepared. ${message} ${remedy}`);
      part(this.#work, 'prepare').hidden = false;
    }
  }

  /** A machine of this lab came back from a checkpoint: what is proven stays proven. */
  async resume(view: MachineView, scene: Pick<Scene, 'baseline' | 'nonce'>): Promise<void> {
    this.#take(view);
    this.#scene = scene;
    this.#work.dataset['state'] = 'ready';
    this.#tell();
  }

  #take(view: MachineView): void {
    if (this.#view !== view) {
      view.typed((data) => this.#quiet.typed(data));
      view.machine.console.read(() => this.#quiet.printed());
      view.rested((rest) => { if (!PASSING.has(rest)) void this.#lookAround(); });
      view.machine.state.watch((state) => {
        if ((state.kind === 'failed' && state.error.kind === 'panic') || (state.kind === 'ready' && view.booted)) void this.#lookAround();
      });
    }
    if (this.#work.dataset['state'] === 'failed') this.#say('');
    part(this.#work, 'prepare').hidden = true;
    this.#view = view;
    this.#scene = undefined;
    this.#quiet.stop();
  }

  /** Checkpoints are named after the step that comes next, and take the scene with them. */
  #tell(): void {
    if (this.#view && this.#scene) this.#view.work = { scene: this.#scene, step: this.#next };
  }

  get #next(): string {
    const { passed } = this.#progress.lab(this.#id);
    const index = this.#lab.steps.findIndex(({ id }) => !passed[id]);
    return index < 0 ? 'after the last step' : `step ${index + 1}: ${this.#lab.steps[index]?.title ?? ''}`;
  }

  async #keepBefore(): Promise<void> {
    this.#fresh = false;
    if (this.#scene) await this.#view?.checkpoints.keepAutomatic(this.#next.startsWith('step') ? `before ${this.#next}` : this.#next);
  }

  /** One of a step's buttons. */
  async clicked(button: HTMLButtonElement): Promise<void> {
    const view = this.#steps.find(({ element }) => element.contains(button));
    if (!view) return;
    if ('check' in button.dataset) await this.#check(view, 'reader');
    else await this.#typeIn(view);
    if (this.#fresh) await this.#keepBefore();
  }

  async #check(view: StepView, asker: Asker): Promise<void> {
    const machine = this.#view?.machine;
    if (!machine || !this.#scene) {
      if (asker === 'reader') view.say('A check looks at the machine, and it is not running yet: boot it first.');
      return;
    }
    if (this.#view?.paused) {
      if (asker === 'reader') view.say('The machine is paused, and answers nothing: press Go on first.');
      return;
    }
    const before = this.#progress.lab(this.#id).passed[view.step.id] ? 'passed' : 'open';
    if (asker === 'reader') view.checks();
    try {
      const scene = { ...this.#scene, entries: this.#progress.entries(this.#id) };
      const verdict = await runCheck(view.step.check, scene, machine, { where: `${this.#id}, step ${view.step.id}` });
      if (verdict.kind === 'pass' || asker === 'reader') view.verdict(verdict);
      if (verdict.kind === 'pass') this.#pass(view, verdict);
      else if (asker === 'reader') view.state = before;
    } catch (error) {
      if (asker !== 'reader') return;
      view.state = before;
      view.trouble(troubleOf(error));
    }
  }

  #pass(view: StepView, { facts, interpretations = [], open = [] }: Extract<Verdict, { kind: 'pass' }>): void {
    view.state = 'passed';
    this.#progress.pass(this.#id, view.step.id, { facts, interpretations, open });
    this.#fresh = true;
    this.#tell();
  }

  /**
   * After an Enter, and when a boot has come to rest: steps not yet passed that ask nothing more of the reader, one after the
   * other. Where no agent answers, those that are judged by what stands on the console or the page.
   */
  async #lookAround(): Promise<void> {
    const machine = this.#view?.machine;
    this.#again = this.#looking;
    if (this.#looking || !machine || !this.#scene) return;
    this.#looking = true;
    for (const view of this.#steps)
      if (view.element.dataset['state'] === 'open' && view.fields.filled && (view.step.check.probe.kind !== 'guest' || machine.state.get().kind === 'ready'))
        await this.#check(view, 'console');
    this.#looking = false;
    if (this.#fresh) await this.#keepBefore();
    if (this.#again) await this.#lookAround(); // a boot may come to its end while the steps are looked at
  }

  /** Types the solution where the reader would, then reads the fields off the machine. */
  async #typeIn(view: StepView): Promise<void> {
    const machine = this.#view?.machine;
    if (!machine || !this.#scene) return view.say('The solution is typed into the machine, and it is not running yet: boot it first.');
    const { type = [], enter = {} } = view.step.solution;
    this.#view?.goOn();
    view.element.dataset['typing'] = '';
    try {
      if (type.length) await typeActs(machine, type);
      for (const [field, entry] of Object.entries(enter)) {
        const value = typeof entry === 'string' ? entry : (await machine.guest.run(entry.run)).stdout.trim();
        this.#progress.enter(this.#id, field, value);
      }
      await this.#check(view, 'reader');
    } catch (error) {
      view.trouble(troubleOf(error));
    } finally {
      delete view.element.dataset['typing'];
    }
  }

  #show(): void {
    const { passed } = this.#progress.lab(this.#id);
    const entries = this.#progress.entries(this.#id);
    const next = this.#steps.find(({ step }) => !passed[step.id]);
    for (const view of this.#steps) {
      view.fields.show(entries);
      if (passed[view.step.id]) view.state = 'passed';
      else if (view.element.dataset['state'] === 'passed') view.state = 'open';
      view.next = view === next;
    }
    const count = this.#steps.filter(({ step }) => passed[step.id]).length;
    this.#work.dataset['passed'] = String(count);
    part(this.#work, 'finish').hidden = count < this.#lab.steps.length;
    part(this.#work, 'forget').hidden = count === 0 && Object.keys(entries).length === 0;
  }

  #otherTab(before: Document | undefined): void {
    if (JSON.stringify(before?.labs[this.#id]) !== JSON.stringify(this.#progress.document.get().labs[this.#id]))
      this.#say('This lab is open in another tab too: what is entered and proven there counts here. Each tab has a machine of its own.');
  }

  async #report(): Promise<void> {
    try {
      await saveReport(this.#lab, this.#progress.lab(this.#id), this.#view?.machine, this.#work);
    } catch (error) {
      const { message, remedy } = troubleOf(error);
      this.#say(`${message} ${remedy}`);
    }
  }

  async #forget(): Promise<void> {
    if (!confirm('Begin this lab again? What you entered and proved in it is forgotten, and the machine starts afresh.')) return;
    this.#progress.forget(this.#id);
    for (const view of this.#steps) view.quiet();
    await this.#view?.start();
  }

  #say(sentence: string): void {
    part(this.#work, 'notice').textContent = sentence;
  }
}
