import { afterEach, describe, expect, it } from 'vitest';
import { begin, beyond, endAll, lossesOf, settings, stepsOf } from './overheard.ts';

afterEach(endAll);

describe('weights', () => {
  it('saved and restored go on with the same numbers', async () => {
    const first = begin();
    await first.open();
    await first.send({ kind: 'step', count: 40 });
    await first.send({ kind: 'save', as: 'safetensors' });
    await first.send({ kind: 'step', count: 30 });

    const second = begin();
    const { bytes } = first.of('saved')[0]!;
    const file = new Blob([bytes]);
    await second.send({ kind: 'restore', file, fileName: 'w.safetensors', engine: 'cpu', milestones: [50] });
    expect(second.of('opened')).toMatchObject([{ step: 40, settings, restoredFrom: 'w.safetensors' }]);
    await second.send({ kind: 'step', count: 30 });
    const expected = stepsOf(first.of('progress')).slice(40);
    expect(stepsOf(second.of('progress'))).toEqual(expected);
    expect(second.of('milestone').map(r => r.milestone.step)).toEqual([50]);
  });

  it('is saved as the model of a step, too, for the asking', async () => {
    const { send, of, open } = begin();
    await open();
    await send({ kind: 'step', count: 3 });
    await send({ kind: 'save', as: 'onnx' });
    const saved = of('saved')[0]!;
    expect(saved).toMatchObject({ as: 'onnx', step: 3 });
    const text = new TextDecoder('latin1').decode(saved.bytes);
    for (const name of ['next.predictive', 'memory.weight']) expect(text).toContain(name);
  });

  it('can still be saved while it plays', async () => {
    const { send, next, of, open } = begin();
    await open();
    await send({ kind: 'play', until: null, speed: null });
    await next(beyond(10));
    await send({ kind: 'save', as: 'safetensors' });
    expect(of('saved')[0]!.step).toBeGreaterThan(10);
    const at = of('progress').at(-1)!.step;
    await next(beyond(at));
  });
});

describe('a frame', () => {
  it('shows one step: what is active, what is predicted, and the state of the columns', async () => {
    const { send, next, of, open } = begin();
    await open();
    await send({ kind: 'step', count: 5 });
    const framed = next(r => r.kind === 'frame');
    await send({ kind: 'frame' });
    await framed;
    const frame = of('frame')[0]!.frame!;
    const { tail } = of('progress').at(-1)!;
    expect(frame.step).toBe(5);
    expect(frame.tensors.get('activity.prediction')![0]).toBe(tail!.prediction[4]);
    expect([...frame.tensors.get('activity.winners')!].sort()).toEqual([...tail!.winners.slice(-3)].sort());
    expect(frame.tensors.get('state.predictive')).toHaveLength(96);
    expect(frame.tensors.get('pooler.duty')).toHaveLength(32);
    expect(frame.column).toBeNull();
  });

  it('takes nothing from the network', async () => {
    const { send, next, of, open } = begin();
    await open();
    await send({ kind: 'pin', column: 3 });
    for (let i = 0; i < 30; i++) {
      await send({ kind: 'step', count: 1 });
      const framed = next(r => r.kind === 'frame');
      await send({ kind: 'frame' });
      await framed;
    }
    expect(stepsOf(of('progress')).map(s => s.loss)).toEqual(await lossesOf(settings, 30));
  });

  it('looks closely at the pinned column', async () => {
    const { send, next, of, open } = begin();
    await open();
    await send({ kind: 'step', count: 50 });
    await send({ kind: 'pin', column: 4 });
    const framed = next(r => r.kind === 'frame');
    await send({ kind: 'frame' });
    await framed;
    const { tensors, column } = of('frame')[0]!.frame!;
    expect(column!.column).toBe(4);
    expect(column!.duty).toBe(tensors.get('pooler.duty')![4]);
    expect(column!.tuning!.score).toHaveLength(column!.tuning!.input.length);
    expect(column!.distal).toHaveLength(3);
    for (const weights of column!.distal) {
      expect(weights).toHaveLength(8);
      const sizes = weights.map(w => Math.abs(w.weight));
      expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    }
  });
});
