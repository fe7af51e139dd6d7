import { expect, it } from 'vitest';
import { defaultPreset } from '../../engine/model/presets.ts';
import { Trainer } from '../../engine/trainer.ts';
import { carryOver } from './rescue.ts';

it('gives a resumed run the live settings and the mode that it had last', async () => {
  const lost = await Trainer.create(defaultPreset.settings, { engine: 'cpu' });
  await lost.run(10);
  const checkpoint = await lost.checkpoint();
  lost.set('learningRate', 0.005);
  lost.set('signal.period', 30);
  lost.setMode({ learning: false });

  const resumed = await Trainer.resume(checkpoint, { engine: 'cpu' });
  carryOver(lost, resumed);
  expect(resumed.settings).toEqual(lost.settings);
  expect(resumed.mode).toEqual({ learning: false, freeRun: false });

  const [first, second] = [lost, resumed].map(trainer => {
    const predictions: number[] = [];
    trainer.subscribe(records => predictions.push(...records.prediction));
    return predictions;
  });
  await lost.run(20);
  await resumed.run(20);
  expect(second).toEqual(first);
  lost.dispose();
  resumed.dispose();
});
