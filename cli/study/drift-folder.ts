import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeCheckpoint } from '../../engine/file/checkpoint.ts';
import { decodeCheckpoint } from '../../engine/file/checkpoint-reader.ts';
import { type DriftCheckpoint, type DriftProgress, driftRuns } from './drift-run.ts';

interface Saved {
  progress: DriftProgress;
  /** As JSON: what was saved with other settings does not count. */
  settings: string;
  /** File of the network and its stream, in the same folder. */
  checkpoint: string;
}

const settings = (name: string) => JSON.stringify(driftRuns.find(run => run.name === name)!.settings);
const pathOf = (folder: string, name: string) => join(folder, `${name}.json`);

/** Keeps a long run so that another process can go on with it. The network's file is there before anything names it. */
export function saveDrift(folder: string, { progress, checkpoint }: DriftCheckpoint): void {
  mkdirSync(folder, { recursive: true });
  const { name, done } = progress;
  const file = `${name}-${done}.safetensors`;
  writeFileSync(join(folder, file), encodeCheckpoint(checkpoint));
  const saved: Saved = { progress, settings: settings(name), checkpoint: file };
  writeFileSync(`${pathOf(folder, name)}.new`, JSON.stringify(saved));
  renameSync(`${pathOf(folder, name)}.new`, pathOf(folder, name));
  for (const other of readdirSync(folder))
    if (other.startsWith(`${name}-`) && other !== file) rmSync(join(folder, other));
}

function read(folder: string, name: string): Saved | null {
  if (!existsSync(pathOf(folder, name))) return null;
  const saved: Saved = JSON.parse(readFileSync(pathOf(folder, name), 'utf8'));
  return saved.settings === settings(name) ? saved : null;
}

/** Where a long run of the present settings stopped; null if there is none. */
export function loadDrift(folder: string, name: string): DriftCheckpoint | null {
  const saved = read(folder, name);
  if (!saved) return null;
  const file = new Uint8Array(readFileSync(join(folder, saved.checkpoint)));
  return { progress: saved.progress, checkpoint: decodeCheckpoint(file) };
}

/** How far all long runs of the present settings have come. */
export const driftProgress = (folder: string): DriftProgress[] =>
  driftRuns.flatMap(({ name }) => read(folder, name)?.progress ?? []);
