import type { Phase } from './layer.ts';
import type { Region } from './layout.ts';

/** Phases that run in one dispatch: stages one after the other, the phases of a stage side by side. */
export interface Dispatch {
  readonly stages: readonly (readonly Phase[])[];
  readonly groups: number;
}

/** Compilers take long over many phases with barriers in one entry point. */
const mostStages = 8;

/** Phases by what they must wait for: those of a stage do not depend on each other. `phases` come in an order that is right. */
export function stagesOf(phases: readonly Phase[]): Phase[][] {
  const stages: Phase[][] = [];
  const stageOf = new Map<Phase, number>();
  for (const phase of phases) {
    let stage = 0;
    for (const [earlier, at] of stageOf) if (at >= stage && conflict(earlier, phase)) stage = at + 1;
    stageOf.set(phase, stage);
    stages[stage] = [...(stages[stage] ?? []), phase];
  }
  return stages;
}

/**
 * Puts phases into as few dispatches as their dependencies allow: independent phases share one, and phases of a single
 * workgroup, or as light as that, follow each other within one, because a barrier is cheaper.
 */
export function schedule(phases: readonly Phase[]): Dispatch[] {
  const dispatches: { stages: Phase[][]; groups: number }[] = [];
  for (const stage of stagesOf(phases)) {
    const last = dispatches.at(-1);
    const groups = isSingle(stage) ? 1 : stage.reduce((sum, phase) => sum + phase.groups, 0);
    if (last?.groups === 1 && groups === 1 && last.stages.length < mostStages) last.stages.push(stage);
    else dispatches.push({ stages: [stage], groups });
  }
  return dispatches;
}

const isSingle = (stage: readonly Phase[]): boolean =>
  stage.every(phase => phase.groups === 1 || phase.light);

/** Whether `later` must wait for `earlier`. */
const conflict = (earlier: Phase, later: Phase): boolean =>
  overlap(earlier.writes, later.reads) ||
  overlap(earlier.writes, later.writes) ||
  overlap(earlier.reads, later.writes);

const overlap = (some: readonly Region[], others: readonly Region[]): boolean =>
  some.some(a =>
    others.some(b => a.store === b.store && a.offset < b.offset + b.size && b.offset < a.offset + a.size),
  );
