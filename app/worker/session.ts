import { DeviceLostError } from '../../engine/errors.ts';
import { Answers } from './answers.ts';
import type { Keeping } from './keeping.ts';
import { LiveSettings } from './live-settings.ts';
import { Making } from './making.ts';
import { Moving } from './moving.ts';
import { Playback } from './playback.ts';
import type { Post } from './progress.ts';
import type { Command } from './protocol.ts';
import { refusal } from './refusal.ts';
import { Replacing } from './replacing.ts';

/**
 * What the page talks to: one run at a time, trained, observed, replaced and rescued. Commands are carried out in the
 * order they come; each is done before the next begins, except that playing and frames go on meanwhile.
 */
export class Session {
  readonly #post: Post;
  readonly #keeping: Keeping | null;
  readonly #playback: Playback;
  readonly #making: Making;
  readonly #replacing: Replacing;
  readonly #moving: Moving;
  readonly #settings: LiveSettings;
  readonly #answers: Answers;
  #commands: Promise<void> = Promise.resolve();

  /** @param keeping null to keep no runs */
  constructor(
    post: Post,
    gpu = globalThis.navigator?.gpu as GPU | undefined,
    keeping: Keeping | null = null,
  ) {
    this.#post = post;
    this.#keeping = keeping;
    this.#playback = new Playback(
      post,
      gpu,
      keeping,
      (run, error) => void this.#enqueue(() => this.#moving.rescue(run, error)),
    );
    this.#making = new Making(post, gpu, this.#playback);
    this.#replacing = new Replacing(post, this.#playback, this.#making, keeping);
    this.#moving = new Moving(post, this.#playback, this.#making);
    this.#settings = new LiveSettings(post, this.#playback);
    this.#answers = new Answers(post, this.#playback);
  }

  /** @returns when the command was carried out, or refused and reported */
  receive(command: Command): Promise<void> {
    return this.#enqueue(() => this.#carryOut(command));
  }

  /** Ends training and lets go of the engine. */
  dispose(): Promise<void> {
    return this.#enqueue(async () => {
      await this.#playback.halted();
      this.#settings.dispose();
      await this.#keeping?.dispose();
      this.#playback.dispose();
    });
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    this.#commands = this.#commands.then(work).catch(error => this.#post(refusal('run', error)));
    return this.#commands;
  }

  async #carryOut(command: Command): Promise<void> {
    try {
      await this.#execute(command);
    } catch (error) {
      if (error instanceof DeviceLostError && this.#playback.run) {
        await this.#moving.rescue(this.#playback.run, error);
        // Where the run is now may be lost, too.
        await this.#carryOut(command);
      } else throw error;
    }
  }

  async #execute(command: Command): Promise<void> {
    switch (command.kind) {
      case 'open':
        return this.#replacing.open(command);
      case 'restore':
        return this.#replacing.restore(command);
      case 'resume':
        return this.#replacing.resume(command);
      case 'play':
        return this.#playback.start(command);
      case 'pause':
        return this.#playback.pause();
      case 'step':
        return this.#playback.step(command.count);
      case 'closeUp':
        return this.#playback.closeUp(this.#answers.pinned);
      case 'set':
        return this.#settings.set(command);
      case 'mode':
        return this.#settings.setMode(command.mode);
      case 'milestones':
        return this.#settings.setMilestones(command.steps);
      case 'driver':
        return this.#making.setDriver(command.driver);
      case 'pin':
        return this.#answers.pin(command.column);
      case 'frame':
        return this.#answers.frame(command.at ?? null);
      case 'recall':
        return this.#answers.recall();
      case 'inspect':
        return this.#answers.inspect(command.views, command.at ?? null);
      case 'save':
        return this.#answers.save(command.as);
      case 'goBack':
        return this.#moving.goBack(command.speed);
      case 'useGpu':
        return this.#moving.returnToGpu(command.engine);
      case 'seen':
        return this.#replacing.setSeen(command.seen);
      case 'keep':
        return this.#keeping?.keep(this.#playback.play !== null);
    }
  }
}
