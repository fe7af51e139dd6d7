import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Settings } from '../../engine/model/config.ts';
import { presets } from '../../engine/model/presets.ts';
import { begin, endAll, type ReportOf, settings as small } from '../worker/overheard.ts';
import { captionOf } from './captions.ts';
import { phases } from './phases.ts';

const symbolic = presets.find(preset => preset.name === 'high-order')!.settings;

async function told(
  settings: Settings,
  steps: number,
  learning = true,
): Promise<ReportOf<'closeUp'>['closeUp']> {
  const { send, open, of } = begin();
  await open(settings);
  await send({ kind: 'step', count: steps });
  await send({ kind: 'mode', mode: { learning } });
  await send({ kind: 'closeUp' });
  return of('closeUp')[0]!.closeUp;
}

afterAll(endAll);

describe('captions', () => {
  let closeUp: Awaited<ReturnType<typeof told>>;
  beforeAll(async () => {
    closeUp = await told(small, 30);
  });
  const say = (phase: (typeof phases)[number]['name']) => captionOf(phase, closeUp, small);
  const tensor = (name: string) => closeUp.frame.tensors.get(name)!;

  it('tell of the step that was run, with its own numbers', () => {
    expect(closeUp.frame.step).toBe(31);
    expect(say('encode')).toMatch(
      /^The input, −?0\.\d{3}, enters the encoder: \d+ of 16 units respond, then \d+ of 16\.$/,
    );
    expect(say('overlap')).toMatch(/^Each of 32 columns .* in column \d+\.$/);
    const [a, b, c] = tensor('activity.winners');
    expect(say('inhibit')).toBe(`3 of 32 columns win: ${a}, ${b} and ${c}. All others are silenced.`);
    expect(say('predict')).toContain(
      `${tensor('state.predictive').filter(v => v > 0).length} of 96 cells predictive`,
    );
    expect(say('decode')).toMatch(/expects −?0\.\d{3}\. What comes is −?0\.\d{3}: off by −?[\d.]+\.$/);
    expect(say('backward')).toMatch(
      /^The error, −?[\d.]+, flows back: to \d+ units of the decoder, \d+ cells, 3 columns/,
    );
    expect(say('update')).toMatch(
      /^[\d,]+ of [\d,]+ weights change, most of all one in the .*: by −?[\d.×⁻⁰-⁹]+\.$/,
    );
  });

  it('count what changed: the difference between the weights before and after', () => {
    const { changes, errors } = closeUp;
    const pooler = changes!.find(change => change.name === 'pooler.weight')!;
    const winners = [...tensor('activity.winners')].sort((a, b) => a - b);
    const moved = [...pooler.byUnit.keys()].filter(unit => pooler.byUnit[unit]! > 0);
    expect(moved).toEqual(winners);
    expect([...errors!.get('pooler')!.keys()].filter(unit => errors!.get('pooler')![unit] !== 0)).toEqual(
      winners,
    );
    expect(pooler.largest).not.toBe(0);
  });

  it('say that a frozen network does not learn', async () => {
    const frozen = await told(small, 5, false);
    expect(captionOf('backward', frozen, small)).toMatch(/^Nothing is learned now/);
    expect(captionOf('update', frozen, small)).toMatch(/^Nothing is learned now/);
  });

  it('name symbols', async () => {
    const step = await told(symbolic, 3);
    expect(captionOf('encode', step, symbolic)).toMatch(/^The input, [ABCDXY], enters/);
    expect(captionOf('decode', step, symbolic)).toMatch(/expects [ABCDXY]\. What comes is [ABCDXY]\./);
    for (const { name } of phases) expect(captionOf(name, step, symbolic)).not.toMatch(/undefined|NaN/);
  });
});
