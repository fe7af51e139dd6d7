import { expect, test } from 'vitest';
import { presets } from '../../engine/model/presets.ts';
import { presetStories } from './preset-stories.ts';

test('every preset has a sentence that says what will be seen, and each sentence a preset', () => {
  expect(Object.keys(presetStories).toSorted()).toEqual(presets.map(({ name }) => name).toSorted());
});
